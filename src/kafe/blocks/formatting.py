"""Table-like input as plain rows, and values as Norwegian text."""

import math
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from html import escape
from typing import Any

from kafe.messages import message

Row = dict[str, Any]
Format = str | Callable[[Any], str]
THIN_SPACE = "\u202f"
ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
VOWELS = frozenset("aeiouyæøåé")
DEFAULT_HIDDEN = message("charts.format.hidden", limit=5)


def records(data: Any) -> list[Row]:
    """Return a DataFrame, or an iterable of mappings or dataclass instances, as a list of dicts.

    NaN and NA become None, NumPy scalars become Python's own. Column order is kept.
    """
    if hasattr(data, "to_dict") and hasattr(data, "columns"):
        data = data.to_dict("records")
    return [{str(key): plain(value) for key, value in _items(row)} for row in data]


def _items(row: Any) -> Iterable[tuple[Any, Any]]:
    if is_dataclass(row):
        return [(field.name, getattr(row, field.name)) for field in fields(row)]
    if isinstance(row, Mapping):
        return row.items()
    raise TypeError(f"a row must be a mapping or a dataclass, not {type(row).__name__}")


def plain(value: Any) -> Any:
    """Return the value as a Python scalar, text or list; NaN, NaT and NA as None."""
    if isinstance(value, str | bool | int) or value is None:
        return value
    if hasattr(value, "item") and getattr(value, "ndim", 0) == 0:
        value = value.item()
    if isinstance(value, float):
        return None if math.isnan(value) else value
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    return value


def number(value: float, decimals: int | None = None) -> str:
    """Return the number with decimal comma, thin spaces between thousands and a true minus sign.

    Without `decimals`, whole numbers get none and others at most two.
    """
    if decimals is None:
        decimals = 0 if float(value).is_integer() else 2
    text = f"{abs(value):,.{decimals}f}"
    text = text.replace(",", THIN_SPACE).replace(".", ",")
    negative = value < 0 and any(char in "123456789" for char in text)
    return f"−{text}" if negative else text


def cell(value: Any, how: Format = "auto", *, hidden: str = DEFAULT_HIDDEN) -> str:
    """Return the value as text.

    `how`: `auto`, `count` (None is a hidden count), `integer`, `decimal` (two places),
    `short` (at most two places, no zeros at the end), `percent` (of a share 0 to 1), `date` (ISO 8601 as 12.06.2025), or a function of the value.
    """
    if callable(how):
        return how(value)
    if how == "date":
        return day(str(value or "")) or message("charts.format.missing")
    if value is None:
        return hidden if how == "count" else message("charts.format.missing")
    if isinstance(value, bool):
        return message("charts.format.yes" if value else "charts.format.no")
    if isinstance(value, int | float):
        if how == "percent":
            return message("charts.format.percent", number=number(100 * value, 0))
        if how == "short":
            text = number(value)
            return text.rstrip("0") if "," in text else text
        return number(value, {"integer": 0, "decimal": 2}.get(how))
    if isinstance(value, list | tuple | set | frozenset):
        parts = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return "; ".join(str(part) for part in parts)
    return str(value)


def day(text: str) -> str:
    """Return a date or time in ISO 8601 as day.month.year; other text as it is."""
    found = ISO_DATE.match(text)
    return "{2}.{1}.{0}".format(*found.groups()) if found else text


def is_number(value: Any) -> bool:
    """Return whether the value is a number that can be drawn."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def listed(items: Sequence[str]) -> str:
    """Return the items as a Norwegian enumeration: «a, b og c»."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + message("charts.format.and") + items[-1]


def label_lines(text: str, width: int, most: int = 4) -> list[str]:
    """Return the text in at most `most` lines of `width` characters, shortened with an ellipsis."""
    words = [part for word in str(text).split() for part in _pieces(word, width)]
    lines = textwrap.wrap(" ".join(words), width, break_on_hyphens=False) or [""]
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: width - 1].rstrip() + "…"]
    return lines


def _pieces(word: str, width: int) -> list[str]:
    """Return a word that is too long for a line in hyphenated pieces.

    Divided by the rule of one consonant to the next line (ettkonsonantregelen; Språkrådet, «Orddeling»).
    """
    pieces = []
    while len(word) > width:
        fitting = range(min(width - 1, len(word) - 3), 2, -1)
        at = next((n for n in fitting if _divides(word, n)), width - 1)
        pieces.append(word[:at] + "-")
        word = word[at:]
    return [*pieces, word]


def _divides(word: str, at: int) -> bool:
    before, here, after = word[at - 1].lower(), word[at].lower(), word[at + 1].lower()
    return before.isalpha() and here.isalpha() and here not in VOWELS and after in VOWELS


def chart_text(lines: Iterable[str]) -> str:
    """Return lines for a plotly text: plotly reads tags and entities there, so both are escaped."""
    return "<br>".join(escape(line, quote=False) for line in lines)


def explain_hidden(note: str, values: Iterable[Any], hidden: str) -> str:
    """Return the note, with what a hidden count means where there is one among the values."""
    if all(value is not None for value in values):
        return note
    return f"{note} {message('charts.parts.hidden_note', hidden=hidden)}".strip()
