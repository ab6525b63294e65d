"""Decisions of the pilot in the store: events, of which the latest about a target is in force."""

from collections.abc import Iterable

from kafe.records import Decision
from kafe.store.store_part import StorePart, event_clash
from kafe.store.tables import events, rows
from kafe.store.tables.events import DECISIONS, Row


class DecisionStore(StorePart):
    """The decisions of a store."""

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
