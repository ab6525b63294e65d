"""Notes in the store: versions of their content, of which the latest holds, and whether they are withdrawn."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, select, update

from kafe.records import Note
from kafe.store.tables import rows, schema
from kafe.store.tables.events import Log, Row, clocks, dicts, parts, put, stamp

Ids = Iterable[str] | None
NOTES = Log(schema.note_versions, ("note_id",), ())
_BRIEF = ("note_id", "clock_at", "clock_n", "text_hash")
_CONTENT = itemgetter(*rows.CONTENT_FIELDS)
_CLOCK = itemgetter("clock_at", "clock_n", "text_hash")


def note_list(connection: Connection, ids: Ids = None) -> list[Note]:
    """Return the latest version of the notes with these ids, or of all, ordered by id."""
    found = all_versions(connection, ids)
    return [rows.note_of(found[note_id][-1]) for note_id in sorted(found)]


def text_hashes(connection: Connection, ids: Ids = None) -> dict[str, str]:
    """Return note id → hash of its text as it is now."""
    found = _by_note(connection, ids, _BRIEF)
    return {note_id: max(versions, key=_CLOCK)["text_hash"] for note_id, versions in found.items()}


def all_versions(connection: Connection, ids: Ids = None) -> dict[str, list[Row]]:
    """Return note id → its versions, the oldest first."""
    found = _by_note(connection, ids, schema.note_versions.c.keys())
    return {note_id: sorted(versions, key=rank) for note_id, versions in found.items()}


def rank(row: Row) -> tuple[Any, ...]:
    """Return what orders the versions of a note.

    Where two stores gave them the same clock, what they say decides, so that the outcome is the same
    whichever store was brought into the other.
    """
    return (*_CLOCK(row), *_CONTENT(row))


def _by_note(connection: Connection, ids: Ids, columns: Iterable[str]) -> dict[str, list[Row]]:
    table = schema.note_versions.c
    query = select(*(table[name] for name in columns))
    queries = [query] if ids is None else [query.where(table.note_id.in_(part)) for part in parts(ids)]
    found: dict[str, list[Row]] = {}
    for row in (row for one in queries for row in dicts(connection, one)):
        found.setdefault(row["note_id"], []).append(row)
    return found


def add_versions(connection: Connection, notes: Sequence[Note], at: str) -> None:
    """Store each note's content as its latest version."""
    new = [rows.note_row(note, at) for note in notes]
    put(connection, schema.note_versions, stamp(NOTES, new, clocks(connection, NOTES, new)))


def unknown(connection: Connection, ids: Iterable[str]) -> list[str]:
    """Return the ids that no note has, in the order given."""
    wanted = list(dict.fromkeys(ids))
    column = schema.notes.c.id
    known = {
        found
        for part in parts(wanted)
        for found in connection.scalars(select(column).where(column.in_(part)))
    }
    return [note_id for note_id in wanted if note_id not in known]


def withdrawn_ids(connection: Connection) -> set[str]:
    """Return the ids of the notes that are no longer in the source."""
    return set(connection.scalars(select(schema.notes.c.id).where(schema.notes.c.withdrawn_at.is_not(None))))


def mark_withdrawn(connection: Connection, ids: Sequence[str], at: str | None) -> None:
    """Mark the notes as withdrawn at a time, or as back in the source."""
    for part in parts(ids):
        chosen = update(schema.notes).where(schema.notes.c.id.in_(part))
        connection.execute(chosen.values(withdrawn_at=at))
