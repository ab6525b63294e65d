"""Rows as an accessible table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from kafe.blocks.block import Block, escaped
from kafe.formatting import Format, cell, is_number, records
from kafe.messages import message

LONG_TEXT = 48
"""A column with a longer text than this many characters is set wide."""


@dataclass(frozen=True)
class TableBlock(Block):
    """A captioned table; `headers` and `cells` are its texts as shown."""

    caption: str = ""
    headers: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()


def table(
    rows: Any,
    columns: Mapping[str, str] | None = None,
    caption: str = "",
    *,
    formats: Mapping[str, Format] | None = None,
    sort_by: str | None = None,
    descending: bool = True,
    limit: int | None = None,
    hidden: str = "",
    empty: str = "",
) -> TableBlock:
    """Return the rows as an accessible table: caption, scoped headers, numbers to the right.

    `columns` maps key to header and chooses the order; `formats` maps key to a format of
    `kafe.formatting.cell`; rows without a value sort last; `limit` keeps the first rows.
    """
    data = records(rows)
    columns = dict(columns) if columns else {key: key for row in data[:1] for key in row}
    if sort_by is not None:
        known = [row for row in data if row.get(sort_by) is not None]
        known.sort(key=lambda row: row[sort_by], reverse=descending)
        data = known + [row for row in data if row.get(sort_by) is None]
    data = data[:limit]
    how = {key: (formats or {}).get(key) or _format(data, key) for key in columns}
    numeric = {key: _numeric(data, key, how[key]) for key in columns}
    cells = tuple(tuple(cell(row.get(key), how[key], hidden=hidden) for key in columns) for row in data)
    headers = tuple(columns.values())
    if not data:
        found = empty or message("charts.empty.table")
        html = f'<p class="kafe-empty">{escaped(": ".join(filter(None, (caption, found))))}</p>'
        return TableBlock(html, f"{caption}\n{found}".strip(), caption, headers, ())
    html = _table_html(caption, headers, cells, tuple(numeric.values()))
    return TableBlock(html, _table_text(caption, headers, cells), caption, headers, cells)


def _format(data: Sequence[Mapping[str, Any]], key: str) -> Format:
    """Return `decimal` for a column with fractions, so that its commas stand under each other."""
    values = (row.get(key) for row in data)
    return (
        "decimal" if any(isinstance(value, float) and not value.is_integer() for value in values) else "auto"
    )


def _numeric(data: Sequence[Mapping[str, Any]], key: str, how: Format) -> bool:
    values = [row.get(key) for row in data if row.get(key) is not None]
    return how == "count" or (bool(values) and all(is_number(value) for value in values))


def _table_html(
    caption: str, headers: Sequence[str], cells: Sequence[Sequence[str]], numeric: Sequence[bool]
) -> str:
    kinds = []
    for position, is_num in enumerate(numeric):
        long = any(len(row[position]) > LONG_TEXT for row in cells)
        kinds.append(' class="num"' if is_num else ' class="long"' if long else "")
    head = "".join(
        f'<th scope="col"{kind}>{escaped(name)}</th>' for name, kind in zip(headers, kinds, strict=True)
    )
    body = []
    for row in cells:
        first = f'<th scope="row"{kinds[0]}>{escaped(row[0])}</th>'
        rest = "".join(
            f"<td{kind}>{escaped(text)}</td>" for text, kind in zip(row[1:], kinds[1:], strict=True)
        )
        body.append(f"<tr>{first}{rest}</tr>")
    name = escape(caption or ", ".join(headers))
    title = f"<caption>{escaped(caption)}</caption>" if caption else ""
    return (
        f'<div class="kafe-scroll" role="group" tabindex="0" aria-label="{name}"><table class="kafe-table">'
        f"{title}<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _table_text(caption: str, headers: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    lines = ["\t".join(headers), *("\t".join(part.replace("\n", " ") for part in row) for row in cells)]
    return "\n".join(([caption] if caption else []) + lines)
