"""What the rules for names look at: a word where a name may start, its readings, and the words around it."""

from __future__ import annotations

from functools import cached_property

from kafe.deidentify.lexicon import (
    PARTICLES,
    SURNAME_ENDINGS,
    Reading,
    is_ordinary,
    is_service,
    read,
)
from kafe.deidentify.rules.cues import cues
from kafe.deidentify.words import Word

SECOND_NAMES = frozenset({"andre"})
"""Ordinary words that are common as the second of two first names."""
LONGEST_NAME = 5
"""Words of a name in capitals, particles included."""


def could_be_name(word: Word) -> bool:
    """Return whether a word not listed may be part of a name: capital first, not an abbreviation or ordinary."""
    return word.shape == "capital" and len(word.text) > 1 and not is_ordinary(word)


class Passage:
    """A text as the rules for names read it; `places` are lower-case names of places and services."""

    def __init__(self, view: str, words: tuple[Word, ...], places: frozenset[str] = frozenset()):
        self.view, self.words, self.places = view, words, places
        self.readings = tuple(map(read, words))

    @cached_property
    def cues(self) -> dict[int, str]:
        """Start of a word → kind of the cue right before it."""
        return cues(self.view)

    def joined(self, index: int) -> bool:
        """Return whether there is a word at `index` and only a space parts it from the one before."""
        return index < len(self.words) and self.words[index].joined


class Candidate:
    """A word of a passage where a name may start."""

    def __init__(self, passage: Passage, index: int):
        self.passage, self.index = passage, index
        self.view = passage.view
        self.word, self.reading = passage.words[index], passage.readings[index]

    @cached_property
    def cue(self) -> str:
        """The kind of cue right before the word: title, relation, owned, named, contact; empty without any."""
        return self.passage.cues.get(self.word.start, "") if self.index else ""

    def before(self, length: int) -> str:
        """Return up to `length` characters before the word."""
        return self.view[max(0, self.word.start - length) : self.word.start]

    @property
    def _goes_on(self) -> bool:
        return self.passage.joined(self.index + 1) and self.reading.end == self.word.end

    @cached_property
    def capitals_after(self) -> tuple[Reading, ...]:
        """The words that go on a name in capitals: surnames, initials, particles between them."""
        if self.word.shape != "capital" or not self._goes_on:
            return ()
        words, readings = self.passage.words, self.passage.readings
        last = self.index
        for index in range(self.index + 1, min(self.index + LONGEST_NAME, len(words))):
            word = words[index]
            if not word.joined or word.opens or readings[last].end != words[last].end:
                break
            if word.lower in PARTICLES and word.shape == "lower":
                continue
            if word.shape != "capital" or not self._may_go_on(index):
                break
            last = index
        while last > self.index and words[last].is_initial and self._without_stop(words[last]):
            last -= 1
        return readings[self.index + 1 : last + 1]

    def _may_go_on(self, index: int) -> bool:
        word = self.passage.words[index]
        part = word.is_initial or self.passage.readings[index].listed or not is_service(word)
        return part or self._is_middle_name(index)

    def _is_middle_name(self, index: int) -> bool:
        """Return whether an ordinary word stands inside a name: a known second name, or a surname follows it."""
        if self.passage.words[index].lower in SECOND_NAMES:
            return True
        if not self.passage.joined(index + 1) or self.passage.words[index + 1].opens:
            return False
        surname = self.passage.readings[index + 1]
        named = surname.last is not None or surname.base.endswith(SURNAME_ENDINGS)
        return named and could_be_name(self.passage.words[index + 1])

    def _without_stop(self, initial: Word) -> bool:
        return self.view[initial.end : initial.end + 1] != "."

    @property
    def stands_alone(self) -> bool:
        """Whether the name in capitals ends its line or sentence."""
        after = self.index + len(self.capitals_after) + 1
        return after == len(self.passage.words) or self.passage.words[after].opens

    @cached_property
    def same_case_after(self) -> tuple[tuple[Word, Reading], ...]:
        """The words after a listed first name that is all in capitals or in lower case: first names, then one more.

        Empty when one of them is written in another way.
        """
        if self.word.shape == "capital" or self.reading.first is None or not self._goes_on:
            return ()
        words, readings = self.passage.words, self.passage.readings
        last = self.index + 1
        while (
            readings[last].last is None and readings[last].first is not None and self.passage.joined(last + 1)
        ):
            last += 1
        after = words[self.index + 1 : last + 1]
        if any(word.shape != self.word.shape for word in after):
            return ()
        return tuple(zip(after, readings[self.index + 1 : last + 1], strict=True))
