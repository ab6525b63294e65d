"""What did not change does not run again; what did, does."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from kafe.flow import engine as stages
from kafe.flow.engine import Stage, run_stages
from kafe.flow.project import Project
from kafe.flow.run import bring_up_to_date
from kafe.flow.tables import StageTables
from kafe.store.store import open_store

ALL = ["notes", "units", "coding", "topics", "pilot"]


def run(root: Path) -> list[str]:
    return bring_up_to_date(Project(root))


def results(root: Path) -> dict[str, bytes]:
    folder = root / ".kafe/results"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.json"))}


def test_nothing_runs_again_when_nothing_changed_also_in_a_folder_that_was_moved(staged: Path) -> None:
    assert run(staged) == []


def test_file_times_do_not_count(staged: Path) -> None:
    for path in (staged / "data").rglob("*"):
        path.touch()
    assert run(staged) == []


def test_a_changed_note_runs_what_reads_notes(staged: Path, kit) -> None:
    table = [*kit.table[:-1], ("2", "tiltak", "Noe helt annet om bolig og arbeid")]
    kit.write_table(staged / "data/raw/kafe-1/bord.csv", table)
    assert run(staged) == ALL


def test_a_stage_whose_upstream_left_the_same_tables_does_not_run(staged: Path, kit) -> None:
    (staged / "data/raw/kafe-1/session.toml").write_text(
        kit.session.replace("[groups]", "# en merknad til oss selv\n[groups]"), encoding="utf-8"
    )
    assert run(staged) == ["notes"]


def test_changed_indicators_run_only_the_pilot(staged: Path, kit) -> None:
    kit.write(staged / "data/coded/indikatorer.yaml", kit.indicators.format(before=35))
    assert run(staged) == ["pilot"]
    assert Project(staged).tables.pilot.indicators[0]["before"] == 35


def test_changed_codings_run_coding_and_the_pilot_but_no_topics(staged: Path, kit) -> None:
    note_id = Project(staged).notes()[0].id
    kit.write_codings(staged, "berit", [(note_id, "samarbeid")])
    assert run(staged) == ["coding", "pilot"]


def test_a_changed_codebook_runs_all_that_use_it(staged: Path, kit) -> None:
    kit.write(staged / "data/coded/kodebok.yaml", kit.codebook.replace("Et trygt sted å bo.", "Et hjem."))
    assert run(staged) == ["coding", "topics", "pilot"]


def test_a_changed_seed_runs_topics_and_what_depends_on_chance(staged: Path, kit) -> None:
    before = results(staged)
    kit.write(staged / "kafe.toml", "seed = 7\n" + kit.settings)
    assert "topics" in run(staged)
    assert results(staged)["notes/notes.json"] == before["notes/notes.json"]


def test_a_new_version_of_the_program_runs_everything(staged: Path, monkeypatch) -> None:
    before = results(staged)
    monkeypatch.setattr(stages, "program_hash", lambda: "another")
    assert run(staged) == ALL
    assert results(staged) == before


def test_a_lost_or_damaged_cache_is_made_anew_and_loses_no_human_work(staged: Path) -> None:
    before = results(staged)
    shutil.rmtree(staged / ".kafe")
    assert run(staged) == ALL
    assert results(staged) == before
    (staged / ".kafe/fingerprints.json").write_text("{", encoding="utf-8")
    assert run(staged) == ALL
    (staged / ".kafe/results/units/forms.json").unlink()
    assert run(staged) == ["units"]


def test_a_result_that_someone_cut_short_is_made_anew(staged: Path) -> None:
    before = results(staged)
    for name in ("notes/notes.json", "pilot/log.json"):
        (staged / ".kafe/results" / name).write_text("{", encoding="utf-8")
    run(staged)
    assert results(staged) == before


def test_a_removed_note_stays_in_the_log_and_keeps_its_codings_and_decision(staged: Path, kit) -> None:
    before = Project(staged)
    decided = before.tables.pilot.decisions[0]["target"].removeprefix("note:")
    gone = {decided, *(row["note_id"] for row in before.tables.coding.codings)}
    texts = {note.text for note in before.notes() if note.id in gone}
    kit.write_table(staged / "data/raw/kafe-1/bord.csv", [row for row in kit.table if row[2] not in texts])
    run(staged)
    project = Project(staged)
    log = {row["note_id"]: row for row in project.tables.pilot.log}
    assert len(log) == len(kit.table)
    assert {note_id for note_id, row in log.items() if row["fate"] == "withdrawn"} == gone
    with open_store(project.paths, project.settings) as store:
        assert {note.id for note in store.withdrawn_notes()} == gone
        assert [event.action for event in store.history()] == ["add", "add"]
        assert [decision.target for decision in store.decisions()] == [f"note:{decided}"]


def test_a_broken_codebook_is_told_once_and_takes_no_coding_away(staged: Path, kit) -> None:
    broken = kit.codebook.replace("    navn: Bolig\n", "    navn: [Bolig\n")
    kit.write(staged / "data/coded/kodebok.yaml", broken)
    run(staged)
    project = Project(staged)
    (problem,) = project.tables.coding.problems
    assert (problem["file"], problem["place"].split(",")[0]) == ("kodebok.yaml", "linje 11")
    with open_store(project.paths, project.settings) as store:
        assert len(store.codings()) == len(store.history()) == 2
    kit.write(staged / "data/coded/kodebok.yaml", kit.codebook)
    assert run(staged) == ["coding", "topics", "pilot"]
    assert project.tables.coding.problems == []


@dataclass
class First(StageTables):
    stage: ClassVar[str] = "first"
    rows: list[int]


@dataclass
class Second(StageTables):
    stage: ClassVar[str] = "second"
    rows: list[int]


@pytest.fixture
def project(kit, tmp_path: Path) -> Project:
    return Project(kit.bare(tmp_path))


def test_stages_run_in_order_and_are_announced(project: Project) -> None:
    told: list[str] = []
    first = Stage(First, lambda project: First([1]))
    second = Stage(Second, lambda project: Second(First.stored(project.results).rows), after=("first",))
    assert run_stages(project, (first, second), told.append) == told == ["first", "second"]
    assert run_stages(project, (first, second), told.append) == []
    assert Second.stored(project.results).rows == [1]


def test_a_stage_that_fails_leaves_the_earlier_ones_done_and_runs_next_time(project: Project) -> None:
    def fail(project: Project) -> Second:
        raise ZeroDivisionError

    first = Stage(First, lambda project: First([]))
    with pytest.raises(ZeroDivisionError):
        run_stages(project, (first, Stage(Second, fail, after=("first",))))
    second = Stage(Second, lambda project: Second([]), after=("first",))
    assert run_stages(project, (first, second)) == ["second"]


def test_tables_that_an_earlier_kafe_kept_in_one_file_a_stage_are_removed(staged: Path) -> None:
    old = staged / ".kafe/results/notes.json"
    old.write_text("{}", encoding="utf-8")
    assert run(staged) == []
    assert not old.exists()


def test_a_table_that_a_stage_no_longer_leaves_is_removed_when_it_runs(project: Project) -> None:
    run_stages(project, (Stage(First, lambda project: First([1])),))
    left = project.results / "first/gone.json"
    left.write_text("[]", encoding="utf-8")
    run_stages(project, (Stage(First, lambda project: First([1]), reads=lambda project: "new"),))
    assert [path.name for path in sorted(left.parent.iterdir())] == ["rows.json"]


def test_a_name_that_is_listed_late_leaves_everything_stored_before(kit, tmp_path: Path) -> None:
    root = kit.bare(tmp_path)
    kit.write_table(root / "data/raw/kafe-1/bord.csv", [("1", "hvem", "spør quorrelina om bolig")])
    project = Project(root)
    bring_up_to_date(project)
    written = [project.results / "notes/notes.json", root / "data/coded/kafe.sqlite"]
    assert all(b"quorrelina" in path.read_bytes() for path in written)
    kit.write(root / "data/raw/navneliste.txt", "Quorrelina\n")
    bring_up_to_date(Project(root))
    files = [
        path for folder in (".kafe", "data/coded") for path in (root / folder).rglob("*") if path.is_file()
    ]
    assert not [path for path in files if b"quorrelina" in path.read_bytes().lower()]
