"""Keyword in context as a table: the keyword stands in one column, what is around it on either side."""

from html import escape
from typing import Any

from kafe.blocks.block import Block
from kafe.blocks.tables import TableBlock, table
from kafe.formatting import records
from kafe.messages import message


def keyword_lines(rows: Any, caption: str, *, source: str = "", empty: str = "") -> Block:
    """Return rows with `left`, `keyword` and `right` as a table with the keyword in the middle.

    `source` names a column that says where a line is from; without rows the text `empty` is shown.
    """
    data = records(rows)
    if not data:
        return table([], caption=caption, empty=empty)
    keys = ["left", "keyword", "right", *([source] if source else [])]
    headers = tuple(message(f"charts.context.{key if key != source else 'source'}") for key in keys)
    cells = tuple(tuple(str(row[key]) for key in keys) for row in data)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in headers)
    body = "".join(_line(line) for line in cells)
    html = (
        f'<div class="kafe-scroll" role="group" tabindex="0" aria-label="{escape(caption)}">'
        f'<table class="kafe-table kafe-context"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    text = "\n".join([caption, "\t".join(headers), *("\t".join(line) for line in cells)])
    return TableBlock(html, text, caption, headers, cells)


def _line(cells: tuple[str, ...]) -> str:
    left, keyword, *rest = (escape(cell) for cell in cells)
    after = "".join(f"<td>{cell}</td>" for cell in rest)
    return f'<tr><td>{left}</td><th scope="row">{keyword}</th>{after}</tr>'
