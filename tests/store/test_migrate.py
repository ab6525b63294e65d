"""A store of the first kafe is brought up to date with everything in it."""

import sqlite3
from pathlib import Path

import pytest
from kept import every_decision, note_versions
from sqlalchemy import create_engine, text

from kafe.records import text_hash
from kafe.store.store import Store

FIRST = """
CREATE TABLE kafe_schema (version INTEGER NOT NULL, PRIMARY KEY (version));
CREATE TABLE notes (id VARCHAR NOT NULL, first_seen VARCHAR NOT NULL, withdrawn_at VARCHAR, PRIMARY KEY (id));
CREATE TABLE note_versions (
  seq {serial}, note_id VARCHAR NOT NULL REFERENCES notes (id), text_hash VARCHAR NOT NULL,
  at VARCHAR NOT NULL, session TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, date TEXT NOT NULL,
  "table" TEXT NOT NULL, round TEXT NOT NULL, question TEXT NOT NULL, "group" TEXT NOT NULL,
  municipality TEXT NOT NULL, votes INTEGER NOT NULL, language TEXT NOT NULL, source_file TEXT NOT NULL,
  source_place TEXT NOT NULL);
CREATE INDEX ix_note_versions_note_id ON note_versions (note_id);
CREATE TABLE codings (
  seq {serial}, id VARCHAR NOT NULL UNIQUE, note_id VARCHAR NOT NULL REFERENCES notes (id),
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, quote TEXT NOT NULL, text_hash TEXT NOT NULL,
  code TEXT NOT NULL, coder TEXT NOT NULL, at TEXT NOT NULL, action TEXT NOT NULL, memo TEXT NOT NULL,
  origin TEXT NOT NULL, codebook_version TEXT NOT NULL);
CREATE INDEX ix_codings_note_id ON codings (note_id);
CREATE TABLE finished (
  seq {serial}, coder VARCHAR NOT NULL, note_id VARCHAR NOT NULL REFERENCES notes (id),
  at VARCHAR NOT NULL, UNIQUE (coder, note_id));
CREATE TABLE decisions (
  seq {serial}, id VARCHAR NOT NULL UNIQUE, target TEXT NOT NULL, fate TEXT NOT NULL, reason TEXT NOT NULL,
  who TEXT NOT NULL, at TEXT NOT NULL, element TEXT NOT NULL);
INSERT INTO kafe_schema VALUES (1);
INSERT INTO notes VALUES ('n1', '2026-01-01', NULL), ('n2', '2026-01-01', '2026-01-05');
"""
TEXTS = [
    ("n1", "Ring Kari 🙂", "2026-01-02"),
    ("n2", "Borte", "2026-01-01"),
    ("n1", "Ring [PERSON-1] 🙂", "2026-01-01"),
]
EVENTS = [
    ("e1", "add", "2026-03-01", "Ring"),
    ("e2", "remove", "2026-02-01", "Ring"),
    ("e3", "add", "", "🙂"),
    ("e4", "add", "2026-01-01", "Ring"),
]
DECISIONS = [("d1", "note:n1", "parkert", "2026-02-01"), ("d2", "note:n1", "valgt", "2026-02-01")]


def write_first(address: str) -> None:
    """Make a store as the first kafe did, with its tables written by hand."""
    sqlite = address.startswith("sqlite")
    engine = create_engine(address)
    serial = "INTEGER PRIMARY KEY AUTOINCREMENT" if sqlite else "SERIAL PRIMARY KEY"
    with engine.begin() as connection:
        for statement in FIRST.format(serial=serial).split(";"):
            if statement.strip():
                connection.execute(text(statement))
        for note_id, words, at in TEXTS:
            connection.execute(
                text(
                    'INSERT INTO note_versions (note_id, text_hash, at, session, kind, text, date, "table", round,'
                    ' question, "group", municipality, votes, language, source_file, source_place) VALUES'
                    " (:note, :hash, :at, 's', 'fritekst', :words, '', '', '', '', '', '', 3, 'nb', '', '')"
                ),
                {"note": note_id, "hash": text_hash(words), "at": at, "words": words},
            )
        words = TEXTS[2][1]
        for event, action, at, quote in EVENTS:
            start = words.index(quote)
            connection.execute(
                text(
                    'INSERT INTO codings (id, note_id, start, "end", quote, text_hash, code, coder, at, action, memo,'
                    " origin, codebook_version) VALUES"
                    " (:id, 'n1', :start, :end, :quote, :hash, 'k', 'Kari', :at, :action, 'm', 'o', 'v')"
                ),
                {"id": event, "start": start, "end": start + len(quote), "quote": quote,
                 "hash": text_hash(words), "at": at, "action": action},
            )  # fmt: skip
        connection.execute(
            text("INSERT INTO finished (coder, note_id, at) VALUES ('Kari', 'n1', '2026-01-09')")
        )
        for event, target, fate, at in DECISIONS:
            connection.execute(
                text("INSERT INTO decisions (id, target, fate, reason, who, at, element) VALUES (:id, :t, :f, '', 'g', :at, '')"),
                {"id": event, "t": target, "f": fate, "at": at},
            )  # fmt: skip
    engine.dispose()


@pytest.fixture
def first(address: str, file: Path) -> str:
    """The address of a store that the first kafe made."""
    file.parent.mkdir(exist_ok=True)
    write_first(address)
    return address


def test_everything_in_a_store_of_version_1_is_there_afterwards(first):
    for _ in range(2):
        with Store(first) as store:
            assert [note.text for note in store.notes()] == ["Ring [PERSON-1] 🙂"]
            assert [note.votes for note in store.withdrawn_notes()] == [3]
            assert [version.text for _, version in note_versions(store, "n1")] == [
                "Ring Kari 🙂",
                "Ring [PERSON-1] 🙂",
            ]
            assert [event.id for event in store.history()] == ["e1", "e2", "e3", "e4"]
            assert [event.id for event in store.codings()] == ["e3", "e4"]
            assert store.finished() == {("Kari", "n1")}
            assert [decision.fate for decision in store.decisions()] == ["chosen"]
            assert len(every_decision(store)) == 2


def test_a_store_of_version_1_takes_new_work_after_the_old(first):
    with Store(first) as store:
        added = store.history()[3]
        undo = type(added)(
            **{name: getattr(added, name) for name in added.__slots__} | {"id": "e5", "action": "remove"}
        )
        store.append_codings([undo])
        store.append_finished_marks([("Kari", "n1", "2026-01-09")])
        store.unfinish("Kari", "n1", "2026-01-10")
        assert store.append_finished_marks([("Kari", "n1", "2026-01-09")], "data/coded/kodinger") == 0
        assert [event.id for event in store.codings()] == ["e3"]
        assert store.finished() == set()


def test_an_old_store_has_the_same_columns_and_indexes_as_a_new_one_afterwards(tmp_path):
    old = tmp_path / "gammel.sqlite"
    write_first(f"sqlite:///{old}")
    Store(f"sqlite:///{old}").close()
    Store(f"sqlite:///{tmp_path / 'ny.sqlite'}").close()

    def shape(path):
        with sqlite3.connect(path) as connection:
            tables = [
                name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")
            ]
            columns = {
                name: sorted(row[1] for row in connection.execute(f'pragma table_info("{name}")'))
                for name in tables
            }
            indexes = {
                row[0]
                for row in connection.execute(
                    "select name from sqlite_master where type = 'index' and sql is not null"
                )
            }
        connection.close()
        return columns, indexes

    columns, indexes = shape(old)
    assert columns.pop("finished") == ["at", "coder", "note_id", "seq"]
    assert (columns, indexes) == shape(tmp_path / "ny.sqlite")
