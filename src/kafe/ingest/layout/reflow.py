"""Lines of a page to paragraphs and list items, whatever way the text was wrapped and spaced."""

import re
from dataclasses import dataclass
from itertools import pairwise

from kafe.ingest.layout.hyphens import DocumentWords
from kafe.ingest.layout.lines import bullet

_ENDS = re.compile(r"[.!?:;][\"”»“')\]]*$")
_DANGLES = re.compile(
    r"(?:,|\s(?:og|eller|av|i|på|til|for|med|som|at|å|ved|fra|om|en|et|ein|ei|eit|den|det|de|to|er|skal|vil|kan|hva|kva|hvem))$"
)
_BROKEN = re.compile(r"[^\W\d_]-$")
_HEADING_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÆØÅ]")
_FAR = 10
_AROUND = 3
HARD_BREAK = "\x1d"
"""A line that parts what stands before and after it, whatever they look like (it counts as blank)."""
TURN = "\x1e"
"""Stands where page furniture was: however much of it, a sentence may go on after it (counts as blank)."""


@dataclass(slots=True)
class TextBlock:
    """A paragraph, list item or heading put together from lines; `first` is its first line's index.

    `cell`: looks like a heading but is one of many in a row, as the cells of a table are.
    """

    text: str
    first: int
    mark: str = ""
    indent: int = 0
    lines: int = 1
    page: int = 0
    heading: bool = False
    cell: bool = False


@dataclass(frozen=True, slots=True)
class _Seam:
    """Two neighbouring lines, and what lies between and around them.

    `before` ends a block, a list item where `item`; `text` follows after `blanks` blank lines, and is itself
    followed by a blank line (`blank_after`) or a list item (`item_after`). `near` is the length of the longest
    line nearby, `width` that of full lines.
    """

    before: str
    text: str
    item: bool
    blanks: int
    blank_after: bool
    item_after: bool
    near: int
    width: int

    @property
    def small(self) -> bool:
        """Whether the second line starts as the middle of a sentence does."""
        return self.text[0].islower() or self.text[0] in "(/"

    @property
    def ended(self) -> bool:
        """Whether a sentence ends with the first line; a list goes on after a semicolon."""
        goes_on = self.before[-1] == ";" and self.small and len(self.before) >= 0.6 * self.width
        return bool(_ENDS.search(self.before)) and not goes_on

    @property
    def full(self) -> bool:
        """Whether the first line is as long as lines get."""
        return len(self.before) >= 0.78 * self.width


def reflow(lines: list[str], words: DocumentWords) -> list[TextBlock]:
    """Return the blocks of the lines; empty strings are blank lines, `TURN` is where something was dropped.

    Two neighbours are one paragraph when the second can only continue the first: by a broken word, or
    because the first is a full line without a full stop, or the second starts with a small letter.
    Whether a blank line parts paragraphs depends on how the text is spaced (some exports put one
    after every line), on the length of the line before, and on how it ends.
    """
    filled = [(index, line) for index, line in enumerate(lines) if line.strip()]
    if not filled:
        return []
    width = _width([line for _, line in filled])
    spaced = _double_spaced(filled, width)
    lengths = [len(line.strip()) for _, line in filled]
    blocks: list[TextBlock] = []
    before, before_index = "", -1
    for at, (index, line) in enumerate(filled):
        text = " ".join(line.split())
        between = lines[before_index + 1 : index]
        item = bullet(line)
        if item and item[0][0].isdigit() and _HEADING_NUMBER.match(text) and not blocks:
            item = None
        parted = HARD_BREAK in between or (len(between) > _FAR and TURN not in between)
        if item:
            blocks.append(TextBlock(" ".join(item[2].split()), index, item[0], item[1]))
        elif blocks and not parted:
            after = lines[index + 1] if index + 1 < len(lines) else ""
            seam = _Seam(
                before,
                text,
                item=bool(blocks[-1].mark),
                blanks=len(between),
                blank_after=not after.strip(),
                item_after=bool(after.strip() and bullet(after)),
                near=max(15, *lengths[max(0, at - _AROUND) : at + _AROUND]),
                width=width,
            )
            if _continues(seam, spaced):
                blocks[-1].text = words.join(blocks[-1].text, text)
                blocks[-1].lines += 1
            else:
                blocks.append(TextBlock(text, index))
        else:
            blocks.append(TextBlock(text, index))
        before, before_index = text, index
    return blocks


def _width(lines: list[str]) -> int:
    """Return the length that full lines have: that of the longest tenth, at least 60."""
    lengths = sorted(len(" ".join(line.split())) for line in lines if len(line) < 200)
    return max(60, lengths[int(0.9 * (len(lengths) - 1))]) if lengths else 60


def _double_spaced(filled: list[tuple[int, str]], width: int) -> bool:
    """Return whether a blank line stands after every line, seen where a sentence plainly goes on."""
    gaps = {0: 0, 1: 0}
    for (index, line), (following, after) in pairwise(filled):
        goes_on = (
            len(line.strip()) > 0.6 * width and not _ENDS.search(line.strip()) and after.strip()[:1].islower()
        )
        if goes_on and following - index - 1 in gaps:
            gaps[following - index - 1] += 1
    return gaps[1] > gaps[0]


def _continues(seam: _Seam, spaced: bool) -> bool:
    """Return whether the second line goes on with what the first says; `spaced`: see `_double_spaced`."""
    broken = _BROKEN.search(seam.before) and seam.text[0].isalnum()
    if broken and (seam.blanks <= 1 or seam.text[0].islower()):
        return True
    if seam.ended and seam.before[-1] in ":;" and not seam.small:
        return False
    if seam.blanks <= 1 and _DANGLES.search(seam.before):
        return True
    if seam.blanks == 0:
        return _continues_next_line(seam)
    return not seam.ended and _continues_after_blank(seam, spaced)


def _continues_next_line(seam: _Seam) -> bool:
    """Return whether the next line goes on: not where its first word would have had room on the line before."""
    room = (0.82 if seam.item else 0.92) * seam.width
    if (seam.ended or not seam.small) and len(seam.before) + 1 + len(seam.text.split()[0]) <= room:
        return False
    if seam.ended and _stands_alone(seam):
        return False
    return seam.small or not _HEADING_NUMBER.match(seam.text) or len(seam.text.split()) > 8


def _continues_after_blank(seam: _Seam, spaced: bool) -> bool:
    """Return whether a sentence that has not ended goes on after blank lines."""
    if seam.small and len(seam.before) >= 0.6 * seam.width:
        return True
    if seam.blanks > 1:
        return False
    if seam.item and seam.item_after:
        return True
    if not spaced:
        return False
    small = seam.small and (seam.item or len(seam.before) >= 0.5 * seam.near)
    return small or (seam.full and not _HEADING_NUMBER.match(seam.text))


def _stands_alone(seam: _Seam) -> bool:
    """Return whether a line right after a full stop is a heading (as at the top of a page), not a new sentence."""
    if not seam.text[0].isupper() or len(seam.text) > 0.7 * seam.width:
        return False
    return (seam.blank_after and seam.text[-1] not in ".!?:;,)") or (seam.item_after and seam.text[-1] == ":")
