"""The training recipe on a treebank of a few constructed sentences (konstruert eksempel)."""

import json
from pathlib import Path

import numpy as np
from spacy.tokens import DocBin

from kafe.language.models.pipeline import load_pipeline
from kafe.language.training.identifier import train_identifier
from kafe.language.training.pipeline import anneal, train_pipeline, write_package_data
from kafe.language.training.vectors import capital_shares

SENTENCES = {
    "nob": [("Kari ringer legen .", "ringe"), ("Ola kjenner ikke naboen .", "kjenne")],
    "nno": [("Kari ringjer legen .", "ringje"), ("Ola kjenner ikkje naboen .", "kjenne")],
}
QUICK = {
    "training.max_steps": 4,
    "training.eval_frequency": 2,
    "components.trainable_lemmatizer.min_tree_freq": 1,
}


def write_treebank(folder: Path, times: int = 6) -> Path:
    for standard, sentences in SENTENCES.items():
        for name, ud in (("ndt-train", False), ("ndt-dev", False), ("ud-dev", True)):
            blocks = ["\n".join(lines(text, verb, ud)) for text, verb in sentences * times]
            path = folder / f"{name}-{standard}.{'conllu' if ud else 'conll'}"
            path.write_text("\n\n".join(blocks) + "\n\n", encoding="utf-8")
    return folder


def lines(text: str, verb: str, ud: bool) -> list[str]:
    rows = []
    for number, form in enumerate(text.split(), 1):
        if number == 1:
            tag, lemma, label = ("PROPN" if ud else "subst"), form, "B-PER"
        elif number == 2:
            tag, lemma, label = ("VERB" if ud else "verb"), verb, "O"
        elif form == ".":
            tag, lemma, label = ("PUNCT" if ud else "clb"), "$.", "O"
        else:
            tag, lemma, label = ("ADV" if ud else "adv"), form, "O"
        head, relation = (0, "root") if number == 2 else (2, "x")
        rows.append(
            "\t".join([str(number), form, lemma, tag, tag, "_", str(head), relation, "_", f"name={label}"])
        )
    return rows


CAPITALS = {"legen": 0.01, "ringer": 0.02}


def test_the_recipe_gives_a_pipeline_with_card_and_scores_and_no_paths(tmp_path: Path) -> None:
    treebank = write_treebank(tmp_path)
    best = train_pipeline(treebank, tmp_path / "work", None, overrides=QUICK)
    annealed = anneal(
        best, treebank, tmp_path / "annealed", overrides={"training": {"max_steps": 2, "eval_frequency": 1}}
    )
    target = tmp_path / "nb_prove"
    scores = write_package_data(best, annealed, treebank, CAPITALS, target)
    assert json.loads((target / "scores.json").read_text(encoding="utf-8"))["nob"] == scores["nob"]
    assert scores["nno"]["sentences"] == 12 and scores["nno"]["tokens"] == 54
    assert f"{scores['nob']['pos']:.3f}" in (target / "README.md").read_text(encoding="utf-8")
    assert str(tmp_path) not in (target / "config.cfg").read_text(encoding="utf-8")
    doc = load_pipeline(str(target))("Kari ringer.")
    assert doc.has_annotation("LEMMA") and doc.has_annotation("SENT_START")


def test_annealing_reads_four_fifths_of_the_development_documents(tmp_path: Path) -> None:
    treebank = write_treebank(tmp_path, times=30)
    best = train_pipeline(treebank, tmp_path / "work", None, overrides=QUICK)
    before = {name: len(DocBin().from_disk(tmp_path / f"work/{name}.spacy")) for name in ("train", "dev")}
    anneal(best, treebank, tmp_path / "on", overrides={"training": {"max_steps": 1, "eval_frequency": 1}})
    after = {name: len(DocBin().from_disk(tmp_path / f"on/{name}.spacy")) for name in ("train", "dev")}
    assert after["dev"] == before["dev"] // 5
    assert after["train"] == before["train"] + before["dev"] - after["dev"]


def test_shares_of_capitals_count_only_words_after_a_word(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Huset er stort\nI huset bor Kari\n. Kari ser huset\nser Kari huset\n", encoding="utf-8")
    shares = capital_shares(text, 0.5)
    assert shares["huset"] == 0.1
    assert "kari" not in shares and "er" not in shares


def test_the_classifier_learns_what_the_sentences_differ_in(tmp_path: Path) -> None:
    accuracy = train_identifier(write_treebank(tmp_path), tmp_path / "vekter.npz")
    assert accuracy["three to four words"] == 1.0
    with np.load(tmp_path / "vekter.npz") as data:
        assert data["weights"].dtype == np.float16
