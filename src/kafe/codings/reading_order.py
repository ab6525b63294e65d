"""Notes in the order in which people read and code them."""

from collections.abc import Iterable

from kafe.records import Note
from kafe.strings import natural_key


def in_reading_order(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return the notes as they stand in their sources: by session, file and place, «rad 9» before «rad 10»."""
    return tuple(
        sorted(
            notes,
            key=lambda note: (
                note.session,
                natural_key(note.source_file),
                natural_key(note.source_place),
                note.id,
            ),
        )
    )
