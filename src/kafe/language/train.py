"""The training recipe of the bundled pipeline `nb_kafe_sm`, from a treebank folder to package data."""

import json
from importlib import resources
from pathlib import Path

import spacy
from spacy.tokens import DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import load_config

from kafe.language.evaluate import evaluate_conllu
from kafe.language.treebank import STANDARDS, documents, read_conll, ud_mapping

CONFIG = "nb_kafe_sm.cfg"
CARD_ROWS = (
    ("part of speech, accuracy", "pos"),
    ("morphology, accuracy", "morph"),
    ("lemma, accuracy", "lemma"),
    ("sentence boundaries, F", "sentence_f"),
    ("names (8 types), F", "entity_f"),
)


def write_corpora(treebank: Path, work: Path) -> tuple[Path, Path]:
    """Write training and development documents as DocBins under `work`; return both paths.

    `treebank` holds `ndt-train-*.conll`, `ndt-dev-*.conll` and `ud-dev-*.conllu` for nob and nno.
    """
    work.mkdir(parents=True, exist_ok=True)
    mapping = ud_mapping(treebank)
    vocab = spacy.blank("nb").vocab
    train, dev = DocBin(), DocBin()
    for standard in STANDARDS:
        sentences = [mapping(sentence) for sentence in read_conll(treebank / f"ndt-train-{standard}.conll")]
        for doc in documents(sentences, vocab, spacing_known=False):
            train.add(doc)
        for doc in documents(read_conll(treebank / f"ud-dev-{standard}.conllu"), vocab, spacing_known=True):
            dev.add(doc)
    paths = work / "train.spacy", work / "dev.spacy"
    train.to_disk(paths[0])
    dev.to_disk(paths[1])
    return paths


def train_pipeline(treebank: Path, work: Path, *, overrides: dict | None = None) -> Path:
    """Train by `nb_kafe_sm.cfg` and return the folder of the best checkpoint, `work/model-best`.

    `overrides` are dotted settings of the configuration, e.g. `{"training.max_steps": 200}`.
    Every evaluation saves, so that an interrupted run leaves a usable model.
    """
    train, dev = write_corpora(treebank, work)
    settings = {"paths.train": str(train), "paths.dev": str(dev), **(overrides or {})}
    with resources.as_file(resources.files("kafe.language") / CONFIG) as path:
        config = load_config(path, overrides=settings, interpolate=False)
    nlp = init_nlp(config)
    train_loop(nlp, work)
    return work / "model-best"


def write_package_data(model: Path, treebank: Path, target: Path) -> dict:
    """Save `model` to `target` without training paths and with its scores; return the scores by standard."""
    nlp = spacy.load(model)
    scores = {
        standard: evaluate_conllu(nlp, treebank / f"ud-dev-{standard}.conllu") for standard in STANDARDS
    }
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    nlp.meta.update(
        name="kafe_sm",
        version="1.0.0",
        description="Bokmål and Nynorsk: morphology, lemmas, sentence boundaries and names.",
        license="CC0-1.0",
        sources=[
            {
                "name": "Norwegian Dependency Treebank with NorNE names",
                "license": "CC0-1.0",
                "author": "National Library of Norway; Language Technology Group, University of Oslo",
            }
        ],
        performance={},
    )
    nlp.to_disk(target)
    (target / "scores.json").write_text(
        json.dumps({"part": "development", **scores}, indent=2) + "\n", encoding="utf-8"
    )
    (target / "README.md").write_text(model_card(scores), encoding="utf-8")
    return scores


def model_card(scores: dict[str, dict]) -> str:
    """Return the model card: what the pipeline is, what it was trained on, its scores, its weaknesses."""
    rows = [
        f"| {name} | " + " | ".join(f"{scores[standard][key]:.3f}" for standard in STANDARDS) + " |"
        for name, key in CARD_ROWS
    ]
    people = " | ".join(f"{scores[standard]['entities']['PER']:.3f}" for standard in STANDARDS)
    template = resources.files("kafe.language").joinpath("model_card.md").read_text(encoding="utf-8")
    return template.replace("{rows}", "\n".join([*rows, f"| persons, F | {people} |"]))
