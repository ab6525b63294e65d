"""What several stages need: files that cannot be used, records as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, is_dataclass
from typing import Any, TypeVar

from kafe.records import KafeError, Problem, Row, Severity

T = TypeVar("T")


def attempt(read: Callable[[], T], problems: list[Problem]) -> T | None:
    """Return what `read` returns; where its file cannot be used, list why and return None."""
    try:
        return read()
    except KafeError as error:
        problems.append(Problem.of(error, Severity.FILE))
        return None


def as_rows(records: Iterable[Any]) -> list[Any]:
    """Return dataclasses, models or mappings as the rows of a table; a test holds their keys to the table's type."""
    return [_row(record) for record in records]


def _row(record: Any) -> Row:
    if isinstance(record, Mapping):
        return dict(record)
    if isinstance(record, Problem):
        return record.row()
    return (
        asdict(record) if is_dataclass(record) and not isinstance(record, type) else dict(record.model_dump())
    )
