"""Which blocks of a document head what follows, told by their length, how they end and what stands around them."""

import re

from kafe.ingest.layout.reflow import TextBlock

_CAPTION = re.compile(r"(?:fig(?:ur)?|tabell?)\.?\s*\d+", re.IGNORECASE)
_HEADING_WORDS = 14
_HEADING_LENGTH = 110
_HEADINGS_TOGETHER = 3
_PARAGRAPH_WORDS = 8


def mark_headings(blocks: list[TextBlock]) -> None:
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


def _titles(block: TextBlock) -> bool:
    """Return whether a document's first block is its title: short and without a full stop; the last, a caption."""
    return not block.mark and len(block.text.split()) <= _HEADING_WORDS and block.text[-1] not in ".;,:"


def _heads(block: TextBlock, following: TextBlock, preceding: TextBlock | None) -> bool:
    short = len(block.text.split()) <= _HEADING_WORDS and len(block.text) <= _HEADING_LENGTH
    if not short or not re.search(r"[^\W\d_]{2}", block.text):
        return False
    if block.mark:
        return _numbered(block) and _numbered_item_heads(block, following, preceding)
    return _plain_block_heads(block, following)


def _numbered(block: TextBlock) -> bool:
    return block.mark[:1].isdigit()


def _numbered_item_heads(block: TextBlock, following: TextBlock, preceding: TextBlock | None) -> bool:
    if following.mark or (preceding and _numbered(preceding)):
        return False
    return block.text[0].isupper() and block.text[-1] not in ".;,:"


def _plain_block_heads(block: TextBlock, following: TextBlock) -> bool:
    if not block.text[0].isupper() and not block.text[0].isdigit():
        return False
    if _CAPTION.match(block.text):
        return True
    before_text = bool(following.mark) or len(following.text.split()) >= _PARAGRAPH_WORDS
    if block.text.endswith(":"):
        return before_text
    if block.text[-1] in '.;,!)”»"' and not re.search(r"\(\w+\)$", block.text):
        return False
    return before_text or following.heading or following.lines > 1
