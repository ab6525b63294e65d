"""Exports of the programs people have, and host notes as they write them: every note and attribute (constructed)."""

from pathlib import Path

import pytest
from export_cases import FIELDS, HELD_OUT, Case, cases
from export_late import late_cases
from export_more import more_cases

from kafe.ingest import Ingested, read_project

CASES = [*cases(), *more_cases(), *late_cases()]

REST = tuple(name for name in FIELDS if name != "question")
_NONE = {"votes": 0}


def _rest(note: object) -> tuple[object, ...]:
    return tuple(getattr(note, name) for name in REST)


def read(case: Case, folder: Path) -> Ingested:
    session = folder / "raw" / case.name
    session.mkdir(parents=True)
    head = f'title = "{case.name}"\ndate = 2025-06-03\nkind = "{case.kind}"\n'
    (session / "session.toml").write_text(head + case.toml, encoding="utf-8")
    for name, data in case.files.items():
        (session / name).write_bytes(data)
    return read_project(session.parent)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_note_of_an_export_is_read_and_nothing_else(case: Case, tmp_path: Path) -> None:
    found = read(case, tmp_path)
    read_texts = sorted(" ".join(note.text.split()) for note in found.notes)
    optional = {truth["text"] for truth in case.truth if truth.get("optional")}
    wanted = sorted(truth["text"] for truth in case.truth if not truth.get("optional"))
    assert [text for text in read_texts if text not in optional] == wanted
    for account in found.files:
        assert account.rows == account.notes + account.skipped


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_note_of_an_export_keeps_who_where_and_what_about(case: Case, tmp_path: Path) -> None:
    found = read(case, tmp_path)
    questions = {key: text for session in found.sessions for key, text in session.questions.items()}
    optional = {truth["text"] for truth in case.truth if truth.get("optional")}
    got = [
        (" ".join(note.text.split()), questions.get(note.question, note.question), *_rest(note))
        for note in found.notes
        if note.text not in optional
    ]
    wanted = [
        (truth["text"], truth.get("question", ""), *(truth.get(name, _NONE.get(name, "")) for name in REST))
        for truth in case.truth
        if not truth.get("optional")
    ]
    assert sorted(got) == sorted(wanted)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_column_with_something_in_it_is_accounted_for(case: Case, tmp_path: Path) -> None:
    found = read(case, tmp_path)
    places = [(column.file, column.sheet, column.column) for column in found.columns]
    assert len(places) == len({*places})
    assert {column.read_as for column in found.columns} <= {
        "text", "title", "table", "round", "question", "group", "municipality", "votes", "date",
        "personal", "meta", "closed", "unknown", "empty",
    }  # fmt: skip


def test_the_held_out_cases_exist() -> None:
    assert {case.name for case in cases()} >= HELD_OUT
