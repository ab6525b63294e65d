"""Lines of a page to paragraphs and list items, whatever way the text was wrapped and spaced."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from kafe.ingest.layout.hyphens import Words
from kafe.ingest.layout.lines import bullet

_ENDS = re.compile(r"[.!?:;][\"”»“')\]]*$")
_DANGLES = re.compile(
    r"(?:,|\s(?:og|eller|av|i|på|til|for|med|som|at|å|ved|fra|om|en|et|ein|ei|eit|den|det|de|to|er|skal|vil|kan|hva|kva|hvem))$"
)
_HEADING_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÆØÅ]")
_CAPTION = re.compile(r"(?:fig(?:ur)?|tabell?)\.?\s*\d+", re.IGNORECASE)
_HEADING_WORDS = 14
_HEADINGS_TOGETHER = 3
_PARAGRAPH_WORDS = 8
_FAR = 10
_AROUND = 3
HARD_BREAK = "\x1d"
"""A line that parts what stands before and after it, whatever they look like (it counts as blank)."""
TURN = "\x1e"
"""Stands where page furniture was: however much of it, a sentence may go on after it (counts as blank)."""


@dataclass(slots=True)
class Block:
    """A paragraph, list item or heading put together from lines; `first` is its first line's index.

    `cell`: looks like a heading but is one of many in a row, as the cells of a table are.
    """

    text: str
    first: int
    mark: str = ""
    indent: int = 0
    short: bool = False
    lines: int = 1
    page: int = 0
    heading: bool = False
    cell: bool = False
    children: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Gap:
    """What lies around a line: blank lines before it, the longest line nearby, and what follows it."""

    size: int
    near: int
    blank_after: bool
    item_after: bool


def reflow(lines: list[str], words: Words) -> list[Block]:
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
    blocks: list[Block] = []
    before = ""
    before_index = -1
    for at, (index, line) in enumerate(filled):
        text = " ".join(line.split())
        between = lines[before_index + 1 : index]
        after = lines[index + 1] if index + 1 < len(lines) else ""
        gap = _Gap(
            size=len(between),
            near=max(15, *lengths[max(0, at - _AROUND) : at + _AROUND]),
            blank_after=not after.strip(),
            item_after=bool(after.strip() and bullet(after)),
        )
        item = bullet(line)
        if item and item[0][0].isdigit() and _HEADING_NUMBER.match(text) and not blocks:
            item = None
        parted = HARD_BREAK in between or (gap.size > _FAR and TURN not in between)
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


def _continues(block: Block, before: str, text: str, gap: _Gap, width: int, spaced: bool) -> bool:
    if re.search(r"[^\W\d_]-$", before) and text[0].isalnum() and (gap.size <= 1 or text[0].islower()):
        return True
    length = len(before)
    small = text[0].islower() or text[0] in "(/"
    ended = bool(_ENDS.search(before)) and not (before[-1] == ";" and small and length >= 0.6 * width)
    full = length >= 0.78 * width
    if ended and before[-1] in ":;" and not small:
        return False
    if gap.size <= 1 and _DANGLES.search(before):
        return True
    if gap.size == 0:
        room = (0.82 if block.mark else 0.92) * width
        if (ended or not small) and length + 1 + len(text.split()[0]) <= room:
            return False
        if ended and _stands_alone(text, gap, width):
            return False
        return not (not small and _HEADING_NUMBER.match(text) and len(text.split()) <= 8)
    if ended:
        return False
    if small and (full or length >= 0.6 * width):
        return True
    if gap.size == 1 and block.mark and gap.item_after:
        return True
    if gap.size == 1 and spaced:
        return (small and bool(block.mark or length >= 0.5 * gap.near)) or (
            full and not _HEADING_NUMBER.match(text)
        )
    return False


def _stands_alone(text: str, gap: _Gap, width: int) -> bool:
    """Return whether a line right after a full stop is a heading (as at the top of a page), not a new sentence."""
    if not text[0].isupper() or len(text) > 0.7 * width:
        return False
    return (gap.blank_after and text[-1] not in ".!?:;,)") or (gap.item_after and text[-1] == ":")


def mark_headings(blocks: list[Block]) -> None:
    """Mark the blocks that head what follows: short, without a full stop, before text or a list.

    A numbered item is a heading when no other item stands next to it. Of more than three
    in a row only the last is one: the others are the cells of a table. A short first block is a title,
    a short last one the caption of a figure.
    """
    run = 0
    if blocks and _titles(blocks[-1]):
        blocks[-1].heading = True
    for index in range(len(blocks) - 2, -1, -1):
        preceding = blocks[index - 1] if index else None
        block = blocks[index]
        block.heading = _heads(block, blocks[index + 1], preceding) or (index == 0 and _titles(block))
        run = run + 1 if block.heading else 0
        if run > _HEADINGS_TOGETHER:
            for other in blocks[index : index + run - 1]:
                other.heading, other.cell = False, True


def _titles(block: Block) -> bool:
    """Return whether a document's first block is its title: short and without a full stop; the last, a caption."""
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
    if _CAPTION.match(block.text):
        return True
    if block.text.endswith(":"):
        return bool(following.mark) or len(following.text.split()) >= _PARAGRAPH_WORDS
    if block.text[-1] in '.;,!)”»"' and not re.search(r"\(\w+\)$", block.text):
        return False
    return (
        bool(following.mark)
        or following.heading
        or len(following.text.split()) >= _PARAGRAPH_WORDS
        or following.lines > 1
    )
