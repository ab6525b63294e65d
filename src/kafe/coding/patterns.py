"""The pattern language of the codebook: words a person can write without knowing regular expressions."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from kafe.text import tekst

MAX_WORDS = 6
GAP = "..."
GAP_WORDS = 3
WORD = re.compile(r"\*?-?[^\W_]+(?:[-./'’&+][^\W_]+)*[-.]?\*?")


class PatternError(ValueError):
    """A pattern that cannot be read; the message is Norwegian and says what is wrong with which part."""

    def __init__(self, key: str, part: str = ""):
        super().__init__(tekst(f"coding.pattern.{key}", part=part, most=MAX_WORDS))


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of a pattern: any of `alternatives`; `after_gap` when up to three words may come before."""

    alternatives: tuple[str, ...]
    after_gap: bool = False

    def expression(self) -> str:
        """Return a regular expression that a whole word or lemma must match, whatever its case."""
        parts = (re.escape(word).replace(r"\*", ".*") for word in self.alternatives)
        return rf"(?is)\A(?:{'|'.join(parts)})\Z"


Pattern = tuple[Slot, ...]


def parse_pattern(text: str) -> Pattern:
    """Return the slots of a pattern such as `bolig|bustad ... mangle*`, lower-cased.

    Raises PatternError where it breaks the rules in docs/guides/codebook.md.
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
        if not WORD.fullmatch(word):
            raise PatternError("bad_word", word)
    if len(set(words)) < len(words):
        raise PatternError("same_twice", part)
    return tuple(words)


class SlotIndex:
    """Which slots a word can fill, looked up by its beginnings and endings instead of slot by slot."""

    def __init__(self) -> None:
        self._count = 0
        self._whole: dict[str, set[int]] = defaultdict(set)
        self._start: dict[str, set[int]] = defaultdict(set)
        self._end: dict[str, set[int]] = defaultdict(set)
        self._within: dict[str, set[int]] = defaultdict(set)

    def add(self, slot: Slot) -> int:
        """Return the number given to a slot."""
        for word in slot.alternatives:
            kinds = {(0, 0): self._whole, (0, 1): self._start, (1, 0): self._end, (1, 1): self._within}
            kind = kinds[word.startswith("*"), word.endswith("*")]
            kind[word.strip("*")].add(self._count)
        self._count += 1
        return self._count - 1

    def slots(self, form: str) -> frozenset[int]:
        """Return the numbers of the slots that a lower-cased form can fill."""
        found = set(self._whole.get(form, ()))
        for cut in range(len(form) + 1):
            found |= self._start.get(form[:cut], set()) | self._end.get(form[cut:], set())
        for part, slots in self._within.items():
            if part in form:
                found |= slots
        return frozenset(found)
