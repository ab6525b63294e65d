"""Blocks put together: under headings, behind a fold, or led in by a statement."""

from collections.abc import Iterable, Sequence
from html import escape

from kafe.blocks.blocks import Block


def stack(parts: Iterable[tuple[str, Block]], level: int = 3) -> Block:
    """Return the blocks under each other, each with its heading.

    `level` is one deeper than the heading above the block, so that no level is skipped.
    """
    given = list(parts)
    html = "".join(
        f'<h{level} class="kafe-part">{escape(title)}</h{level}>{block.html}' for title, block in given
    )
    return Block(html, "\n\n".join(f"{title}\n{block.text}" for title, block in given))


def together(blocks: Iterable[Block]) -> Block:
    """Return the blocks under each other as one."""
    given = list(blocks)
    return Block("".join(block.html for block in given), "\n\n".join(block.text for block in given))


def fold(label: str, block: Block) -> Block:
    """Return the block closed behind its label, on paper too unless the reader has opened it.

    A block without a table, which says that there is nothing to show, is returned as it is.
    """
    if "<table" not in block.html:
        return block
    html = f'<details class="kafe-fold"><summary>{escape(label)}</summary>{block.html}</details>'
    return Block(html, f"{label}\n{block.text}")


def statement(text: str, facts: Sequence[str] = (), *, state: str = "", done: bool = False) -> Block:
    """Return a sentence that stands out, with its state (marked when `done`) and a line of facts below it."""
    kind = "kafe-state done" if done else "kafe-state"
    mark = f'<strong class="{kind}">{escape(state)}</strong>' if state else ""
    line = " · ".join(part for part in (mark, *map(escape, facts)) if part)
    below = f'<p class="kafe-facts">{line}</p>' if line else ""
    html = f'<div class="kafe-statement"><p>{escape(text)}</p>{below}</div>'
    return Block(
        html, "\n".join(part for part in (text, " · ".join((state, *facts) if state else facts)) if part)
    )


def plain(text: str) -> Block:
    """Return a sentence that says there is nothing to show, or why."""
    return Block(f'<p class="kafe-empty">{escape(text)}</p>', text)
