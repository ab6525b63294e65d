"""The codebook's history in the store: its changes, and the text of each version."""

from collections.abc import Iterable, Mapping

from kafe.records import CodebookOperation
from kafe.store.store_part import StorePart, event_clash
from kafe.store.tables import events, rows, schema
from kafe.store.tables.events import OPERATIONS, VERSIONS


class CodebookStore(StorePart):
    """The changes and versions of the codebook."""

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
