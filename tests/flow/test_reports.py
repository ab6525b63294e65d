"""Reports are made anew when what they show has changed, and only then."""

import shutil
from pathlib import Path

import pytest

import kafe
from kafe.flow import reports
from kafe.flow.project import Project
from kafe.flow.run import Outcome, make_reports
from kafe.messages import LANGUAGE, texts_of
from kafe.records import KafeError

SHOW_INDICATORS = """
from kafe.views import start
start(project, session=session).tables.pilot.indicators
"""


@pytest.fixture(scope="module")
def _reported(kit, _staged: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(_staged, tmp_path_factory.mktemp("reported") / "prosjekt"))
    kit.write_notebook(root, "01-notater", ["notes"])
    kit.write_notebook(root, "02-indikatorer", ["pilot.indicators"], SHOW_INDICATORS)
    outcome = run(root)
    assert outcome.made == ["01-notater", "02-indikatorer"]
    assert outcome.index == root / "reports/index.html"
    return root


@pytest.fixture
def root(_reported: Path, tmp_path: Path) -> Path:
    """Return a project with two quick notebooks of its own, whose reports are made."""
    return Path(shutil.copytree(_reported, tmp_path / "prosjekt"))


def run(root: Path, names: list[str] | None = None, **parameters: str) -> Outcome:
    outcome = make_reports(Project(root), names or [], parameters)
    assert not outcome.failed
    return outcome


def pages(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "reports").iterdir()}


def test_only_what_shows_the_change_is_executed_and_every_page_names_its_inputs(root: Path, kit) -> None:
    before = pages(root)

    nothing = run(root)
    assert (nothing.stages, nothing.made, nothing.refreshed) == ([], [], [])
    assert nothing.kept == ["01-notater", "02-indikatorer"]
    assert pages(root) == before

    kit.write(root / "data/coded/indikatorer.yaml", kit.indicators.format(before=35))
    indicators = run(root)
    assert (indicators.stages, indicators.made) == (["pilot"], ["02-indikatorer"])
    assert indicators.refreshed == ["01-notater"]

    kit.write_table(root / "data/raw/kafe-1/bord.csv", [*kit.table[:-1], ("2", "tiltak", "Noe nytt")])
    notes = run(root)
    assert (notes.made, notes.refreshed) == (["01-notater"], ["02-indikatorer"])


def test_pages_after_small_steps_are_those_of_a_run_from_scratch(root: Path, kit) -> None:
    kit.write(root / "data/coded/indikatorer.yaml", kit.indicators.format(before=35))
    run(root)
    stepwise = pages(root)
    for page in (root / "reports").iterdir():
        page.unlink()
    for record in (root / ".kafe").glob("*.json"):
        record.unlink()
    run(root)
    assert pages(root) == stepwise


def test_a_report_that_was_deleted_or_changed_by_hand_is_restored(root: Path) -> None:
    before = pages(root)
    (root / "reports/01-notater.html").unlink()
    (root / "reports/02-indikatorer.html").write_text("endret", encoding="utf-8")
    (root / "reports/innspillslogg.xlsx").unlink()
    assert run(root).refreshed == ["01-notater", "02-indikatorer"]
    assert pages(root) == before


def test_a_new_version_of_the_program_makes_every_report(root: Path, monkeypatch) -> None:
    monkeypatch.setattr(reports, "program_hash", lambda: "another")
    assert run(root).made == ["01-notater", "02-indikatorer"]


def test_another_language_makes_every_report_and_the_spreadsheet_and_back_again(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pages(root)
    spoken = shutil.copytree(texts_of("nb"), tmp_path / "nn")
    path = spoken / "flow.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Innspillslogg", "Innspelslogg"), encoding="utf-8"
    )
    monkeypatch.setenv(LANGUAGE, str(spoken))
    assert run(root).made == ["01-notater", "02-indikatorer"]
    after = pages(root)
    assert "Innspelslogg" in after["index.html"].decode()
    assert after["innspillslogg.xlsx"] != before["innspillslogg.xlsx"]
    monkeypatch.delenv(LANGUAGE)
    assert run(root).made == ["01-notater", "02-indikatorer"]
    assert pages(root) == before


def test_a_changed_notebook_makes_its_own_report(root: Path, kit) -> None:
    kit.write_notebook(root, "01-notater", ["notes"], "2 + 2")
    assert run(root).made == ["01-notater"]


def test_a_selection_has_a_file_of_its_own_and_leaves_the_others(root: Path) -> None:
    before = pages(root)
    outcome = run(root, ["02-indikatorer"], session="kafe-1")
    assert outcome.paths == [root / "reports/02-indikatorer-session-kafe-1.html"]
    assert outcome.index is None
    assert {name: pages(root)[name] for name in before} == before
    assert run(root, ["02-indikatorer"], session="kafe-1").kept == ["02-indikatorer"]


def test_two_selections_that_look_alike_do_not_share_a_file(root: Path) -> None:
    from kafe.flow.notebooks import report_path

    notebook = root / "notebooks/01-notater.ipynb"
    selections = ({"group": "a b"}, {"group": "a-b"}, {"group": "a/b"}, {"group": "å" * 300})
    names = [report_path(Project(root), notebook, values).name.casefold() for values in selections]
    assert len(set(names)) == len(names)
    assert all("/" not in name and len(name.encode()) < 200 for name in names)


def test_an_unknown_selection_names_the_known_ones(root: Path) -> None:
    outcome = make_reports(Project(root), ["02-indikatorer"], {"session": "kafe-9"})
    assert "kafe-9" in outcome.failed["02-indikatorer"]
    assert "Verdier som finnes: kafe-1." in outcome.failed["02-indikatorer"]
    assert not (root / "reports/02-indikatorer-session-kafe-9.html").exists()


def test_an_unknown_parameter_or_notebook_stops_before_anything_is_made(root: Path) -> None:
    with pytest.raises(KafeError, match="project, session"):
        make_reports(Project(root), ["01-notater"], {"sesjon": "kafe-1"})
    with pytest.raises(KafeError, match="01-notater, 02-indikatorer"):
        make_reports(Project(root), ["04-temaer"], {})


def test_a_notebook_that_reads_what_it_does_not_say_fails_and_the_others_are_made(root: Path, kit) -> None:
    code = SHOW_INDICATORS.replace("indicators", "log")
    kit.write_notebook(root, "02-indikatorer", ["pilot.indicators"], code)
    outcome = make_reports(Project(root), [], {})
    assert outcome.kept == ["01-notater"]
    assert "pilot.log" in outcome.failed["02-indikatorer"]
    assert "02-indikatorer.html" not in outcome.index.read_text(encoding="utf-8")


def test_a_failed_report_leaves_no_page_of_an_earlier_run_in_the_overview(root: Path, kit) -> None:
    kit.write_notebook(root, "01-notater", ["notes"], "1 / 0")
    outcome = make_reports(Project(root), [], {})
    assert list(outcome.failed) == ["01-notater"]
    assert 'href="01-notater.html"' not in outcome.index.read_text(encoding="utf-8")
    kit.write_notebook(root, "01-notater", ["notes"])
    assert run(root).made == ["01-notater"]


def test_reports_are_made_anew_when_another_language_is_spoken(root, tmp_path, monkeypatch) -> None:
    assert run(root).kept == ["01-notater", "02-indikatorer"]
    words = Path(kafe.__file__).parent / "messages/nb"
    monkeypatch.setenv(LANGUAGE, str(shutil.copytree(words, tmp_path / "nn")))
    assert run(root).made == ["01-notater", "02-indikatorer"]
