import json

import pytest
from typer.testing import CliRunner

from kafe.cli import app
from kafe.records import KafeError
from kafe.topics.evaluation import Labelled, evaluate, read_anchors, read_labelled

KEYS = {
    "rows", "skipped", "labels", "status", "k", "ami", "nmi", "v", "ami_true_k", "nmi_true_k", "npmi",
    "diversity", "stability", "excess_stability", "outlier_share", "far_share", "seconds",
}  # fmt: skip


def split(texts):
    return [text.lower().split() for text in texts]


@pytest.fixture
def table(tmp_path, themed):
    texts, _, truth = themed(60)
    path = tmp_path / "sett.csv"
    rows = "\n".join(f"{text};{label}" for text, label in zip(texts, truth, strict=True))
    path.write_text(f"text;label\n{rows}\n;tom\nuten etikett;\n", encoding="utf-8-sig")
    return path


def test_clear_themes_are_found_and_every_figure_is_there(table):
    found = evaluate(read_labelled(table, "text", "label"), lemmatise=split)
    assert set(found) == KEYS
    assert found["ami_true_k"] > 0.6
    assert found["rows"] == 60 and found["labels"] == 5 and found["outlier_share"] == 0


def test_definitions_of_the_labels_find_their_notes(table, tmp_path):
    path = tmp_path / "anker.csv"
    path.write_text(
        "code,definition\nbolig,hybel og husleie\narbeid,jobb og lønn\nskole,lærer og elev\n"
        "pårørende,mor og far\nambulanse,sykebil og sirene\n",
        encoding="utf-8",
    )
    found = evaluate(read_labelled(table, "text", "label"), read_anchors(path), lemmatise=split)
    assert found["anchored_accuracy"] > 0.85
    assert found["anchored_top3"] >= found["anchored_accuracy"]
    assert found["anchored_rows"] == 60


def test_codes_that_are_no_labels_are_refused(table, tmp_path):
    path = tmp_path / "anker.csv"
    path.write_text("code,definition\nx,noe\n", encoding="utf-8")
    with pytest.raises(KafeError, match="Ingen etikett"):
        evaluate(read_labelled(table, "text", "label"), read_anchors(path), lemmatise=split)


@pytest.mark.parametrize("size", [0, 1, 2, 10])
def test_few_rows_give_figures_and_no_error(size):
    texts = tuple(f"bolig og jobb nummer {'abcdefghij'[row]}" for row in range(size))
    labels = tuple("ab"[row % 2] for row in range(size))
    found = evaluate(Labelled(texts, labels), lemmatise=split)
    assert set(found) == KEYS
    assert found["k"] == 0


def test_the_command_prints_json(table):
    result = CliRunner().invoke(
        app, ["topics", "evaluate", str(table), "--text", "text", "--label", "label", "--json"]
    )
    assert result.exit_code == 0
    assert set(json.loads(result.stdout)) >= KEYS
