"""Memos in the store: events, of which the latest of an id holds."""

from collections.abc import Iterable

from sqlalchemy import Connection

from kafe.records import Memo
from kafe.store.remask import Mask, remask_memos
from kafe.store.store_part import StorePart, event_clash
from kafe.store.tables import events, rows, schema
from kafe.store.tables.events import MEMOS, Row


class MemoStore(StorePart):
    """The memos of a store."""

    def append_memos(self, memos: Iterable[Memo]) -> int:
        """Return how many events were new; one that is equal in every field is passed over.

        Two events of one memo need different times, or the second may be taken for the first.
        """
        with self._database.writing() as connection:
            return events.append(connection, MEMOS, map(rows.memo_row, memos), event_clash)

    def memos(self, targets: Iterable[str] | None = None) -> list[Memo]:
        """Return the memos as they stand, about the targets given or all, in the order they were appended.

        The latest event of an id holds; a memo whose text is empty is taken away.
        """
        with self._database.reading() as connection:
            found = _memo_rows(connection, targets)
        return [rows.memo_of(row) for row in events.standing(MEMOS, found) if row["text"]]

    def memo_history(self, targets: Iterable[str] | None = None) -> list[Memo]:
        """Return every event of every memo in the order it was appended."""
        with self._database.reading() as connection:
            return [rows.memo_of(row) for row in _memo_rows(connection, targets)]

    def remask_memos(self, mask: Mask) -> int:
        """Return how many texts of memos, and of those on codings, `mask` changed, earlier ones too."""
        with self._database.writing() as connection:
            return remask_memos(connection, mask)


def _memo_rows(connection: Connection, targets: Iterable[str] | None) -> list[Row]:
    if targets is None:
        return events.read(connection, MEMOS)
    target = schema.memos.c.target
    found = [
        row for part in events.parts(targets) for row in events.read(connection, MEMOS, target.in_(part))
    ]
    return sorted(found, key=lambda row: row["seq"])
