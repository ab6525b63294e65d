"""Codings in the store, and who has finished which note: events, of which the latest holds."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from kafe.messages import message
from kafe.records import Coding, KafeError, text_hash
from kafe.store.store_part import StorePart, event_clash, unknown_note
from kafe.store.tables import coding_events, events, rows, schema, versions
from kafe.store.tables.events import CODINGS, MARKS

Mark = tuple[str, str, str]
"""Coder, note id, time."""


class CodingStore(StorePart):
    """The codings and finished marks of a store."""

    def append_codings(self, new_events: Iterable[Coding]) -> int:
        """Return how many events were new; events whose id is stored already are passed over.

        An addition must fit the note's latest text (hash, positions and quote), a removal any version
        of it. Raises KafeError, and appends nothing, when one does not.
        """
        given = list(new_events)
        by_id = {coding.id: coding for coding in given}
        with self._database.writing() as connection:
            new = events.unstored(connection, CODINGS, map(rows.coding_row, given), event_clash)
            texts = versions.all_versions(connection, sorted({row["note_id"] for row in new}))
            for row in new:
                _check_fit(by_id[row["id"]], [version["text"] for version in texts.get(row["note_id"], [])])
            return events.add(connection, CODINGS, new)

    def codings(
        self, note_ids: Iterable[str] | None = None, coders: Iterable[str] | None = None
    ) -> list[Coding]:
        """Return the codings that stand on the text as it is now, in the order they were appended.

        Only those of the notes and coders given, where they are. Codings on withdrawn notes stand;
        those whose text has changed are in `stale_codings`.
        """
        with self._database.reading() as connection:
            return coding_events.standing(connection, note_ids, coders, stale=False)

    def stale_codings(
        self, note_ids: Iterable[str] | None = None, coders: Iterable[str] | None = None
    ) -> list[Coding]:
        """Return the codings that stand, but on an earlier version of their note's text."""
        with self._database.reading() as connection:
            return coding_events.standing(connection, note_ids, coders, stale=True)

    def history(
        self, note_ids: Iterable[str] | None = None, coders: Iterable[str] | None = None
    ) -> list[Coding]:
        """Return every coding event in the order it was appended, undone ones too."""
        with self._database.reading() as connection:
            return coding_events.history(connection, note_ids, coders)

    def append_finished(self, coder: str, note_id: str, at: str) -> None:
        """Record that `coder` has finished a note; where that stands already, nothing changes.

        Raises KafeError when there is no such note.
        """
        self.append_finished_marks([(coder, note_id, at)])

    def append_finished_marks(self, marks: Iterable[Mark], origin: str = "") -> int:
        """Return how many of the `(coder, note_id, at)` marks were new, in one transaction.

        A mark that was taken back does not come back when the same mark is given again.
        """
        return self._append_marks("finish", marks, origin)

    def unfinish(self, coder: str, note_id: str, at: str) -> int:
        """Return 1 when the coder's finished mark was taken back, 0 when there was none."""
        return self._append_marks("unfinish", [(coder, note_id, at)], "")

    def _append_marks(self, action: str, marks: Iterable[Mark], origin: str) -> int:
        first: dict[tuple[str, str], str] = {}
        for coder, note_id, at in marks:
            first.setdefault((coder, note_id), at)
        with self._database.writing() as connection:
            for note_id in versions.unknown(connection, (note_id for _, note_id in first)):
                raise unknown_note(note_id, next(coder for coder, note in first if note == note_id))
            finished = _finished(connection, [note_id for _, note_id in first])
            new = [
                rows.mark_row(coder, note_id, action, at, origin)
                for (coder, note_id), at in first.items()
                if ((coder, note_id) in finished) != (action == "finish")
            ]
            return events.append(connection, MARKS, new, event_clash)

    def finished(self, note_ids: Iterable[str] | None = None) -> set[tuple[str, str]]:
        """Return the `(coder, note_id)` pairs that are finished, of the notes given or of all."""
        with self._database.reading() as connection:
            return _finished(connection, note_ids)

    def mark_history(self) -> list[tuple[str, str, str, str]]:
        """Return `(coder, note_id, "finish" or "unfinish", at)` for every mark, the oldest first."""
        with self._database.reading() as connection:
            found = events.read(connection, MARKS)
        found.sort(key=lambda row: events.rank(MARKS, row))
        return [(row["coder"], row["note_id"], row["action"], row["at"]) for row in found]


def _finished(connection: Connection, note_ids: Iterable[str] | None) -> set[tuple[str, str]]:
    table = schema.marks.c
    if note_ids is None:
        found = events.read(connection, MARKS)
    else:
        found = [
            row
            for part in events.parts(dict.fromkeys(note_ids))
            for row in events.read(connection, MARKS, table.note_id.in_(part))
        ]
    standing = events.standing(MARKS, found)
    return {(row["coder"], row["note_id"]) for row in standing if row["action"] == "finish"}


def _check_fit(event: Coding, texts: Sequence[str]) -> None:
    if not texts:
        raise unknown_note(event.note_id, event.coder)
    allowed = texts if event.action == "remove" else texts[-1:]
    text = next((text for text in allowed if text_hash(text) == event.text_hash), None)
    if text is None:
        raise _refusal("text_hash", event)
    if not 0 <= event.start < event.end <= len(text) or text[event.start : event.end] != event.quote:
        raise _refusal("quote", event)


def _refusal(reason: str, event: Coding) -> KafeError:
    return KafeError(
        message(f"store.error.{reason}", code=event.code, coder=event.coder),
        place=message("store.place.note", id=event.note_id, start=event.start, end=event.end),
        remedy=message(f"store.remedy.{reason}"),
    )
