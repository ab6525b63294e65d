"""The pattern language of the codebook: words a person can write without knowing regular expressions."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kafe.language.compounds import base_forms, members
from kafe.language.norm import norm_form
from kafe.messages import message

MAX_WORDS = 6
GAP = "..."
GAP_WORDS = 3
COMPOUND = "~"
WORD = re.compile(r"\*?-?[^\W_]+(?:[-./'’&+][^\W_]+)*[-.]?\*?")
IN_COMPOUND = re.compile(r"~[^\W\d_]{3,}")


class PatternError(ValueError):
    """A pattern that cannot be read; the message is Norwegian and says what is wrong with which part."""

    def __init__(self, key: str, part: str = ""):
        super().__init__(message(f"coding.pattern.{key}", part=part, most=MAX_WORDS))


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of a pattern: any of `alternatives`; `after_gap` when up to three words may come before.

    An alternative with a star stands for any beginning or ending, one with `~` also for a part of a compound.
    """

    alternatives: tuple[str, ...]
    after_gap: bool = False


Pattern = tuple[Slot, ...]


def parse_pattern(text: str) -> Pattern:
    """Return the slots of a pattern such as `bolig|bustad ... mangle*`, lower-cased.

    Raises PatternError where it breaks the rules in docs/bruk/kodebok.md.
    """
    parts = unicodedata.normalize("NFC", text).lower().replace("…", GAP).split()
    if not parts:
        raise PatternError("empty")
    if parts[0] == GAP or parts[-1] == GAP:
        raise PatternError("gap_edge")
    slots: list[Slot] = []
    after_gap = False
    for part in parts:
        if part == GAP:
            if after_gap:
                raise PatternError("gap_twice")
            after_gap = True
        else:
            slots.append(Slot(_alternatives(part), after_gap))
            after_gap = False
    if len(slots) > MAX_WORDS:
        raise PatternError("too_long")
    return tuple(slots)


def _alternatives(part: str) -> tuple[str, ...]:
    words = part.split("|")
    for word in words:
        if not word:
            raise PatternError("empty_alternative", part)
        if word.startswith(COMPOUND) and not IN_COMPOUND.fullmatch(word):
            raise PatternError("bad_compound", word)
        if not word.startswith(COMPOUND) and not WORD.fullmatch(word):
            raise PatternError("tilde_place" if COMPOUND in word else "bad_word", word)
    if len(set(words)) < len(words):
        raise PatternError("same_twice", part)
    return tuple(words)


def _norm_of(word: str) -> str:
    """Return the norm form of a pattern's word; the word itself where that is a verb in the present.

    *gjeld* is debt in Bokmål and *gjelder* in Nynorsk: who writes it in a pattern means the debt.
    """
    norm = norm_form(word)
    return word if norm.endswith("er") and norm.startswith(word) else norm


class SlotIndex:
    """Which slots a word can fill, looked up by its beginnings and endings instead of slot by slot.

    A word fills a slot by itself or by its norm form, so that a pattern in one written standard finds the
    other; a plain word of a pattern is compared by its norm form, too.
    """

    def __init__(self) -> None:
        self._count = 0
        self._whole: dict[str, set[int]] = defaultdict(set)
        self._start: dict[str, set[int]] = defaultdict(set)
        self._end: dict[str, set[int]] = defaultdict(set)
        self._within: dict[str, set[int]] = defaultdict(set)
        self._part: dict[str, set[int]] = defaultdict(set)

    def add(self, slot: Slot) -> int:
        """Return the number given to a slot."""
        for word in slot.alternatives:
            if word.startswith(COMPOUND):
                plain = word.removeprefix(COMPOUND)
                self._add_whole(plain)
                self._part[_norm_of(plain)].add(self._count)
            elif "*" not in word:
                self._add_whole(word)
            else:
                kinds = {(0, 1): self._start, (1, 0): self._end, (1, 1): self._within}
                kinds[word.startswith("*"), word.endswith("*")][word.strip("*")].add(self._count)
        self._count += 1
        return self._count - 1

    def _add_whole(self, word: str) -> None:
        for form in {word, _norm_of(word)}:
            self._whole[form].add(self._count)

    def slots(self, forms: Iterable[str]) -> frozenset[int]:
        """Return the numbers of the slots that a word can fill, given its lower-cased form and lemma."""
        written = set(forms)
        found: set[int] = set()
        for form in written | {norm_form(form) for form in written}:
            found |= self._whole.get(form, set())
            for cut in range(len(form) + 1):
                found |= self._start.get(form[:cut], set()) | self._end.get(form[cut:], set())
            for part, slots in self._within.items():
                if part in form:
                    found |= slots
        if self._part:
            for form in written:
                for part in members(form):
                    for base in base_forms(part):
                        found |= self._part.get(norm_form(base), set())
        return frozenset(found)
