"""What every part of a store has: the open database, and errors about events and notes."""

from types import TracebackType
from typing import Self

from sqlalchemy.engine import URL

from kafe.messages import message
from kafe.records import KafeError
from kafe.store.database import Database
from kafe.store.tables.events import Row


class StorePart:
    """One database behind an SQLAlchemy address, which the parts of a store share; use it in a `with` statement."""

    def __init__(self, url: str | URL):
        self._database = Database(url)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def name(self) -> str:
        """The file's name, or server and database, as shown to people; never a password."""
        return self._database.name

    def close(self) -> None:
        """Close every connection to the database."""
        self._database.engine.dispose()


def event_clash(row: Row) -> KafeError:
    """Return the error for an event whose id is taken by another one."""
    return KafeError(
        message("store.error.event_id", id=row["id"]),
        remedy=message("store.remedy.event_id"),
    )


def unknown_note(note_id: str, coder: str) -> KafeError:
    """Return the error for work on a note that the store does not have."""
    return KafeError(
        message("store.error.unknown_note", id=note_id, coder=coder),
        remedy=message("store.remedy.unknown_note"),
    )
