"""Lines of a page to paragraphs and list items, whatever way the text was wrapped and spaced."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from kafe.ingest.hyphens import Words
from kafe.ingest.lines import bullet

_ENDS = re.compile(r"[.!?:;][\"”»“')\]]*$")
_DANGLES = re.compile(
    r"(?:,|\s(?:og|eller|av|i|på|til|for|med|som|at|å|ved|fra|om|en|et|ein|ei|eit|den|det|de|to|er|skal|vil|kan|hva|kva|hvem))$"
)
_HEADING_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÆØÅ]")
_HEADING_WORDS = 14
_HEADINGS_TOGETHER = 3
_FAR = 10
HARD_BREAK = "\x1d"
"""A line that parts what stands before and after it, whatever they look like (it counts as blank)."""


@dataclass(slots=True)
class Block:
    """A paragraph, list item or heading put together from lines; `first` is its first line's index."""

    text: str
    first: int
    mark: str = ""
    indent: int = 0
    short: bool = False
    lines: int = 1
    page: int = 0
    heading: bool = False
    children: list[str] = field(default_factory=list)


def reflow(lines: list[str], words: Words) -> list[Block]:
    """Return the blocks of the lines; empty strings are blank lines (None where something was dropped).

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
    blocks: list[Block] = []
    before = ""
    before_index = -1
    for index, line in filled:
        text = " ".join(line.split())
        gap = index - before_index - 1
        item = bullet(line)
        if item and item[0][0].isdigit() and _HEADING_NUMBER.match(text) and not blocks:
            item = None
        parted = gap > _FAR or HARD_BREAK in lines[before_index + 1 : index]
        if blocks and not item and not parted and _continues(blocks[-1], before, text, gap, width, spaced):
            blocks[-1].text = words.join(blocks[-1].text, text)
            blocks[-1].lines += 1
            blocks[-1].short = False
        elif item:
            blocks.append(Block(" ".join(item[2].split()), index, item[0], item[1]))
        else:
            blocks.append(Block(text, index, short=len(text) < 0.5 * width))
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


def _continues(block: Block, before: str, text: str, gap: int, width: int, spaced: bool) -> bool:
    if re.search(r"[^\W\d_]-$", before) and text[0].isalnum() and (gap <= 1 or text[0].islower()):
        return True
    ended = bool(_ENDS.search(before))
    length = len(before)
    small = text[0].islower() or text[0] in "(/"
    full = length >= 0.78 * width
    if ended and before[-1] in ":;" and not small:
        return False
    if gap <= 1 and _DANGLES.search(before):
        return True
    if gap == 0:
        room = (0.82 if block.mark else 0.92) * width
        if (ended or not small) and length + 1 + len(text.split()[0]) <= room:
            return False
        return not (not small and _HEADING_NUMBER.match(text) and len(text.split()) <= 8)
    if ended:
        return False
    if small and (full or length >= 0.6 * width):
        return True
    if gap == 1 and spaced:
        return (small and bool(block.mark or length >= 0.45 * width)) or (
            full and not _HEADING_NUMBER.match(text)
        )
    return False


def mark_headings(blocks: list[Block]) -> None:
    """Mark the blocks that head what follows: short, without a full stop, before text or a list.

    A numbered item is a heading when no other item stands next to it. Of more than three
    in a row only the last is one: the others are the cells of a table. A short first block is a title.
    """
    run = 0
    for index in range(len(blocks) - 2, -1, -1):
        preceding = blocks[index - 1] if index else None
        block = blocks[index]
        block.heading = _heads(block, blocks[index + 1], preceding) or (index == 0 and _titles(block))
        run = run + 1 if block.heading else 0
        if run > _HEADINGS_TOGETHER:
            for other in blocks[index : index + run - 1]:
                other.heading = False


def _titles(block: Block) -> bool:
    """Return whether a document's first block is its title: short and without a full stop."""
    return not block.mark and len(block.text.split()) <= _HEADING_WORDS and block.text[-1] not in ".;,:"


def _heads(block: Block, following: Block, preceding: Block | None) -> bool:
    words = block.text.split()
    if len(words) > _HEADING_WORDS or len(block.text) > 110 or not re.search(r"[^\W\d_]{2}", block.text):
        return False
    numbered = block.mark[:1].isdigit()
    if block.mark and not numbered:
        return False
    if numbered:
        neighbours = [other.mark[:1].isdigit() for other in (preceding, following) if other]
        return (
            not any(neighbours)
            and not following.mark
            and block.text[0].isupper()
            and block.text[-1] not in ".;,:"
        )
    if not block.text[0].isupper() and not block.text[0].isdigit():
        return False
    if block.text.endswith(":"):
        return len(words) <= 8 and bool(following.mark)
    if block.text[-1] in '.;,!)”»"' and not re.search(r"\(\w+\)$", block.text):
        return False
    return (
        bool(following.mark) or following.heading or len(following.text.split()) >= 8 or following.lines > 1
    )
