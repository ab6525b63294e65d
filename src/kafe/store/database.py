"""Opening a database safely, and turning its errors into ones that say what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, insert, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, SQLAlchemyError

from kafe.messages import message
from kafe.records import KafeError
from kafe.store.migrate import migrate
from kafe.store.tables import schema

WAIT_SECONDS = 30
"""How long a writer waits for another process to finish writing to the same SQLite file."""

ONE_WRITER = 0x6B616665
"""The advisory lock of a PostgreSQL database that a kafe holds while it writes or makes its tables."""

CHECKED_WHOLE = 8_000_000
"""Bytes of an SQLite file that is read whole for damage each time it is opened; larger ones by `check`."""

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
    ("lock timeout", "locked"),
    ("password authentication failed", "login"),
    ("no password supplied", "login"),
    ("no pg_hba.conf entry", "login"),
    ("does not exist", "no_database"),
    ("permission denied", "rights"),
    ("read-only transaction", "rights"),
    ("connection refused", "no_server"),
    ("could not translate host name", "no_server"),
    ("failed to resolve host", "no_server"),
    ("connection timeout", "no_server"),
    ("connection failed", "no_server"),
    ("server closed the connection", "no_server"),
    ("terminating connection", "no_server"),
    ("no space left", "full"),
)
"""What the databases say, and the text that tells people what it means; the first that fits."""


class Database:
    """An open database with kafe's tables; `name` is the file or address shown to people."""

    def __init__(self, url: str | URL):
        try:
            address = make_url(url)
        except ArgumentError:
            raise KafeError(
                message("store.error.address"), file="kafe.toml", remedy=message("store.remedy.address")
            ) from None
        if address.drivername in ("postgres", "postgresql"):
            address = address.set(drivername="postgresql+psycopg")
        self.is_sqlite = address.get_backend_name() == "sqlite"
        self.name = _shown_name(address)
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
        elif address.get_backend_name() == "postgresql":
            options["pool_pre_ping"] = True
            options["connect_args"] = {"connect_timeout": WAIT_SECONDS}
        try:
            engine = create_engine(address, **options)
        except (ImportError, NoSuchModuleError):
            raise KafeError(
                message("store.error.driver", backend=address.drivername),
                file="kafe.toml",
                remedy=message("store.remedy.driver"),
            ) from None
        if self.is_sqlite:
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        else:
            event.listen(engine, "connect", _set_up_server)
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
            if not self.is_sqlite:
                self._check_encoding(connection)
            elif self._size(connection) <= CHECKED_WHOLE:
                self._check_integrity(connection)
            present = inspect(connection).get_table_names()
        if schema.schema_version.name not in present:
            if self.is_sqlite and present:
                raise self._error("foreign")
            with self.writing() as connection:
                if schema.schema_version.name not in inspect(connection).get_table_names():
                    schema.metadata.create_all(connection)
                    connection.execute(insert(schema.schema_version).values(version=schema.VERSION))
        with self.reading() as connection:
            found = _version(connection)
        if found is not None and found < schema.VERSION:
            with self.writing() as connection:
                if (_version(connection) or 0) < schema.VERSION:
                    migrate(connection, found)
        elif found is None:
            raise self._error("foreign")
        elif found > schema.VERSION:
            raise self._error("newer", found=str(found), known=str(schema.VERSION))

    def _check_encoding(self, connection: Connection) -> None:
        """Raise KafeError where the server cannot hold every letter and sign that people write."""
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        if encoding != "UTF8":
            raise self._error("encoding", found=str(encoding))

    def check(self) -> None:
        """Read all of an SQLite file and raise KafeError when any of it is damaged."""
        if self.is_sqlite:
            with self.reading() as connection:
                self._check_integrity(connection)

    def _size(self, connection: Connection) -> int:
        """Return the bytes that the file says it has; raises KafeError when it has fewer."""
        pages, page_size = (
            int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
            for name in ("page_count", "page_size")
        )
        file = connection.exec_driver_sql("PRAGMA database_list").one()[2]
        if file and Path(file).stat().st_size < pages * page_size:
            raise self._error("damaged")
        return pages * page_size

    def _check_integrity(self, connection: Connection) -> None:
        verdict = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if verdict != "ok":
            raise self._error("damaged")

    def _error(self, reason: str, **values: str) -> KafeError:
        return KafeError(
            message(f"store.error.{reason}", **values),
            file=self.name,
            remedy=message(f"store.remedy.{reason}"),
        )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection for reading; database errors become KafeError without any note's text."""
        with self._translated(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection in a write transaction: all of it is kept, or none of it.

        Writers take turns: SQLite locks the file, PostgreSQL a number that every kafe asks for.
        """
        with self._translated(), self.engine.connect() as connection:
            connection = connection.execution_options(kafe_writes=True)
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(select(func.pg_advisory_xact_lock(ONE_WRITER)))
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


def _version(connection: Connection) -> int | None:
    return connection.scalar(select(schema.schema_version.c.version))


def _shown_name(address: URL) -> str:
    """Return the file's name, or server and database: never the user's password, wherever it stands."""
    if address.get_backend_name() == "sqlite" and address.database:
        return Path(address.database).name
    return "/".join(part for part in (address.host, address.database) if part) or address.get_backend_name()


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, value in _SAFE_SQLITE.items():
        cursor.execute(f"PRAGMA {name}={value}")
    cursor.close()


def _set_up_server(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{WAIT_SECONDS}s'")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once, so that two writers wait for each other instead of failing midway."""
    writes = connection.get_execution_options().get("kafe_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
