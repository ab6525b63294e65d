"""The tables of the store: note versions, and logs of codings, finished marks, memos, decisions and more."""

from dataclasses import fields

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

from kafe.records import CodebookOperation, Coding, Correction, Decision, Followed, Link, Memo, Note

VERSION = 5
"""Raised by one when the tables or the words in them change; `migrate` brings older stores here, newer ones are refused."""

NOTE_FIELDS = tuple(field.name for field in fields(Note) if field.name != "id")
CODING_FIELDS = tuple(field.name for field in fields(Coding) if field.name != "id")
DECISION_FIELDS = tuple(field.name for field in fields(Decision))
LINK_FIELDS = tuple(field.name for field in fields(Link))
MEMO_FIELDS = tuple(field.name for field in fields(Memo) if field.name != "id")
CORRECTION_FIELDS = tuple(field.name for field in fields(Correction) if field.name != "id")
FOLLOWED_FIELDS = tuple(field.name for field in fields(Followed))
OPERATION_FIELDS = tuple(field.name for field in fields(CodebookOperation) if field.name != "id")

metadata = MetaData()

Bytewise = String().with_variant(String(collation="C"), "postgresql")
"""Text that the database orders as Python does; PostgreSQL would otherwise order by its locale."""


def _text(name: str, *, index: bool = False) -> Column:
    return Column(name, Text, nullable=False, index=index)


def _clock() -> list[Column]:
    """Return the columns that order events about one thing, the same in every store that has them.

    `clock_at` is the event's time, or that of the event before it where this is later; `clock_n` counts
    events with the same `clock_at`. A hybrid logical clock: Kulkarni et al. (2014), OPODIS.
    """
    return [
        Column("clock_at", Bytewise, nullable=False, server_default=""),
        Column("clock_n", Integer, nullable=False, server_default="0"),
    ]


def _log(name: str, *columns: Column | Index) -> Table:
    """Return a table of events: `id` makes appending idempotent, `seq` is the order of arrival."""
    return Table(
        name,
        metadata,
        Column("seq", Integer, primary_key=True),
        Column("id", String, nullable=False, unique=True),
        *columns,
        *_clock(),
        sqlite_autoincrement=True,
    )


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
    *(Column(name, Integer if name == "votes" else Text, nullable=False) for name in NOTE_FIELDS),
    *_clock(),
    sqlite_autoincrement=True,
)

codings = _log(
    "codings",
    Column("note_id", ForeignKey("notes.id"), nullable=False, index=True),
    *(
        Column(name, Integer if name in ("start", "end") else Text, nullable=False)
        for name in CODING_FIELDS
        if name != "note_id"
    ),
    Index("ix_codings_coder", "coder", "note_id"),
)

marks = _log(
    "marks",
    Column("coder", String, nullable=False),
    Column("note_id", ForeignKey("notes.id"), nullable=False, index=True),
    Column("action", String, nullable=False),
    Column("at", String, nullable=False),
    Column("origin", String, nullable=False),
    Index("ix_marks_coder", "coder", "note_id"),
)

memos = _log(
    "memos",
    _text("memo_id", index=True),
    *(_text(name, index=name == "target") for name in MEMO_FIELDS),
)

decisions = _log("decisions", *(_text(name) for name in DECISION_FIELDS))

links = _log(
    "links",
    Column("note_id", ForeignKey("notes.id"), nullable=False, index=True),
    *(_text(name) for name in (*LINK_FIELDS[1:], "origin")),
)

operations = _log("operations", *(_text(name) for name in OPERATION_FIELDS))

codebook_versions = _log("codebook_versions", _text("version", index=True), _text("text"))

assignments = _log("assignments", *(_text(name) for name in ("coder", "label", "at", "note_ids")))

coders = _log("coders", _text("name"), _text("at"))

corrections = _log("corrections", *(_text(name, index=name == "old") for name in CORRECTION_FIELDS))

followed = _log("followed", *(_text(name, index=name == "link") for name in FOLLOWED_FIELDS))
