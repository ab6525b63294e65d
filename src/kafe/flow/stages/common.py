"""What several stages need: the codebook as it was read, withdrawn notes, files that cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, is_dataclass
from typing import Any, TypeVar

from kafe.flow.project import Project
from kafe.records import Code, Codebook, KafeError, Note, Problem, Row, Severity

T = TypeVar("T")


def codebook_of(project: Project) -> Codebook:
    """Return the codebook that the coding stage read; without codes when the file could not be used."""
    tables = project.tables.coding
    rows: list[dict[str, Any]] = [
        {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
        for row in tables.codes
    ]
    codes = tuple(Code(**row) for row in rows)
    return Codebook(codes, tables.codebook["version"], tables.codebook["title"])


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


def withdrawn_notes(project: Project) -> list[Note]:
    """Return the notes that are no longer in their source; people's work on them still counts as known."""
    return [Note(**row) for row in project.tables.notes.withdrawn]
