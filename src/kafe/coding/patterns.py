"""The pattern language of the codebook: words a person can write without knowing regular expressions."""

import re
import unicodedata
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
