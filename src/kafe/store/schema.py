"""The tables of the store: note versions, coding events, finished marks and decisions."""

from dataclasses import fields

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from kafe.records import Coding, Decision, Note

VERSION = 1
"""Raised by one when the tables change; a store written by a newer kafe is refused."""

NOTE_FIELDS = tuple(field.name for field in fields(Note) if field.name != "id")
CODING_FIELDS = tuple(field.name for field in fields(Coding) if field.name != "id")
DECISION_FIELDS = tuple(field.name for field in fields(Decision))

metadata = MetaData()


def _column(name: str, whole: tuple[str, ...]) -> Column:
    return Column(name, Integer if name in whole else Text, nullable=False)


schema_version = Table("kafe_schema", metadata, Column("version", Integer, primary_key=True))

notes = Table(
    "notes",
    metadata,
    Column("id", String, primary_key=True),
    Column("first_seen", String, nullable=False),
    Column("withdrawn_at", String),
)

note_versions = Table(
    "note_versions",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("note_id", ForeignKey("notes.id"), nullable=False, index=True),
    Column("text_hash", String, nullable=False),
    Column("at", String, nullable=False),
    *(_column(name, ("votes",)) for name in NOTE_FIELDS),
    sqlite_autoincrement=True,
)

codings = Table(
    "codings",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("note_id", ForeignKey("notes.id"), nullable=False, index=True),
    *(_column(name, ("start", "end")) for name in CODING_FIELDS if name != "note_id"),
    sqlite_autoincrement=True,
)

finished = Table(
    "finished",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("coder", String, nullable=False),
    Column("note_id", ForeignKey("notes.id"), nullable=False),
    Column("at", String, nullable=False),
    UniqueConstraint("coder", "note_id"),
    sqlite_autoincrement=True,
)

decisions = Table(
    "decisions",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    *(_column(name, ()) for name in DECISION_FIELDS),
    sqlite_autoincrement=True,
)
