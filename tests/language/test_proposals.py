"""Problem or proposal: how often it is right on notes it has not seen, and what it must not claim."""

from pathlib import Path

import pytest
from sklearn.metrics import cohen_kappa_score

from kafe.language.models import load_pipeline, resolve_model
from kafe.language.proposals import KINDS, asks_for, kinds
from kafe.language.training.proposals import labelled

HELD_OUT = Path(__file__).parents[1] / "data" / "proposals-held-out.tsv"


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline(resolve_model("auto"))


def test_three_of_four_and_more_are_right_on_notes_held_out(nlp) -> None:
    texts, wanted = labelled(HELD_OUT)
    judged = kinds(list(nlp.pipe(texts)))
    found = [KINDS.index(one.kind) for one in judged]
    right = [one == other for one, other in zip(found, wanted, strict=True)]
    assert sum(right) / len(right) >= 0.80
    assert cohen_kappa_score(found, wanted) >= 0.60
    sure = [hit for hit, one in zip(right, judged, strict=True) if one.probability >= 0.8]
    assert sum(sure) / len(sure) >= 0.88


def test_what_has_no_words_is_neither_problem_nor_proposal(nlp) -> None:
    for text in ("", "  ", "- 12 …", "[PERSON-1]", "😀"):
        assert kinds([nlp(text)])[0].kind == "other"
    assert kinds([]) == []


def test_a_question_moves_the_answer_towards_what_it_asks_for(nlp) -> None:
    doc = nlp("Bolig")
    none, problem, proposal = kinds([doc] * 3, ["", "Hva kjennetegner rød?", "Hvilke tiltak?"])
    assert none == kinds([doc])[0]
    assert proposal.kind == "proposal"
    assert (problem.kind, problem.probability) != (proposal.kind, proposal.probability)


def test_a_question_that_asks_for_both_or_none_asks_for_nothing() -> None:
    assert asks_for("Hvilke tiltak skal settes i gang?") == "proposal"
    assert asks_for("Kva kjenneteiknar raud?") == "problem"
    assert asks_for("Hvilke utfordringer og tiltak ser dere?") == ""
    assert asks_for("Hvem kan avgjøre?") == ""


def test_a_file_gets_a_line_for_each_line(kit, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Fast kontaktperson\n\nIngen svarer på telefonen\n", encoding="utf-8")
    lines = kit.kafe("language", "proposals", file).out.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["T", "O", "P"]
    assert all(0 < float(line.split("\t")[1]) <= 1 for line in lines)
