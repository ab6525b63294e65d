"""Names known from a list, the key or elsewhere in the material, found wherever they come again."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from kafe.deidentify.canonical import atoms
from kafe.deidentify.lexicon import first_names, ordinary_words, surnames
from kafe.deidentify.spans import Span

_ATOM = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"[\s._\-\u2010-\u2013]{1,3}|['’]")
_TURNED_GAP = re.compile(r",[ \t]{0,2}")


@dataclass(frozen=True, slots=True)
class Atom:
    """A run of letters and its place."""

    text: str
    lower: str
    start: int
    end: int


def split(view: str) -> tuple[Atom, ...]:
    """Return the runs of letters of a text."""
    return tuple(Atom(match[0], match[0].casefold(), *match.span()) for match in _ATOM.finditer(view))


def is_doubtful(name: str) -> bool:
    """Return whether a lower-case word is also an ordinary word or a place, so that alone it proves nothing."""
    return (
        name in ordinary_words()
        or first_names().get(name, "") != ""
        or surnames().get(name, "") != ""
        or len(name) < 3
    )


class KnownNames:
    """Names to look for: whole names in any case, single names in any case unless doubtful."""

    def __init__(self, names: Iterable[str]):
        self._straight: dict[str, list[tuple[str, ...]]] = {}
        self._turned: dict[str, list[tuple[str, ...]]] = {}
        for parts in sorted({atoms(name) for name in names} - {()}):
            self._straight.setdefault(parts[0], []).append(parts)
            if len(parts) > 1:
                self._turned.setdefault(parts[-1], []).append((parts[-1], *parts[:-1]))

    def spans(self, view: str, text: tuple[Atom, ...], source: str, confidence: float) -> Iterator[Span]:
        """Yield every occurrence, without its genitive ending."""
        for index, atom in enumerate(text):
            for first in (atom.lower, atom.lower.removesuffix("s")):
                for parts in self._straight.get(first, ()):
                    if end := _match(view, text[index : index + len(parts)], parts, _GAP):
                        yield Span(atom.start, end, "person", source, confidence)
            for parts in self._turned.get(atom.lower, ()):
                if end := _match(view, text[index : index + len(parts)], parts, _TURNED_GAP):
                    yield Span(atom.start, end, "person", source, confidence)


def _match(view: str, found: tuple[Atom, ...], parts: tuple[str, ...], first_gap: re.Pattern[str]) -> int:
    """Return where the name ends when the atoms are its parts, else 0; `Surname, First` has its own first gap."""
    if len(found) < len(parts) or found[-1].lower not in (parts[-1], parts[-1] + "s"):
        return 0
    if any(atom.lower != part for atom, part in zip(found[:-1], parts[:-1], strict=True)):
        return 0
    gaps = [view[one.end : other.start] for one, other in pairwise(found)]
    if gaps and not (first_gap.fullmatch(gaps[0]) and all(_GAP.fullmatch(gap) for gap in gaps[1:])):
        return 0
    if len(parts) == 1 and is_doubtful(parts[0]) and not found[0].text[0].isupper():
        return 0
    return found[-1].start + len(parts[-1])


def parts_alone(
    text: tuple[Atom, ...],
    in_note: Mapping[str, float],
    in_session: Collection[str],
    lower_case: Collection[str],
    confidence: float,
) -> Iterator[Span]:
    """Yield first names and surnames alone, with a capital, of persons named in full nearby.

    Persons of the same note always, as sure as they are there (`in_note`); persons of the same session
    with `confidence`, unless the word is doubtful or stands in lower case somewhere in the material.
    """
    for atom in text:
        if not atom.text[0].isupper() or (atom.text.isupper() and len(atom.text) < 4):
            continue
        for base in (atom.lower, atom.lower.removesuffix("s")):
            nearby = base in in_session and not is_doubtful(base) and base not in lower_case
            if base in in_note or nearby:
                sure = max(in_note.get(base, 0.0), confidence if nearby else 0.0)
                yield Span(atom.start, atom.start + len(base), "person", "recurrence", sure)
                break
