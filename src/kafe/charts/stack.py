"""Several blocks shown as one, each under a small heading."""

from collections.abc import Iterable
from html import escape

from kafe.charts.blocks import Block


def stack(parts: Iterable[tuple[str, Block]]) -> Block:
    """Return the blocks under each other, each with its heading (level 4, not in the contents list)."""
    given = list(parts)
    html = "".join(f'<h4 class="kafe-part">{escape(title)}</h4>{block.html}' for title, block in given)
    return Block(html, "\n\n".join(f"{title}\n{block.text}" for title, block in given))
