"""The words of a text with what name rules ask about them: case, place in the sentence, neighbours."""

import re
from dataclasses import dataclass
from typing import Literal

Shape = Literal["capital", "upper", "lower"]

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_INNER_CAPITAL = re.compile(r"[a-zæøåéü](?=[A-ZÆØÅ])")
"""As in BankID: no way to write a name."""
_OPENS_SENTENCE = re.compile(r"[\n.!?:…•*;|]|[ \t][-–—+>/][ \t]")
"""In a gap between words: what ends a sentence or starts a line or list item."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `opens` says whether it starts a sentence or line, `joined` whether only a space
    (or the full stop of an initial) parts it from the word before."""

    text: str
    start: int
    end: int
    shape: Shape
    opens: bool
    joined: bool

    @property
    def lower(self) -> str:
        return self.text.casefold().replace("’", "'")

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1 and self.shape != "lower"


def _shape(text: str) -> Shape:
    if not text[0].isupper() or _INNER_CAPITAL.search(text.removeprefix("Mc").removeprefix("Mac")):
        return "lower"
    return "upper" if len(text) > 1 and text.isupper() else "capital"


def words(view: str) -> tuple[Word, ...]:
    """Return the words of a text in order."""
    found: list[Word] = []
    for match in WORD.finditer(view):
        before = found[-1] if found else None
        gap = view[before.end : match.start()] if before else ""
        opens = gap not in (" ", "") and bool(_OPENS_SENTENCE.search(gap))
        initial = before is not None and before.is_initial
        joined = before is not None and (gap in (" ", "  ") or (initial and gap in (". ", ".")))
        if before is None:
            opens = not view[: match.start()].strip(" \t\n-–—•*\"'«“(0123456789.)>+")
        found.append(
            Word(match[0], *match.span(), _shape(match[0]), opens and not (initial and joined), joined)
        )
    return tuple(found)
