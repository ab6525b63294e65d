"""Several people on one project: stores brought together by the command line, notes given out."""

import shutil
import sqlite3
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from kept import note_versions

from kafe.commands.assign import share_notes
from kafe.commands.merge_stores import merge_store
from kafe.flow.project import Project
from kafe.flow.run import bring_up_to_date
from kafe.records import Coding, KafeError, Memo, Note, text_hash
from kafe.store.sampling import read_share, share_out
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


def test_notes_are_given_out_and_the_same_seed_gives_the_same(kit, project):
    arguments = ("assign", "--coders", "Siri, OLA,siri", "--share", "50%", "--seed", "7")
    first = kit.kafe(*arguments, "--project", project.root)
    assert first.code == 0
    with open_store(project.paths, project.settings) as store:
        given = store.assignments()
        assert {"OLA", "Siri"} <= set(store.coders())
    assert set(given) == {"OLA", "Siri"}
    assert len(set(given["OLA"]) & set(given["Siri"])) == 6
    refused = kit.kafe(*arguments, "--project", project.root)
    assert (refused.code, "erstattet" in refused.out) == (1, True)
    assert kit.kafe(*arguments, "--yes", "--project", project.root).code == 0
    with open_store(project.paths, project.settings) as store:
        assert store.assignments() == given


def test_a_later_round_leaves_out_what_was_given_out_before(project):
    share_notes(project, ["Siri"], 0.0, seed=1, at=AT, label="runde 1", session="kafe-1")
    with pytest.raises(KafeError, match="ingen innspill"):
        share_notes(project, ["Ola"], 0.0, seed=1, at=AT, label="runde 2")


def test_a_coder_who_is_left_out_of_a_round_that_is_made_anew_loses_the_notes(project):
    share_notes(project, ["Siri", "Ola"], 1.0, seed=1, at=AT)
    share_notes(project, ["anna"], 0.0, seed=1, at="2026-05-02")
    with open_store(project.paths, project.settings) as store:
        assert set(store.assignments()) == {"anna"}


def notes() -> list[Note]:
    sizes = {("a", "x"): 50, ("a", "y"): 30, ("b", "x"): 20}
    return [
        Note(f"{session}{question}{number}", session, "fritekst", "tekst", question=question)
        for (session, question), size in sizes.items()
        for number in range(size)
    ]


@pytest.mark.parametrize("share", [0, 0.1, 0.2, 0.33, 1])
def test_every_note_is_given_out_once_or_to_everyone(share):
    given = share_out(notes(), ["kari", "ola", "siri"], share, seed=3)
    held = Counter(note_id for ids in given.values() for note_id in ids)
    assert set(held) == {note.id for note in notes()}
    assert set(held.values()) <= {1, 3}
    assert abs(sum(count == 3 for count in held.values()) - share * 100) <= 1
    sizes = [len(ids) for ids in given.values()]
    assert max(sizes) - min(sizes) <= 1


def test_both_parts_follow_the_make_up_of_the_material():
    given = share_out(notes(), ["kari", "ola"], 0.2, seed=3)
    double = set(given["kari"]) & set(given["ola"])
    assert Counter(note_id[:2] for note_id in double) == {"ax": 10, "ay": 6, "bx": 4}
    alone = Counter(note_id[:2] for note_id in given["kari"] if note_id not in double)
    assert all(abs(alone[part] - expected) <= 1 for part, expected in {"ax": 20, "ay": 12, "bx": 8}.items())


def test_the_draw_does_not_depend_on_the_order_of_notes_but_on_the_seed():
    once = share_out(notes(), ["kari", "ola"], 0.2, seed=3)
    assert share_out(notes()[::-1], ["kari", "ola"], 0.2, seed=3) == once
    assert share_out(notes(), ["kari", "ola"], 0.2, seed=4) != once


def test_double_coded_notes_are_spread_through_what_a_coder_gets():
    given = share_out(notes(), ["kari", "ola"], 0.2, seed=3)
    double = set(given["kari"]) & set(given["ola"])
    places = [place for place, note_id in enumerate(given["kari"]) if note_id in double]
    assert places[0] < 10
    assert places[-1] > len(given["kari"]) - 10


@pytest.mark.parametrize(("text", "share"), [("20%", 0.2), ("20 %", 0.2), ("0,2", 0.2), ("1", 1), ("0", 0)])
def test_a_share_is_written_as_per_cent_or_number(text, share):
    assert read_share(text) == share


@pytest.mark.parametrize("text", ["", "mye", "120%", "-1", "20"])
def test_what_is_not_a_share_is_refused(text):
    with pytest.raises(KafeError, match="ikke en andel"):
        read_share(text)
