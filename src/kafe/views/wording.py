"""States in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kafe.messages import message
from kafe.records import Row


def worded(rows: Iterable[Mapping[str, Any]], column: str, section: str) -> list[Row]:
    """Return the rows with `COLUMN_label`: the word for the state, from a section of the texts."""
    return [{**row, f"{column}_label": message(f"{section}.{row[column]}")} for row in rows]
