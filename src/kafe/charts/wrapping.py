"""Labels in lines that fit, and text as plotly writes it."""

import textwrap
from collections.abc import Iterable
from html import escape

VOWELS = frozenset("aeiouyæøåé")


def label_lines(text: str, width: int, most: int = 4) -> list[str]:
    """Return the text in at most `most` lines of `width` characters, shortened with an ellipsis."""
    words = [part for word in str(text).split() for part in _pieces(word, width)]
    lines = textwrap.wrap(" ".join(words), width, break_on_hyphens=False) or [""]
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: width - 1].rstrip() + "…"]
    return lines


def _pieces(word: str, width: int) -> list[str]:
    """Return a word that is too long for a line in hyphenated pieces.

    Divided by the rule of one consonant to the next line (ettkonsonantregelen; Språkrådet, «Orddeling»).
    """
    pieces = []
    while len(word) > width:
        fitting = range(min(width - 1, len(word) - 3), 2, -1)
        at = next((n for n in fitting if _divides(word, n)), width - 1)
        pieces.append(word[:at] + "-")
        word = word[at:]
    return [*pieces, word]


def _divides(word: str, at: int) -> bool:
    before, here, after = word[at - 1].lower(), word[at].lower(), word[at + 1].lower()
    return before.isalpha() and here.isalpha() and here not in VOWELS and after in VOWELS


def chart_text(lines: Iterable[str]) -> str:
    """Return lines for a plotly text: plotly reads tags and entities there, so both are escaped."""
    return "<br>".join(escape(line, quote=False) for line in lines)
