"""The account of the source: what became notes and what did not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kafe.flow.tables import SkippedRow
from kafe.ingest import ColumnAccount, suggest
from kafe.records import Row


def reasons(rows: Iterable[SkippedRow]) -> list[Row]:
    """Return how many rows of the sources were left out for each reason, the most frequent first."""
    found: dict[str, int] = {}
    for row in rows:
        found[row["reason"]] = found.get(row["reason"], 0) + row["rows"]
    return [{"reason": key, "rows": found[key]} for key in sorted(found, key=lambda key: (-found[key], key))]


def columns(rows: Iterable[Mapping[str, object]]) -> list[Row]:
    """Return every column of the tables under data/raw with what it was read as and what told so, in words."""
    found = [ColumnAccount(**row) for row in rows]  # type: ignore[arg-type]
    return [
        {
            "file": f"{column.file} {column.sheet}".strip(),
            "column": column.column,
            "header": column.header,
            "read_as": suggest.read_as(column),
            "by": suggest.read_by(column),
            "filled": column.filled,
        }
        for column in found
    ]
