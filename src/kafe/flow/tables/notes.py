"""What the stage `notes` leaves: the de-identified notes, and the account of every row of their sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypedDict

from kafe.flow.tables.base import StageTables
from kafe.records import Kind


class NoteRow(TypedDict):
    """The fields of `records.Note`."""

    id: str
    session: str
    kind: Kind
    text: str
    date: str
    table: str
    round: str
    question: str
    group: str
    municipality: str
    votes: int
    language: str
    source_file: str
    source_place: str


class SessionRow(TypedDict):
    """A meeting or a form; `questions`: id → text."""

    id: str
    title: str
    date: str
    kind: str
    questions: dict[str, str]


class FileRow(TypedDict):
    """A file below `data/raw`: how many rows it has, and how many of them became notes."""

    file: str
    sha256: str
    rows: int
    notes: int
    skipped: int
    session: str


class ColumnRow(TypedDict):
    """The fields of `ingest.ColumnAccount`: what a column was read as, and by what; its header is de-identified."""

    file: str
    sheet: str
    column: str
    header: str
    read_as: str
    by: str
    filled: int
    few: bool


class SkippedRow(TypedDict):
    """One or more rows of a source that became no note, and why."""

    file: str
    place: str
    reason: str
    rows: int


class ProblemRow(TypedDict):
    """What a person should put right: the fields of `records.Problem`, in words."""

    file: str
    place: str
    message: str
    remedy: str
    severity: str


class WaitingRow(TypedDict):
    """An act of a person on a note that is corrected or gone: what it is, whose, and the notes it may belong to."""

    note_id: str
    kind: str
    why: str
    who: str
    code: str
    possible: list[str]


class FindingRow(TypedDict):
    """A kind of identifier that was masked: occurrences, different ones, notes with any, uncertain ones."""

    kind: str
    label: str
    count: int
    distinct: int
    notes: int
    uncertain: int


class NotesTotals(TypedDict):
    """The size of the material: numbers of notes, sessions, groups and municipalities, and its last date."""

    notes: int
    sessions: int
    groups: int
    municipalities: int
    last_date: str


@dataclass
class NotesTables(StageTables):
    """`notes` are in order of id, `withdrawn` those no longer in their source; `duplicates`: ids of equal notes."""

    stage: ClassVar[str] = "notes"
    notes: list[NoteRow]
    withdrawn: list[NoteRow]
    sessions: list[SessionRow]
    totals: NotesTotals
    files: list[FileRow]
    columns: list[ColumnRow]
    skipped: list[SkippedRow]
    problems: list[ProblemRow]
    duplicates: list[list[str]]
    findings: list[FindingRow]
