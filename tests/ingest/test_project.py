"""`data/raw` as a whole: sessions, folders, links, what stops no other file."""

from pathlib import Path

import pytest

from kafe.ingest.project import read_project
from kafe.records import KafeError


def with_good_file(project):
    """Read the project after adding a good file, which must always come through."""
    project.put("god.csv", project.csv_bytes([["Innspill"], ["god"]]))
    found = project.read()
    assert "god" in [note.text for note in found.notes]
    for problem in found.problems:
        assert problem.message.strip() and problem.remedy.strip()
    return found


def test_a_missing_raw_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KafeError, match="undermappe"):
        read_project(tmp_path / "raw")


def test_an_empty_raw_folder_and_an_empty_session_are_problems(project) -> None:
    assert "ingen økter" in project.read().problems[0].message
    project.session()
    assert [problem.file for problem in project.read().problems] == ["kafe-1/"]


def test_two_sessions_with_the_same_id_are_both_read(project) -> None:
    project.put("a.csv", "Innspill\nen\n", session="Kafe 1")
    project.put("a.csv", "Innspill\nto\n", session="kafe-1")
    found = project.read()
    assert [(note.session, note.text) for note in found.notes] == [("Kafe 1", "en"), ("kafe-1-2", "to")]
    assert "samme id" in found.problems[0].message


def test_office_locks_and_system_files_are_ignored_and_loose_files_named(project) -> None:
    for name in ("~$liste.xlsx", ".DS_Store", "Thumbs.db", ".gitkeep"):
        project.put(name, b"x")
    (project.raw / "navneliste.txt").write_text("Kari\n")
    (project.raw / "README.md").write_text("Om mappen\n")
    (project.raw / "løs.csv").write_text("Innspill\nx\n", encoding="utf-8")
    found = with_good_file(project)
    assert [account.file for account in found.files] == ["kafe-1/god.csv"]
    assert [problem.file for problem in found.problems] == ["løs.csv"]


def test_subfolders_are_read_and_links_are_not_followed(project, tmp_path: Path) -> None:
    outside = tmp_path / "utenfor.csv"
    outside.write_text("Innspill\nhemmelig\n", encoding="utf-8")
    folder = project.session()
    (folder / "dag 1").mkdir()
    (folder / "dag 1" / "a.csv").write_text("Innspill\nen\n", encoding="utf-8")
    (folder / "lenke.csv").symlink_to(outside)
    found = with_good_file(project)
    assert sorted(note.source_file for note in found.notes) == ["kafe-1/dag 1/a.csv", "kafe-1/god.csv"]
    assert [problem.file for problem in found.problems] == ["kafe-1/lenke.csv"]


def test_a_reader_that_fails_in_an_unforeseen_way_stops_no_other_file(project, monkeypatch) -> None:
    import kafe.ingest.readers.csv as csvfile

    def broken(text, *rest):
        if "krasj" in text:
            raise ZeroDivisionError("krasj Canari")
        return original(text, *rest)

    original = csvfile.read_csv
    monkeypatch.setattr(csvfile, "read_csv", broken)
    project.put("a.csv", "Innspill\nkrasj\n")
    (problem,) = with_good_file(project).problems
    assert "ZeroDivisionError" in problem.message and "Canari" not in repr(problem)
