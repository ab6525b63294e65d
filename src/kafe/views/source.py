"""The account of the source: what became notes and what did not."""

from __future__ import annotations

from collections.abc import Iterable

from kafe.flow.tables import SkippedRow
from kafe.records import Row


def reasons(rows: Iterable[SkippedRow]) -> list[Row]:
    """Return how many rows of the sources were left out for each reason, the most frequent first."""
    found: dict[str, int] = {}
    for row in rows:
        found[row["reason"]] = found.get(row["reason"], 0) + row["rows"]
    return [{"reason": key, "rows": found[key]} for key in sorted(found, key=lambda key: (-found[key], key))]
