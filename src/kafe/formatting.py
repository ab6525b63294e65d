"""Table-like input as plain rows, and values as Norwegian text."""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from kafe.messages import message
from kafe.records import Row

Format = str | Callable[[Any], str]
THIN_SPACE = "\u202f"
ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def records(data: Any) -> list[Row]:
    """Return a DataFrame, or an iterable of mappings or dataclass instances, as a list of dicts.

    NaN and NA become None, NumPy scalars become Python's own. Column order is kept.
    """
    if hasattr(data, "to_dict") and hasattr(data, "columns"):
        data = data.to_dict("records")
    return [{str(key): scalar(value) for key, value in _items(row)} for row in data]


def _items(row: Any) -> Iterable[tuple[Any, Any]]:
    if is_dataclass(row):
        return [(field.name, getattr(row, field.name)) for field in fields(row)]
    if isinstance(row, Mapping):
        return row.items()
    raise TypeError(f"a row must be a mapping or a dataclass, not {type(row).__name__}")


def scalar(value: Any) -> Any:
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


def hidden_mark() -> str:
    """Return how a hidden count is written where nothing else is said: «<5»."""
    return message("charts.format.hidden", limit=5)


def cell(value: Any, how: Format = "auto", *, hidden: str = "") -> str:
    """Return the value as text.

    `how`: `auto`, `count` (None is a hidden count, written `hidden`), `integer`, `decimal` (two places),
    `short` (at most two places, no zeros at the end), `percent` (of a share 0 to 1), `date` (ISO 8601 as
    12.06.2025), or a function of the value.
    """
    if callable(how):
        return how(value)
    if how == "date":
        return day(str(value or "")) or message("charts.format.missing")
    if value is None:
        return (hidden or hidden_mark()) if how == "count" else message("charts.format.missing")
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
