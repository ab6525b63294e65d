"""A project and its store written by the first kafe open, go on, and keep every act of the people in it."""

import json
import shutil
import sqlite3
from itertools import count
from pathlib import Path

import pytest

from kafe.flow.project import Project
from kafe.flow.run import bring_up_to_date, problems_of
from kafe.origins import CONSENSUS_CODER, parse_origin
from kafe.settings import load_settings
from kafe.store.store import open_store
from kafe.views.workbench import load_material
from kafe.workbench.coding_session import CodingSession
from kafe.workbench.consensus_session import ConsensusSession

OLD = Path(__file__).parent / "data/old-project"


@pytest.fixture(scope="module")
def _gone_on(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("old") / "prosjekt"
    shutil.copytree(OLD, root)
    bring_up_to_date(Project(root))
    return root


@pytest.fixture
def root(_gone_on: Path, tmp_path: Path) -> Path:
    """A copy of the old project in which today's stages have run."""
    return Path(shutil.copytree(_gone_on, tmp_path / "prosjekt"))


@pytest.fixture
def store(root: Path):
    with open_store(Project(root).paths, load_settings(root)) as opened:
        yield opened


def rows(database: Path, table: str) -> list[dict]:
    with sqlite3.connect(database) as connection:
        connection.row_factory = sqlite3.Row
        found = [dict(row) for row in connection.execute(f'select * from "{table}" order by seq')]
    connection.close()
    return found


@pytest.mark.parametrize(
    "table", ["codings", "marks", "memos", "operations", "assignments", "codebook_versions"]
)
def test_no_event_is_lost_changed_or_added(root: Path, table: str) -> None:
    before, after = (rows(where / "data/coded/kafe.sqlite", table) for where in (OLD, root))
    assert before
    assert after == before


def test_decisions_are_the_same_in_english_and_reading_the_file_again_adds_none(root: Path) -> None:
    before, after = (rows(where / "data/coded/kafe.sqlite", "decisions") for where in (OLD, root))
    words = {"chosen": "valgt", "parked": "parkert", "passed_on": "videre"}
    kept = [row | {"fate": words[row["fate"]], "id": ""} for row in after]
    assert kept == [row | {"id": ""} for row in before]


def test_every_kind_of_act_is_still_understood(store) -> None:
    acts = {parse_origin(event.origin).act for event in store.history()}
    assert acts == {"by_hand", "accepted", "refused", "reopened", "agreed", "recoded", "read"}


def test_stages_show_what_stood_and_the_log_is_in_english(root: Path, store) -> None:
    project = Project(root)
    coding, pilot = project.tables.coding, project.tables.pilot
    assert {row["id"] for row in coding.codings} == {coding.id for coding in store.codings()}
    assert len(coding.replaced) == 3
    assert sorted(row["fate"] for row in pilot.decisions) == ["chosen", "parked", "passed_on"]
    assert {row["fate"] for row in pilot.log} == {"chosen", "parked", "passed_on", "undecided"}
    assert {origin for *_, origin in pilot.memberships} >= {"human", "rule"}
    assert [
        problem
        for problem in problems_of(coding.problems, project.tables.topics.problems, pilot.problems)
        if "fil" in problem.severity
    ] == []
    assert "valgt" not in json.dumps(pilot.log)


def desk(kind, root: Path, store, coder: str):
    seconds, numbers = count(), count()
    material = load_material(Project(root), store.notes())
    made = kind(store, material, now=lambda: f"2027-01-01T12:00:{next(seconds):02}", coder=coder)
    return lambda do, **more: made.handle({"id": f"ny-{next(numbers)}", "do": do, **more})


def test_a_coders_acts_can_be_undone_one_by_one(root: Path, store) -> None:
    do = desk(CodingSession, root, store, "anna")
    spans = lambda: {(one.note_id, one.start, one.code) for one in store.codings(coders=["anna"])}  # noqa: E731
    before = spans()
    undone = [do("undo") for _ in range(6)]
    assert all(answer["ok"] and answer["said"] for answer in undone)
    assert [memo for memo in store.memos() if memo.author == "anna"] == []
    assert spans() != before
    for _ in range(6):
        assert do("redo")["ok"]
    assert len([memo for memo in store.memos() if memo.author == "anna"]) == 2
    assert spans() == before


def test_what_was_agreed_is_still_agreed_and_can_be_opened_again(root: Path, store) -> None:
    agreed = {(one.note_id, one.code) for one in store.codings(coders=[CONSENSUS_CODER])}
    assert {code for _, code in agreed} == {"samarbeid", "bolig"}
    do = desk(ConsensusSession, root, store, "")
    for note_id, _ in agreed:
        (note,) = do("notes", ids=[note_id])["notes"]
        assert {row["settled"] for row in note["rows"]} <= {"agree", "keep"}
