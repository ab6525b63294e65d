"""Words of a note as topics see them: content words, non-answers, duplicates."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from kafe.language.norm import norm_form, norm_forms
from kafe.strings import TAG
from kafe.topics.words.stopwords import stopwords

WORD = re.compile(r"[^\W\d_]+(?:[-/.][^\W\d_]+)*")
NEGATION = frozenset(
    [
        "ikke",
        "ikkje",
        "ikje",
        "ittj",
        "itte",
        "inte",
        "aldri",
        "ingen",
        "inga",
        "inkje",
        "ingenting",
        "uten",
        "utan",
    ]
)
"""Kept among the words that describe a topic, but notes are not similar for sharing them."""
NON_ANSWERS = frozenset(
    """
    vet ikke|veit ikke|veit ikkje|vet ikkje|veit ittj|vet ei|vet da ikke|aner ikke|aner ikkje|ingen aning|ikke sikker
    ikkje sikker|usikker|usikkert|ingenting|ingen ting|inkje|ikke noe|ikke noen|ikkje noko|ikkje noe|ikje noe
    ikke noe spesielt|ikkje noko spesielt|ingenting spesielt|ikke noe å tilføye|ingenting å tilføye|intet
    ingen|ingen kommentar|ingen kommentarer|ingen innspill|ingen innspel|ingen mening|ingen meining|ingen formening
    ikke aktuelt|ikkje aktuelt|ikke relevant|ikkje relevant|uaktuelt|ikke svar|ubesvart|ikkje svart|vet ikke helt
    veit ikkje heilt|jeg vet ikke|eg veit ikkje|eg vet ikkje|æ vet ikke|nei|nei takk|ja|jo|ok|tja|pass|blankt|blank
    som over|se over|samme som over|same som over|det samme|det same|enig|enig i dette|na|n a|xx|xxx
    """.strip()
    .replace("\n", "|")
    .replace("| ", "|")
    .split("|")
)
"""Whole answers that carry no opinion, after `fingerprint`; from web forms and flip charts."""


def fingerprint(text: str) -> str:
    """Return the text's letters and digits, lower-cased, one space between words: equal for duplicates."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def is_non_answer(text: str) -> bool:
    """Return whether the note says nothing on the matter: *vet ikke*, *ingenting*, *-*, *?*, only digits."""
    found = fingerprint(TAG.sub(" ", text))
    return not any(char.isalpha() for char in found) or found in _NORMALISED


def tokens(text: str) -> list[str]:
    """Return the lower-cased words of a text, pseudonym tags left out."""
    return [match.lower() for match in WORD.findall(TAG.sub(" ", text))]


def content(words: Iterable[str]) -> list[str]:
    """Return the words that may carry a theme: no function words, single letters or numbers (`2a`).

    The hyphen or slash of a shared second part goes: `helse-` is `helse`.
    """
    return [kept for word in words if (kept := _content(word))]


@cache
def _content(word: str) -> str:
    """Return the word as it counts, or nothing."""
    lowered = word.lower().strip().strip("-/")
    letters = sum(char.isalpha() for char in lowered)
    return lowered if lowered not in stopwords() and "[" not in lowered and letters > 1 else ""


def normal_words(texts: Iterable[str]) -> list[list[str]]:
    """Return the norm forms of all words of each text, function words too."""
    return [norm_forms(tokens(text)) for text in texts]


def similarity_words(words: Sequence[str]) -> list[str]:
    """Return the words that notes are compared by: all but negation, or all when that leaves none."""
    return [word for word in words if word not in NEGATION] or list(words)


def content_words(texts: Sequence[str], lemmas: Sequence[Sequence[str]] | None) -> list[list[str]]:
    """Return the norm forms of each text's content words: from its lemmas when given, else from its tokens.

    Norm forms are for counting (*bustad* and *bolig* are one word); `shown_forms` says what people read.
    """
    stop = stopwords()
    return [[word for word in norm_forms(row) if word not in stop] for row in _written_words(texts, lemmas)]


def shown_forms(
    texts: Sequence[str], lemmas: Sequence[Sequence[str]] | None, surface: Mapping[str, str]
) -> dict[str, str]:
    """Return norm form → the word to show: the most frequent one written so (ties: alphabetical).

    `surface` maps lemma → the form to show for it.
    """
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for row in _written_words(texts, lemmas):
        for word in row:
            written[norm_form(word)][surface.get(word, word)] += 1
    return {norm: min(forms, key=lambda form: (-forms[form], form)) for norm, forms in written.items()}


def _written_words(texts: Sequence[str], lemmas: Sequence[Sequence[str]] | None) -> list[list[str]]:
    if lemmas is None:
        return [content(tokens(text)) for text in texts]
    if len(lemmas) != len(texts):
        raise ValueError(f"{len(texts)} texts but {len(lemmas)} lists of lemmas")
    return [content(words) for words in lemmas]


_NORMALISED = frozenset(fingerprint(answer) for answer in NON_ANSWERS)
