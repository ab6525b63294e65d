"""The SQLite databases of QualCoder and Taguette, opened for reading only."""

import sqlite3
from contextlib import closing
from pathlib import Path

from kafe.exchange.formats import qualcoder, taguette
from kafe.exchange.formats.drafts import problem
from kafe.exchange.records import Incoming
from kafe.records import normalise_text


def read_database(path: Path, within: str = "") -> Incoming:
    """Return the codebook of a QualCoder or Taguette database, or of QualCoder's project folder.

    `within` names the Taguette project when there are several. Raises KafeError for any other database.
    """
    if path.is_dir() and not (path / "data.qda").is_file():
        raise problem(path.name, "folder")
    path = path / "data.qda" if path.is_dir() else path
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            tables = {
                row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
            if {"code_name", "code_cat"} <= tables:
                categories, codes = _rows(connection, "code_cat"), _rows(connection, "code_name")
                return qualcoder.codebook_of_tables(categories, codes, path.name)
            if {"tags", "projects"} <= tables:
                projects, tags = _rows(connection, "projects"), _rows(connection, "tags")
                return taguette.codebook_of_tables(projects, tags, path.name, within)
    except sqlite3.Error:
        raise problem(path.name, "database") from None
    raise problem(path.name, "other_database")


def _rows(connection: sqlite3.Connection, table: str) -> list[dict[str, str]]:
    """Return the rows of a table, every value as text, nothing as an empty one."""
    rows = connection.execute(f"SELECT * FROM {table}")  # noqa: S608 – names are ours
    return [
        {name: "" if row[name] is None else normalise_text(str(row[name])) for name in row.keys()}  # noqa: SIM118
        for row in rows
    ]
