"""The pattern language of the codebook: words a person can write without knowing regular expressions."""

import re
import unicodedata
from dataclasses import dataclass

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
        super().__init__(message(f"codebook.pattern.{key}", part=part, most=MAX_WORDS))


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
