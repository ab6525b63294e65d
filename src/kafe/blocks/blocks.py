"""Pieces of a report that are not charts: tables, quotes, call-outs and key figures, as safe HTML."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources
from typing import Any

from kafe.blocks.formatting import DEFAULT_HIDDEN, Format, cell, is_number, records
from kafe.messages import message

MIME = "application/vnd.kafe.v1+json"
LONG_TEXT = 48


@cache
def lab_style() -> str:
    """Return the style element that makes a block readable in JupyterLab; reports have their own."""
    css = resources.files("kafe.blocks").joinpath("lab.css").read_text(encoding="utf-8")
    return f"<style>{css}</style>"


@dataclass(frozen=True)
class Block:
    """HTML that is safe to show, and the same content as plain text."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return lab_style() + self.html

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            "text/plain": self.text,
            "text/html": self._repr_html_(),
            MIME: {"kind": "html", "html": self.html},
        }


@dataclass(frozen=True)
class Table(Block):
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
    hidden: str = DEFAULT_HIDDEN,
    empty: str = "",
) -> Table:
    """Return the rows as an accessible table: caption, scoped headers, numbers to the right.

    `columns` maps key to header and chooses the order; `formats` maps key to a format of
    `kafe.blocks.formatting.cell`; rows without a value sort last; `limit` keeps the first rows.
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
        html = f'<p class="kafe-empty">{_inline(": ".join(filter(None, (caption, found))))}</p>'
        return Table(html, f"{caption}\n{found}".strip(), caption, headers, ())
    html = _table_html(caption, headers, cells, tuple(numeric.values()))
    return Table(html, _table_text(caption, headers, cells), caption, headers, cells)


def _format(data: Sequence[Mapping[str, Any]], key: str) -> Format:
    """Return `decimal` for a column with fractions, so that its commas stand under each other."""
    values = (row.get(key) for row in data)
    return (
        "decimal" if any(isinstance(value, float) and not value.is_integer() for value in values) else "auto"
    )


def _numeric(data: Sequence[Mapping[str, Any]], key: str, how: Format) -> bool:
    values = [row.get(key) for row in data if row.get(key) is not None]
    return how == "count" or (bool(values) and all(is_number(value) for value in values))


def _inline(text: str) -> str:
    return escape(str(text)).replace("\n", "<br>")


def _table_html(
    caption: str, headers: Sequence[str], cells: Sequence[Sequence[str]], numeric: Sequence[bool]
) -> str:
    kinds = []
    for position, is_num in enumerate(numeric):
        long = any(len(row[position]) > LONG_TEXT for row in cells)
        kinds.append(' class="num"' if is_num else ' class="long"' if long else "")
    head = "".join(
        f'<th scope="col"{kind}>{_inline(name)}</th>' for name, kind in zip(headers, kinds, strict=True)
    )
    body = []
    for row in cells:
        first = f'<th scope="row"{kinds[0]}>{_inline(row[0])}</th>'
        rest = "".join(
            f"<td{kind}>{_inline(text)}</td>" for text, kind in zip(row[1:], kinds[1:], strict=True)
        )
        body.append(f"<tr>{first}{rest}</tr>")
    name = escape(caption or ", ".join(headers))
    title = f"<caption>{_inline(caption)}</caption>" if caption else ""
    return (
        f'<div class="kafe-scroll" role="group" tabindex="0" aria-label="{name}"><table class="kafe-table">'
        f"{title}<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _table_text(caption: str, headers: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    lines = ["\t".join(headers), *("\t".join(part.replace("\n", " ") for part in row) for row in cells)]
    return "\n".join(([caption] if caption else []) + lines)


def quotes(
    rows: Any,
    *,
    source: Sequence[str] = ("session", "table", "group"),
    text: str = "text",
    marks: str = "marks",
) -> Block:
    """Return quotes with a source line each; `rows` are notes or mappings with `text` and `source` keys.

    `marks` names a key with spans of the text that are to stand out, where a row has it.
    """
    data = records(rows)
    if not data:
        found = message("charts.empty.quotes")
        return Block(f'<p class="kafe-empty">{_inline(found)}</p>', found)
    html, plain = [], []
    for row in data:
        where = " · ".join(part for key in source if (part := _source_part(key, row.get(key))))
        footer = f"<footer>{_inline(where)}</footer>" if where else ""
        said = _marked(row.get(text) or "", row.get(marks) or ())
        html.append(f"<blockquote><p>{said}</p>{footer}</blockquote>")
        plain.append(f"«{row.get(text) or ''}» {where}".strip())
    return Block(f'<div class="kafe-quotes">{"".join(html)}</div>', "\n".join(plain))


def _marked(text: str, spans: Iterable[Sequence[int]]) -> str:
    """Return the text as HTML with the spans emphasised; those that meet become one."""
    joined: list[list[int]] = []
    for start, end in sorted((span[0], span[1]) for span in spans):
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(end, joined[-1][1])
        else:
            joined.append([start, end])
    parts, at = [], 0
    for start, end in joined:
        parts += [_inline(text[at:start]), f'<strong class="kafe-hit">{_inline(text[start:end])}</strong>']
        at = end
    return "".join([*parts, _inline(text[at:])])


def _source_part(key: str, value: Any) -> str:
    part = "" if value is None else str(value).strip()
    return message("charts.quotes.table", table=part) if key == "table" and part.isdigit() else part


def callout(text: str, kind: str = "note") -> Block:
    """Return a marked paragraph; `kind`: note, caution, finding or missing, said in words as well."""
    label = message(f"charts.callout.{kind}")
    paragraphs = [part.strip() for part in str(text).split("\n\n") if part.strip()]
    body = "".join(f"<p>{_inline(part)}</p>" for part in paragraphs)
    html = f'<div class="kafe-callout kafe-{kind}"><p class="kafe-label">{_inline(label)}</p>{body}</div>'
    return Block(html, f"{label}: " + "\n".join(paragraphs))


def key_figures(figures: Iterable[Sequence[Any]]) -> Block:
    """Return tiles from `(label, value)` or `(label, value, note)`; numbers are written in Norwegian."""
    tiles, plain = [], []
    for label, value, *note in figures:
        shown = cell(value)
        extra = f'<dd class="kafe-tile-note">{_inline(note[0])}</dd>' if note and note[0] else ""
        tiles.append(f"<div><dt>{_inline(label)}</dt><dd>{_inline(shown)}</dd>{extra}</div>")
        plain.append(f"{label}: {shown}" + (f" ({note[0]})" if note and note[0] else ""))
    if not tiles:
        found = message("charts.empty.keys")
        return Block(f'<p class="kafe-empty">{_inline(found)}</p>', found)
    return Block(f'<dl class="kafe-keys">{"".join(tiles)}</dl>', "\n".join(plain))
