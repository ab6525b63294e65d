"""One form for the ways an original is written, so that it gets one tag."""

import re
from collections.abc import Container

from kafe.deidentify.lexicon import first_names, surnames

_ATOM = re.compile(r"[^\W\d_]+")
_DIGITS = ("telefon", "fødselsnummer", "helsepersonellnummer", "journalnummer", "passnummer")


def atoms(name: str) -> tuple[str, ...]:
    """Return the lower-case parts of a name: words, also those joined by hyphens."""
    return tuple(match[0].casefold() for match in _ATOM.finditer(name))


def canonical(kind: str, original: str) -> str:
    """Return the form that stands for all spellings of an original: case, spacing and separators gone."""
    text = " ".join(original.casefold().split())
    if kind == "person":
        last, comma, first = text.partition(",")
        text = f"{first} {last}" if comma else text
        return " ".join(atoms(re.sub(r"['’]s?$", "", text))) or text
    if kind == "telefon":
        text = re.sub(r"[^\d+]", "", text)
        return re.sub(r"^(?:\+|00)47(?=\d{8}$)", "", re.sub(r"^00", "+", text))
    if kind in _DIGITS or kind in ("kontonummer", "bilnummer"):
        return re.sub(r"[^\w]", "", text)
    if kind == "epost":
        text = re.sub(r"\s?[\[(]\s?(?:at|alfa|alfakrøll|krøllalfa)\s?[\])]\s?", "@", text)
        return re.sub(r"\s?[\[(]\s?(?:dot|punktum)\s?[\])]\s?", ".", text)
    if kind == "brukernavn":
        return text.removeprefix("@")
    if kind == "adresse":
        return re.sub(r"[^\w]+", " ", text).strip()
    return text.rstrip("/")


def same_name(form: str, known: Container[str]) -> str:
    """Return the nominative of a name when it is known and `form` is its genitive (or the reverse).

    Names that end in -s by themselves (Jens, Lars) are left.
    """
    last = form.split(" ")[-1]
    if form in known or last in first_names() or last in surnames():
        return form
    if form.endswith("s") and form[:-1] in known:
        return form[:-1]
    return f"{form}s" if f"{form}s" in known else form
