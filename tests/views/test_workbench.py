"""The workbench of a project: what it is handed, and that nothing is opened in a batch run."""

import pytest

from kafe.flow.notebooks import READS
from kafe.flow.project import Project
from kafe.views.results import Results
from kafe.views.workbench import load_material, open_workbench
from kafe.workbench import BatchExplanation


def test_a_batch_run_gets_words_and_opens_nothing(monkeypatch: pytest.MonkeyPatch, staged) -> None:
    monkeypatch.setenv(READS, "")
    monkeypatch.setattr("kafe.views.workbench.open_store", None)
    shown = open_workbench(Results(Project(staged), {}))
    assert isinstance(shown, BatchExplanation)
    assert "JupyterLab" in shown._repr_mimebundle_()["text/markdown"]
    other = open_workbench(Results(Project(staged), {}), consensus=True)
    assert other._repr_mimebundle_() != shown._repr_mimebundle_()


def test_the_material_is_what_the_stages_left_in_reading_order(staged) -> None:
    project = Project(staged)
    material = load_material(project, reversed(project.notes()))
    places = [note.source_place for note in material.notes]
    assert places == [f"row={row}" for row in range(2, 14)]
    assert [code.id for code in material.codebook.codes] == ["samarbeid", "bolig"]
    assert material.units.keys() == material.turn.keys() == {note.id for note in material.notes}
    assert {one.code for ones in material.suggestions.values() for one in ones} == {"samarbeid", "bolig"}
    assert material.questions["tiltak"] == "Hvilke tiltak skal settes i gang?"
    assert (material.titles["kafe-1"], material.problem) == ("Kafedialog 1", "")


def test_a_codebook_that_cannot_be_read_is_a_problem_and_not_an_end(staged) -> None:
    (staged / "data/coded/kodebok.yaml").write_text("koder: [", encoding="utf-8")
    project = Project(staged)
    material = load_material(project, project.notes())
    assert material.codebook.codes == ()
    assert "kodebok.yaml" in material.problem
