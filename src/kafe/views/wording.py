"""States in words, and long texts cut at a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kafe.messages import message
from kafe.records import Row


def cut_at_word(text: str, length: int) -> str:
    """Return the text in one line of at most `length` characters and a mark where it was cut, at a word."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"


def worded(rows: Iterable[Mapping[str, Any]], column: str, section: str) -> list[Row]:
    """Return the rows with `COLUMN_label`: the word for the state, from a section of the texts."""
    return [{**row, f"{column}_label": message(f"{section}.{row[column]}")} for row in rows]
