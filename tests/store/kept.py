"""What a store has kept although it no longer holds: read from its tables, as nothing in kafe shows it."""

from kafe.records import Decision, Note
from kafe.store import Store
from kafe.store.tables import events, rows, versions
from kafe.store.tables.events import DECISIONS


def note_versions(store: Store, note_id: str) -> list[tuple[str, Note]]:
    """Return `(at, note)` for every version of a note, the oldest first."""
    with store._database.reading() as connection:
        found = versions.all_versions(connection, [note_id]).get(note_id, [])
    return [(row["at"], rows.note_of(row)) for row in found]


def every_decision(store: Store) -> list[Decision]:
    """Return every decision in the order it was appended."""
    with store._database.reading() as connection:
        return [rows.decision_of(row) for row in events.read(connection, DECISIONS)]
