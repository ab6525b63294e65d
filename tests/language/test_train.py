"""The training recipe on a treebank of a few constructed sentences (konstruert eksempel)."""

import json
from pathlib import Path

import numpy as np

from kafe.language import load_pipeline
from kafe.language.train import train_pipeline, write_package_data
from kafe.language.train_identifier import train_identifier

SENTENCES = {
    "nob": [("Kari ringer legen .", "ringe"), ("Ola kjenner ikke naboen .", "kjenne")],
    "nno": [("Kari ringjer legen .", "ringje"), ("Ola kjenner ikkje naboen .", "kjenne")],
}
QUICK = {
    "training.max_steps": 4,
    "training.eval_frequency": 2,
    "components.trainable_lemmatizer.min_tree_freq": 1,
}


def write_treebank(folder: Path) -> Path:
    for standard, sentences in SENTENCES.items():
        for name, ud in (("ndt-train", False), ("ndt-dev", False), ("ud-dev", True)):
            blocks = ["\n".join(lines(text, verb, ud)) for text, verb in sentences * 6]
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


def test_the_recipe_gives_a_pipeline_with_card_and_scores_and_no_paths(tmp_path: Path) -> None:
    treebank = write_treebank(tmp_path)
    best = train_pipeline(treebank, tmp_path / "work", overrides=QUICK)
    target = tmp_path / "nb_prove"
    scores = write_package_data(best, treebank, target)
    assert json.loads((target / "scores.json").read_text(encoding="utf-8"))["nob"] == scores["nob"]
    assert scores["nno"]["sentences"] == 12 and scores["nno"]["tokens"] == 54
    assert f"{scores['nob']['pos']:.3f}" in (target / "README.md").read_text(encoding="utf-8")
    assert str(tmp_path) not in (target / "config.cfg").read_text(encoding="utf-8")
    doc = load_pipeline(str(target))("Kari ringer.")
    assert doc.has_annotation("LEMMA") and doc.has_annotation("SENT_START")


def test_the_classifier_learns_what_the_sentences_differ_in(tmp_path: Path) -> None:
    accuracy = train_identifier(write_treebank(tmp_path), tmp_path / "vekter.npz")
    assert accuracy["three to four words"] == 1.0
    with np.load(tmp_path / "vekter.npz") as data:
        assert data["weights"].dtype == np.float16
