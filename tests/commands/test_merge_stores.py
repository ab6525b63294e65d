"""Several people on one project: their stores brought together; names masked in what came along."""

import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest
from kept import note_versions

from kafe.commands.merge_stores import merge_store
from kafe.flow.project import Project
from kafe.flow.run import bring_up_to_date
from kafe.records import Coding, KafeError, Memo, Note, text_hash
from kafe.store.store import Store, open_store

AT = "2026-05-01T00:00:00+00:00"


@pytest.fixture
def project(staged: Path) -> Project:
    return Project(staged)


@pytest.fixture
def theirs(project: Project, tmp_path: Path) -> Path:
    """A colleague's store: a copy of the project's with one coding and one finished note more."""
    file = Path(shutil.copy(project.paths.coded / "kafe.sqlite", tmp_path / "siri.sqlite"))
    with Store(f"sqlite:///{file}") as store:
        note = store.notes()[0]
        event = Coding("siri-1", note.id, 0, 5, note.text[:5], text_hash(note.text), "bolig", "Siri", AT)
        store.append_codings([event])
        store.append_finished("Siri", note.id, AT)
    return file


def coders(project: Project) -> list[str]:
    with open_store(project.paths, project.settings) as store:
        return store.coders()


def test_merging_shows_what_it_would_do_asks_and_does_it_once(kit, project, theirs):
    before = theirs.read_bytes()
    said = kit.kafe("merge", theirs, "--project", project.root)
    assert said.code == 1
    assert "1  kodinger og angringer" in said.out
    assert "Siri" not in coders(project)
    done = kit.kafe("merge", theirs, "--yes", "--project", project.root)
    assert (done.code, "Hentet inn 2 nye rader" in done.out) == (0, True)
    assert "Siri" in coders(project)
    again = kit.kafe("merge", theirs, "--project", project.root)
    assert (again.code, "her fra før" in again.out) == (0, True)
    assert theirs.read_bytes() == before


def test_what_does_not_agree_is_listed(kit, project, theirs):
    with sqlite3.connect(theirs) as connection:
        connection.execute("update codings set coder = 'Anna' where coder = 'Siri'")
    connection.close()
    said = kit.kafe("merge", theirs, "--yes", "--project", project.root)
    assert "Navn som kan være samme person" in said.out
    assert "Anna / anna" in said.out
    remarks = kit.kafe("run", "--project", project.root).err
    assert "koderne «Anna», «anna»" in remarks


def test_names_in_texts_that_came_along_are_masked(project, theirs):
    with Store(f"sqlite:///{theirs}") as store:
        notes = store.notes()
        store.put_notes(
            [Note(notes[0].id, "kafe-1", "kafedialog", "Ring 412 34 567"), *notes[1:]], "2020-01-01"
        )
        store.put_notes(notes, "2020-01-02")
    assert merge_store(project, str(theirs), at=AT).new["note_versions"]
    with open_store(project.paths, project.settings) as store:
        texts = {version.text for _, version in note_versions(store, notes[0].id)}
    assert not any("412 34 567" in text for text in texts)
    assert any("TELEFON" in text for text in texts)


def test_a_name_found_late_goes_out_of_memos_and_reports_at_the_next_run(project):
    note = project.notes()[0]
    with open_store(project.paths, project.settings) as store:
        store.append_memos(
            [
                Memo("m1", f"note:{note.id}", "Spør Quorrel og anna. Se Guest (2020).", "anna", AT),
                Memo("m2", "project", "Ring 412 34 567", "anna", AT),
            ]
        )
        store.name_coder("anna", AT)
    bring_up_to_date(project)
    with open_store(project.paths, project.settings) as store:
        texts = [memo.text for memo in store.memos()]
    assert "Quorrel" in texts[0]
    assert texts[1] == "Ring [TELEFON-1]"
    with project.paths.names.open("a", encoding="utf-8") as stream:
        stream.write("\nQuorrel\n")
    bring_up_to_date(project)
    with open_store(project.paths, project.settings) as store:
        text = store.memos()[0].text
    assert "Quorrel" not in text
    assert text.endswith("og anna. Se Guest (2020).")
    assert not any("Quorrel" in path.read_text("utf-8") for path in project.paths.cache.rglob("*.json"))
    assert bring_up_to_date(project) == []


def test_a_merge_brings_no_names_in_memos(project, theirs):
    with Store(f"sqlite:///{theirs}") as store:
        store.append_memos([Memo("m9", "project", "Ring 412 34 567", "Siri", AT)])
    merge_store(project, str(theirs), at=AT)
    with open_store(project.paths, project.settings) as store:
        assert [memo.text for memo in store.memos()] == ["Ring [TELEFON-1]"]


def test_an_export_has_no_names_from_memos_written_since_the_last_run(kit, project, tmp_path):
    with open_store(project.paths, project.settings) as store:
        store.append_memos([Memo("m1", "project", "Ring 412 34 567", "anna", AT)])
    file = tmp_path / "ut.qdpx"
    assert kit.kafe("export", file, "--project", project.root).code == 0
    with zipfile.ZipFile(file) as archive:
        content = b"".join(map(archive.read, archive.namelist())).decode("utf-8")
    assert "412 34 567" not in content
    assert "Ring [TELEFON-1]" in content


@pytest.mark.parametrize("wrong", ["finnes-ikke.sqlite", "eget lager"])
def test_a_file_that_is_not_there_or_is_the_projects_own_is_refused(project, wrong):
    file = project.paths.coded / "kafe.sqlite" if wrong == "eget lager" else Path(wrong)
    with pytest.raises(KafeError, match="Oppgi"):
        merge_store(project, str(file), at=AT)


def test_another_programs_file_is_refused_and_left_alone(project, tmp_path):
    file = tmp_path / "bilder.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("create table bilder (id)")
    connection.close()
    with pytest.raises(KafeError, match="et annet program"):
        merge_store(project, str(file), at=AT)
