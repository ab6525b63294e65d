"""What people write and decide: memos, decisions, and changes of the codebook, as events."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from kafe.records import CodebookOperation, Decision, Memo
from kafe.store.opened import Opened, event_clash
from kafe.store.remask import Mask, remask_memos
from kafe.store.tables import events, rows, schema
from kafe.store.tables.events import DECISIONS, MEMOS, OPERATIONS, VERSIONS, Row


class MemoStore(Opened):
    """The memos and decisions of a store, and the history of its codebook."""

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

    def append_decisions(self, decisions: Iterable[Decision]) -> int:
        """Return how many decisions were new; one that is equal in every field is passed over."""
        with self._database.writing() as connection:
            return events.append(connection, DECISIONS, map(rows.decision_row, decisions), event_clash)

    def decisions(self) -> list[Decision]:
        """Return the decision in force for each target: the latest by date, then by order appended.

        Ordered by target.
        """
        with self._database.reading() as connection:
            found = events.read(connection, DECISIONS)
        latest: dict[str, Row] = {}
        for row in found:
            rival = latest.get(row["target"])
            if rival is None or events.rank(DECISIONS, row) > events.rank(DECISIONS, rival):
                latest[row["target"]] = row
        return [rows.decision_of(latest[target]) for target in sorted(latest)]

    def decision_history(self) -> list[Decision]:
        """Return every decision in the order it was appended."""
        with self._database.reading() as connection:
            return [rows.decision_of(row) for row in events.read(connection, DECISIONS)]

    def append_operations(
        self, operations: Iterable[CodebookOperation], texts: Mapping[str, str] | None = None
    ) -> int:
        """Return how many changes of the codebook were new; `texts` maps a version to its YAML text.

        Raises KafeError when an id is taken by another operation.
        """
        with self._database.writing() as connection:
            written = [rows.version_row(version, text) for version, text in (texts or {}).items()]
            events.append(connection, VERSIONS, written, event_clash)
            given = map(rows.operation_row, operations)
            return events.append(connection, OPERATIONS, given, event_clash)

    def operations(self) -> list[CodebookOperation]:
        """Return the changes of the codebook, the oldest first."""
        with self._database.reading() as connection:
            found = events.read(connection, OPERATIONS)
        return [rows.operation_of(row) for row in sorted(found, key=lambda row: events.rank(OPERATIONS, row))]

    def codebook_text(self, version: str) -> str | None:
        """Return the YAML text of a codebook version as it was last stored; None where it never was."""
        with self._database.reading() as connection:
            found = events.read(connection, VERSIONS, schema.codebook_versions.c.version == version)
        return events.standing(VERSIONS, found)[0]["text"] if found else None


def _memo_rows(connection: Connection, targets: Iterable[str] | None) -> list[Row]:
    if targets is None:
        return events.read(connection, MEMOS)
    target = schema.memos.c.target
    found = [
        row for part in events.parts(targets) for row in events.read(connection, MEMOS, target.in_(part))
    ]
    return sorted(found, key=lambda row: row["seq"])
