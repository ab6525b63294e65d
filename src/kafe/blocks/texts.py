"""Quotes, call-outs, key figures and sentences that stand out."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from kafe.blocks.block import Block, escaped, remark
from kafe.formatting import cell, records
from kafe.messages import message


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
        return remark(message("charts.empty.quotes"))
    html, plain = [], []
    for row in data:
        where = " · ".join(part for key in source if (part := _source_part(key, row.get(key))))
        footer = f"<footer>{escaped(where)}</footer>" if where else ""
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
        parts += [escaped(text[at:start]), f'<strong class="kafe-hit">{escaped(text[start:end])}</strong>']
        at = end
    return "".join([*parts, escaped(text[at:])])


def _source_part(key: str, value: Any) -> str:
    part = "" if value is None else str(value).strip()
    return message("charts.quotes.table", table=part) if key == "table" and part.isdigit() else part


def callout(text: str, kind: str = "note") -> Block:
    """Return a marked paragraph; `kind`: note, caution, finding or missing, said in words as well."""
    label = message(f"charts.callout.{kind}")
    paragraphs = [part.strip() for part in str(text).split("\n\n") if part.strip()]
    body = "".join(f"<p>{escaped(part)}</p>" for part in paragraphs)
    html = f'<div class="kafe-callout kafe-{kind}"><p class="kafe-label">{escaped(label)}</p>{body}</div>'
    return Block(html, f"{label}: " + "\n".join(paragraphs))


def key_figures(figures: Iterable[Sequence[Any]]) -> Block:
    """Return tiles from `(label, value)` or `(label, value, note)`; numbers are written in Norwegian."""
    tiles, plain = [], []
    for label, value, *note in figures:
        shown = cell(value)
        extra = f'<dd class="kafe-tile-note">{escaped(note[0])}</dd>' if note and note[0] else ""
        tiles.append(f"<div><dt>{escaped(label)}</dt><dd>{escaped(shown)}</dd>{extra}</div>")
        plain.append(f"{label}: {shown}" + (f" ({note[0]})" if note and note[0] else ""))
    if not tiles:
        return remark(message("charts.empty.keys"))
    return Block(f'<dl class="kafe-keys">{"".join(tiles)}</dl>', "\n".join(plain))


def key_sentence(text: str, facts: Sequence[str] = (), *, state: str = "", done: bool = False) -> Block:
    """Return a sentence that stands out, with its state (marked when `done`) and a line of facts below it."""
    kind = "kafe-state done" if done else "kafe-state"
    mark = f'<strong class="{kind}">{escape(state)}</strong>' if state else ""
    line = " · ".join(part for part in (mark, *map(escape, facts)) if part)
    below = f'<p class="kafe-facts">{line}</p>' if line else ""
    html = f'<div class="kafe-statement"><p>{escape(text)}</p>{below}</div>'
    return Block(
        html, "\n".join(part for part in (text, " · ".join((state, *facts) if state else facts)) if part)
    )
