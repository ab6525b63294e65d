"""Notes in the store: their versions, who is withdrawn, and masking what is found late."""

from collections.abc import Iterable
from dataclasses import dataclass

from kafe.messages import message
from kafe.records import KafeError, Note
from kafe.store.remask import Mask, remask
from kafe.store.store_part import StorePart
from kafe.store.tables import events, rows, schema, versions


@dataclass(frozen=True, slots=True)
class NoteChanges:
    """How many notes a `put_notes` added, found unchanged, changed and marked as withdrawn."""

    added: int
    unchanged: int
    changed: int
    withdrawn: int


class NoteStore(StorePart):
    """The notes of a store."""

    def put_notes(self, notes: Iterable[Note], at: str) -> NoteChanges:
        """Return what changed when exactly these notes became the current ones, at the time `at`.

        A note whose content differs gets a new version; one that is missing is marked withdrawn, and
        one that comes back counts as added. Raises KafeError when two notes share an id.
        """
        new = {}
        for note in notes:
            if note.id in new:
                raise KafeError(
                    message("store.error.same_id", id=note.id),
                    file=note.source_file,
                    place=note.source_place,
                    remedy=message("store.remedy.same_id"),
                )
            new[note.id] = note
        self._database.check()
        with self._database.writing() as connection:
            old = {note.id: note for note in versions.note_list(connection)}
            gone = versions.withdrawn_ids(connection)
            unseen = [note_id for note_id in new if note_id not in old]
            back = [note_id for note_id in new if note_id in gone]
            lost = [note_id for note_id in old if note_id not in new and note_id not in gone]
            stay = [note_id for note_id in new if note_id in old and note_id not in gone]
            events.put(connection, schema.notes, [{"id": note_id, "first_seen": at} for note_id in unseen])
            changed = [note for note in new.values() if old.get(note.id) != note]
            versions.add_versions(connection, changed, at)
            versions.mark_withdrawn(connection, back, None)
            versions.mark_withdrawn(connection, lost, at)
        same = sum(rows.same_content(old[note_id], new[note_id]) for note_id in stay)
        return NoteChanges(len(unseen) + len(back), same, len(stay) - same, len(lost))

    def remask(self, mask: Mask) -> int:
        """Return how many texts of earlier versions and withdrawn notes, and quotes, `mask` changed.

        What is current is taken to be masked already. Nothing but this and `remask_memos` rewrites.
        """
        current = frozenset(note.text for note in self.notes())
        with self._database.writing() as connection:
            return remask(connection, mask, current)

    def notes(self, ids: Iterable[str] | None = None, *, include_withdrawn: bool = False) -> list[Note]:
        """Return the latest version of the notes with these ids, or of every note, ordered by id.

        Withdrawn ones come only when asked for.
        """
        wanted = None if ids is None else list(ids)
        with self._database.reading() as connection:
            hidden = set() if include_withdrawn else versions.withdrawn_ids(connection)
            return [note for note in versions.note_list(connection, wanted) if note.id not in hidden]

    def withdrawn_notes(self) -> list[Note]:
        """Return the latest version of the notes that are no longer in the source, ordered by id."""
        with self._database.reading() as connection:
            return versions.note_list(connection, versions.withdrawn_ids(connection))
