"""Names that the language model tags, with checks that keep ordinary words of short notes out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kafe.deidentify.lexicon import PARTICLES, Reading, is_ordinary, read
from kafe.deidentify.rules.candidates import could_be_name
from kafe.deidentify.rules.cues import INSTITUTION_BEFORE, SAYS
from kafe.deidentify.rules.rule import Rule, first_verdict
from kafe.deidentify.spans import FILLER, Span
from kafe.deidentify.words import Word

_PLACE_BEFORE = re.compile(
    r"\b(?:i|på|ved|rundt|dps|kommune|sykehuset|sjukehuset|indre|ytre|midtre|nordre|søre|søndre|øvre|nedre)[ \t/]+$",
    re.IGNORECASE,
)
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class TaggedName:
    """Words that the model calls a person, trimmed to those that can be a name.

    `initial` stands after a word alone; `proper`: the model's own tags agree; `common`: words that stand
    in lower case elsewhere in the material.
    """

    view: str
    words: tuple[Word, ...]
    readings: tuple[Reading, ...]
    initial: Word | None
    proper: bool
    common: Collection[str]

    @property
    def word(self) -> Word:
        return self.words[0]

    @property
    def end(self) -> int:
        return self.readings[-1].end

    @property
    def several(self) -> bool:
        return len(self.words) > 1

    @property
    def listed(self) -> bool:
        return any(reading.listed for reading in self.readings)

    @property
    def before(self) -> str:
        return self.view[max(0, self.word.start - 20) : self.word.start]


def several_words_one_listed(name: TaggedName) -> int | None:
    """*Xolani Hansen*: the model and the lists agree."""
    return name.end if name.several and name.listed else None


def several_words_unlisted(name: TaggedName) -> int | None:
    """*Xolani Dube*: on the model's word alone, where its own tags agree and no word is an ordinary one elsewhere."""
    common = any(word.lower in name.common for word in name.words)
    return name.end if name.several and name.proper and not common else None


def too_short(name: TaggedName) -> int | None:
    """*IP*: one or two letters are an abbreviation."""
    return name.end if not name.several and len(name.word.text) < _SHORTEST else None


def named_institution(name: TaggedName) -> int | None:
    """*kafe Xolani*: what stands after a kind of house is its name."""
    return name.end if not name.several and INSTITUTION_BEFORE.search(name.before) else None


def listed_word_in_sentence(name: TaggedName) -> int | None:
    """*med Liv*: a first name that is a word too, or a surname that is a word, inside a sentence."""
    reading = name.readings[0]
    a_person = reading.first is not None or reading.last == "*"
    return name.end if not name.several and a_person and not name.word.opens else None


def proper_noun(name: TaggedName) -> int | None:
    """*med Xolani*: an unlisted word that the model tags as a proper noun and that is no ordinary word or place.

    At the start of a sentence it needs an initial after it, as in a list of references, or a verb of saying.
    """
    word = name.word
    if name.several or name.listed or not name.proper:
        return None
    if word.lower in name.common or is_ordinary(word) or "-" in name.view[word.start : word.end + 1]:
        return None
    if _PLACE_BEFORE.search(name.before):
        return None
    if word.opens and not name.initial and not SAYS.match(name.view, word.end):
        return None
    return name.initial.end if name.initial else name.end


MODEL_RULES: tuple[Rule[TaggedName], ...] = (
    Rule(0.85, several_words_one_listed),
    Rule(0.7, several_words_unlisted),
    Rule(0.0, too_short),
    Rule(0.0, named_institution),
    Rule(0.7, listed_word_in_sentence),
    Rule(0.6, proper_noun),
)
"""In order of precedence: the first that holds decides, and with 0 the word stays."""


def filter_model_names(
    view: str,
    words: tuple[Word, ...],
    tagged: Sequence[tuple[int, int, bool]],
    common: Collection[str],
) -> Iterator[Span]:
    """Yield the model's persons that a rule holds for, trimmed to the words that can be a name.

    `tagged` has (start, end, proper) of each person; `common` are words that stand in lower case somewhere.
    """
    starts, ends = [word.start for word in words], [word.end for word in words]
    for start, end, proper in tagged:
        for piece in _pieces(words[bisect_left(starts, start) : bisect_right(ends, end)]):
            name = _trimmed(view, piece, proper, common)
            verdict = first_verdict(MODEL_RULES, name) if name is not None else None
            if name is not None and verdict is not None and verdict.passed:
                yield Span(name.word.start, verdict.end, "person", "model", verdict.value, verdict.rule)


def _pieces(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Split words at gaps that no name has."""
    piece: list[Word] = []
    for word in words:
        if piece and (not word.joined or word.opens):
            yield piece
            piece = []
        piece.append(word)
    if piece:
        yield piece


def _trimmed(view: str, piece: list[Word], proper: bool, common: Collection[str]) -> TaggedName | None:
    """Return the piece without words at its ends that no name has there; None where no name is left."""
    while piece and not _may_be_part(piece[0]):
        piece = piece[1:]
    initial = piece[-1] if len(piece) == 2 and piece[-1].is_initial else None
    while piece and (not _may_be_part(piece[-1]) or piece[-1].is_initial):
        piece = piece[:-1]
    if not piece or any(not _may_be_part(word) and word.lower not in PARTICLES for word in piece):
        return None
    readings = tuple(map(read, piece))
    if FILLER in view[piece[0].start : readings[-1].end]:
        return None
    return TaggedName(view, tuple(piece), readings, initial, proper, common)


def _may_be_part(word: Word) -> bool:
    return word.shape == "capital" and (word.is_initial or read(word).listed or could_be_name(word))
