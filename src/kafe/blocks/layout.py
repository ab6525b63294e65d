"""Blocks put together: under each other, or behind a fold."""

from collections.abc import Iterable
from html import escape

from kafe.blocks.block import Block


def stack(parts: Iterable[Block | tuple[str, Block]], level: int = 3) -> Block:
    """Return the blocks under each other as one; a part with a heading is a pair of heading and block.

    `level` is one deeper than the heading above the block, so that no level is skipped.
    """
    given = [("", part) if isinstance(part, Block) else part for part in parts]
    html, texts = [], []
    for title, block in given:
        heading = f'<h{level} class="kafe-part">{escape(title)}</h{level}>' if title else ""
        html.append(f"{heading}{block.html}")
        texts.append(f"{title}\n{block.text}" if title else block.text)
    return Block("".join(html), "\n\n".join(texts))


def fold(label: str, block: Block) -> Block:
    """Return the block closed behind its label, on paper too unless the reader has opened it.

    A block without a table, which says that there is nothing to show, is returned as it is.
    """
    if "<table" not in block.html:
        return block
    html = f'<details class="kafe-fold"><summary>{escape(label)}</summary>{block.html}</details>'
    return Block(html, f"{label}\n{block.text}")
