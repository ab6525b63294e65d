"""Opening a database safely, and turning its errors into ones that say what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, SQLAlchemyError

from kafe.records import KafeError
from kafe.store import schema
from kafe.text import tekst

WAIT_SECONDS = 30
"""How long a writer waits for another process to finish writing to the same SQLite file."""

_SAFE_SQLITE = {
    "journal_mode": "DELETE",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "secure_delete": "ON",
    "trusted_schema": "OFF",
    "cell_size_check": "ON",
    "mmap_size": "0",
}
"""WAL needs shared memory, which network drives lack; DELETE with FULL loses no acknowledged write.
`secure_delete` overwrites what is replaced, so that a name masked late is gone from the file's bytes.

The last three are SQLite's own advice for files that others may have touched (sqlite.org/security.html).
"""

_REASONS = (
    ("readonly", "readonly"),
    ("unable to open", "unreachable"),
    ("locked", "locked"),
    ("disk is full", "full"),
    ("malformed", "damaged"),
    ("not a database", "damaged"),
    ("disk i/o", "damaged"),
)


class Database:
    """An open database with kafe's tables; `name` is the file or address shown to people."""

    def __init__(self, url: str | URL):
        try:
            address = make_url(url)
        except ArgumentError:
            raise KafeError(
                tekst("store.error.address"), file="kafe.toml", remedy=tekst("store.remedy.address")
            ) from None
        self.is_sqlite = address.get_backend_name() == "sqlite"
        self.name = (
            Path(address.database).name
            if self.is_sqlite and address.database
            else address.render_as_string(hide_password=True)
        )
        self.engine = self._engine(address)
        try:
            self._prepare()
        except BaseException:
            self.engine.dispose()
            raise

    def _engine(self, address: URL) -> Engine:
        options: dict[str, Any] = {"hide_parameters": True}
        if self.is_sqlite:
            options["connect_args"] = {"timeout": WAIT_SECONDS}
            self._make_folder(address.database)
        try:
            engine = create_engine(address, **options)
        except (ImportError, NoSuchModuleError):
            raise KafeError(
                tekst("store.error.driver", backend=address.drivername),
                file="kafe.toml",
                remedy=tekst("store.remedy.driver"),
            ) from None
        if self.is_sqlite:
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _make_folder(self, file: str | None) -> None:
        if not file or file == ":memory:" or file.startswith("file:"):
            return
        try:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise self._error("unreachable") from None

    def _prepare(self) -> None:
        with self.reading() as connection:
            if self.is_sqlite:
                self._check_integrity(connection)
            present = inspect(connection).get_table_names()
        if schema.schema_version.name not in present:
            if self.is_sqlite and present:
                raise self._error("foreign")
            with self.writing() as connection:
                schema.metadata.create_all(connection)
                if connection.scalar(select(schema.schema_version.c.version)) is None:
                    connection.execute(insert(schema.schema_version).values(version=schema.VERSION))
        with self.reading() as connection:
            version = connection.scalar(select(schema.schema_version.c.version))
        if version is None:
            raise self._error("foreign")
        if version > schema.VERSION:
            raise self._error("newer", found=str(version), known=str(schema.VERSION))

    def _check_integrity(self, connection: Connection) -> None:
        verdict = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if verdict != "ok":
            raise self._error("damaged")

    def _error(self, reason: str, **values: str) -> KafeError:
        return KafeError(
            tekst(f"store.error.{reason}", **values),
            file=self.name,
            remedy=tekst(f"store.remedy.{reason}"),
        )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection for reading; database errors become KafeError without any note's text."""
        with self._translated(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection in a write transaction: all of it is kept, or none of it."""
        with self._translated(), self.engine.connect() as connection:
            connection = connection.execution_options(kafe_writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            said = str(error.orig).casefold()
            known = (name for words, name in _REASONS if words in said)
            raise self._error(next(known, "other"), kind=type(error.orig).__name__) from None
        except SQLAlchemyError as error:
            raise self._error("other", kind=type(error).__name__) from None


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, value in _SAFE_SQLITE.items():
        cursor.execute(f"PRAGMA {name}={value}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once, so that two writers wait for each other instead of failing midway."""
    writes = connection.get_execution_options().get("kafe_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
