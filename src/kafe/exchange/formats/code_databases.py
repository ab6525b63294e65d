"""Codes out of the SQLite databases of QualCoder and Taguette, opened for reading only."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from kafe.exchange.formats.drafts import CodeDraft, codebook_from, problem, tag_drafts
from kafe.exchange.records import Incoming
from kafe.messages import message
from kafe.records import KafeError, normalise_text

DatabaseRow = Mapping[str, Any]
DEEPEST = 50


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
                return _qualcoder(connection, path)
            if {"tags", "projects"} <= tables:
                return _taguette(connection, path, within)
    except sqlite3.Error:
        raise problem(path.name, "database") from None
    raise problem(path.name, "other_database")


def _rows(connection: sqlite3.Connection, table: str) -> list[DatabaseRow]:
    return [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]  # noqa: S608 – names are ours


def _text(row: DatabaseRow, key: str) -> str:
    return normalise_text(str(row.get(key) or ""))


def _qualcoder(connection: sqlite3.Connection, path: Path) -> Incoming:
    """Categories are headings; a code may lie under a category or (from 4.0) under a code."""
    categories = {row["catid"]: row for row in _rows(connection, "code_cat")}
    codes = {row["cid"]: row for row in _rows(connection, "code_name")}
    drafts: list[CodeDraft] = []
    problems: list[KafeError] = []

    def names_above_category(catid: Any) -> tuple[str, ...]:
        names: list[str] = []
        while catid in categories and len(names) < DEEPEST:
            names.insert(0, _text(categories[catid], "name"))
            catid = categories[catid].get("supercatid")
        return tuple(names)

    def names_of_code(cid: Any, depth: int = 0) -> tuple[str, ...]:
        row = codes[cid]
        above = row.get("supercid")
        if above in codes and depth < DEEPEST:
            return (*names_of_code(above, depth + 1), _text(row, "name"))
        return (*names_above_category(row.get("catid")), _text(row, "name"))

    everything = [(catid, row, names_above_category(catid), False) for catid, row in categories.items()]
    everything += [(cid, row, names_of_code(cid), True) for cid, row in codes.items()]
    taken: set[tuple[str, ...]] = set()
    for number, row, names, codable in everything:
        if not all(names):
            problems.append(problem(path.name, "no_name", int(number)))
            continue
        if names in taken:
            names = (*names[:-1], message("coding_import.code_of_heading", name=names[-1]))
        taken.add(names)
        drafts.append(
            CodeDraft(
                names,
                definition=_text(row, "memo"),
                colour=_text(row, "color"),
                codable=codable,
                owner=_text(row, "owner"),
                place=str(number),
            )
        )
    return codebook_from("qualcoder", drafts, problems)


def _taguette(connection: sqlite3.Connection, path: Path, within: str) -> Incoming:
    projects = {row["id"]: _text(row, "name") for row in _rows(connection, "projects")}
    chosen = [key for key, name in projects.items() if not within or name == within or str(key) == within]
    if len(chosen) != 1:
        raise problem(path.name, "which_project", names=", ".join(f"«{name}»" for name in projects.values()))
    tags = [row for row in _rows(connection, "tags") if row["project_id"] == chosen[0]]
    rows = [(int(row["id"]), _text(row, "path"), _text(row, "description")) for row in tags]
    return codebook_from("taguette", *tag_drafts(rows, path.name))
