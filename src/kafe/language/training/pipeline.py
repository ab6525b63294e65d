"""The training recipe of the bundled pipeline `nb_kafe_sm`, from a treebank folder to package data."""

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import load_config

from kafe.language.components.entity_corrections import EntityCorrections
from kafe.language.components.sentence_boundaries import NEVER, SELDOM, SentenceBoundaries
from kafe.language.components.table_component import TableComponent
from kafe.language.training.augment import notes
from kafe.language.training.evaluate import evaluate_conllu
from kafe.language.training.tables import known_names, learn_lexicon
from kafe.language.training.treebank import STANDARDS, documents, read_conll, ud_mapping
from kafe.language.training.vectors import capital_shares, train_vectors, write_text

CONFIG = "nb_kafe_sm.cfg"
YARDSTICK = "yardstick.cfg"
VERSION = "2.0.0"
REGULARISATION = 0.2
LOOKED_UP = (("kafe_sentences", "senter"), ("kafe_names", "ner"), ("kafe_lexicon", "kafe_names"))
"""The added components, each with the one that it follows."""
KEPT = 5
ANNEALING_STEPS = 3500
AUGMENTERS = (notes,)
"""Imported for the configuration, which names it `kafe.notes.v1`."""
SOURCES = [
    {
        "name": "Norwegian Dependency Treebank with NorNE names",
        "license": "CC0-1.0",
        "author": "National Library of Norway; Language Technology Group, University of Oslo",
    },
    {
        "name": "NoReC, training part (word vectors and shares of capitals)",
        "license": "free use of models made from it",
        "author": "Language Technology Group, University of Oslo",
    },
    {
        "name": "Norwegian acts and regulations (word vectors and shares of capitals)",
        "license": "NLOD",
        "author": "Lovdata",
    },
]
CARD_ROWS = (
    ("part of speech, accuracy", "pos"),
    ("morphology, accuracy", "morph"),
    ("lemma, accuracy", "lemma"),
    ("sentence boundaries, F", "sentence_f"),
    ("names (8 types), F", "entity_f"),
)


def write_corpora(treebank: Path, work: Path, standards: Sequence[str] = STANDARDS) -> tuple[Path, Path]:
    """Write training and development documents as DocBins under `work`; return both paths.

    `treebank` holds `ndt-train-*.conll`, `ndt-dev-*.conll` and `ud-dev-*.conllu` for nob and nno.
    """
    work.mkdir(parents=True, exist_ok=True)
    mapping = ud_mapping(treebank)
    vocab = spacy.blank("nb").vocab
    train, dev = DocBin(), DocBin()
    for standard in standards:
        sentences = [mapping(sentence) for sentence in read_conll(treebank / f"ndt-train-{standard}.conll")]
        for doc in documents(sentences, vocab, spacing_known=False):
            train.add(doc)
        for doc in documents(read_conll(treebank / f"ud-dev-{standard}.conllu"), vocab, spacing_known=True):
            dev.add(doc)
    paths = work / "train.spacy", work / "dev.spacy"
    train.to_disk(paths[0])
    dev.to_disk(paths[1])
    return paths


def train_pipeline(
    treebank: Path, work: Path, vectors: Path | None, *, overrides: dict | None = None
) -> Path:
    """Train by `nb_kafe_sm.cfg` and return the folder of the best checkpoint, `work/model-best`.

    `vectors` is the folder of `vectors.train_vectors`; without it the pipeline has none. `overrides` are
    dotted settings of the configuration, e.g. `{"training.max_steps": 200}`. Every evaluation saves, so
    that an interrupted run leaves a usable model.
    """
    settings: dict = {"components.tok2vec.model.embed.layer.include_static_vectors": vectors is not None}
    if vectors is not None:
        settings["paths.vectors"] = str(vectors)
    return _train(CONFIG, write_corpora(treebank, work), work, settings | (overrides or {}))


def anneal(model: Path, treebank: Path, work: Path, *, overrides: dict | None = None) -> Path:
    """Train `model` on with a learning rate that falls to zero; return the folder of the best checkpoint.

    Four fifths of the development documents are read as well: theirs are the only tags given by hand.
    Every fifth is kept for measuring.
    """
    vocab = spacy.blank("nb").vocab
    train, dev = (list(DocBin().from_disk(path).get_docs(vocab)) for path in write_corpora(treebank, work))
    kept = dev[KEPT - 1 :: KEPT]
    seen = [doc for index, doc in enumerate(dev) if index % KEPT != KEPT - 1]
    DocBin(docs=train + seen).to_disk(work / "train.spacy")
    DocBin(docs=kept).to_disk(work / "dev.spacy")
    nlp = spacy.load(model)
    lemmatizer: Any = nlp.get_pipe("trainable_lemmatizer")
    lemmatizer.tree2label = {tree: label for label, tree in enumerate(lemmatizer.labels)}
    config = nlp.config
    config["paths"].update(train=str(work / "train.spacy"), dev=str(work / "dev.spacy"))
    config["training"].update(max_steps=ANNEALING_STEPS)
    config["training"]["optimizer"]["learn_rate"].update(
        warmup_steps=100, total_steps=ANNEALING_STEPS, initial_rate=0.0006
    )
    config["training"]["batcher"]["size"].update(start=1000, stop=1200)
    nlp.config = config.merge(overrides or {})
    train_loop(nlp, work)
    return work / "model-best"


def train_yardstick(treebank: Path, work: Path, *, overrides: dict | None = None) -> Path:
    """Train a model of spaCy's "efficiency" kind on Bokmål alone, to measure ours against; return its folder."""
    return _train(YARDSTICK, write_corpora(treebank, work, STANDARDS[:1]), work, overrides or {})


def _train(name: str, corpora: tuple[Path, Path], work: Path, settings: dict) -> Path:
    paths = {"paths.train": str(corpora[0]), "paths.dev": str(corpora[1])}
    with resources.as_file(resources.files("kafe.language.training") / name) as path:
        config = load_config(path, overrides=paths | settings, interpolate=False)
    nlp = init_nlp(config)
    train_loop(nlp, work)
    return work / "model-best"


def train_all(treebank: Path, corpus: Path, work: Path, target: Path) -> dict:
    """Train everything from plain text and treebank, save it as package data, return the scores."""
    work.mkdir(parents=True, exist_ok=True)
    text = work / "text.txt"
    write_text(corpus, treebank, text)
    model = train_pipeline(treebank, work / "pipeline", train_vectors(text, work))
    annealed = anneal(model, treebank, work / "annealed")
    return write_package_data(model, annealed, treebank, capital_shares(text, SELDOM), target)


def write_package_data(
    measured: Path, shipped: Path, treebank: Path, capitals: Mapping[str, float], target: Path
) -> dict:
    """Add what is looked up to `shipped` and save it to `target` with scores; return them by standard.

    The scores are those of `measured`, which has not read the development part, with the same additions.
    The sentence model is fitted on that part; its own score there is therefore cross-validated.
    `capitals` are shares as `vectors.capital_shares` gives them.
    """
    mapping = ud_mapping(treebank)
    train = {
        standard: [mapping(sentence) for sentence in read_conll(treebank / f"ndt-train-{standard}.conll")]
        for standard in STANDARDS
    }
    files = {standard: treebank / f"ud-dev-{standard}.conllu" for standard in STANDARDS}
    nlp = spacy.load(measured)
    parts = {standard: _predicted(nlp, path) for standard, path in files.items()}
    components: tuple[TableComponent, ...] = (
        fit_boundaries([example for standard in STANDARDS for example in parts[standard]], capitals),
        EntityCorrections(
            capitals, known_names(sentence for standard in STANDARDS for sentence in train[standard])
        ),
        learn_lexicon(train),
    )
    complete(nlp, components)
    scores = {
        standard: evaluate_conllu(nlp, path) | {"sentence_f": cross_validated(parts, standard, capitals)}
        for standard, path in files.items()
    }
    nlp = spacy.load(shipped)
    complete(nlp, components)
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])
    nlp.meta.update(
        name="kafe_sm",
        version=VERSION,
        description="Bokmål and Nynorsk: morphology, lemmas, sentence boundaries and names.",
        license="CC0-1.0",
        sources=SOURCES,
        performance={},
    )
    nlp.to_disk(target)
    (target / "scores.json").write_text(
        json.dumps({"part": "development, before annealing", **scores}, indent=2) + "\n", encoding="utf-8"
    )
    (target / "README.md").write_text(model_card(scores), encoding="utf-8")
    return scores


def complete(nlp: Language, components: tuple[TableComponent, ...]) -> None:
    """Add the components that look up, in the order sentences, names, forms."""
    for (name, after), component in zip(LOOKED_UP, components, strict=True):
        added: Any = nlp.add_pipe(name, after=after)
        added.from_bytes(component.to_bytes())


def fit_boundaries(examples: Iterable[Example], capitals: Mapping[str, float]) -> SentenceBoundaries:
    """Return the sentence model of predicted documents beside their references."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    reader = SentenceBoundaries({}, capitals)
    rows = [
        (features, bool(example.reference[index].is_sent_start))
        for example in examples
        for index, features in reader.candidates(example.predicted)
    ]
    starts = [start for _, start in rows]
    if len(set(starts)) < 2:
        return SentenceBoundaries(NEVER, capitals)
    vectorizer = DictVectorizer(sparse=False)
    model = LogisticRegression(C=REGULARISATION, solver="liblinear", random_state=0)
    model.fit(vectorizer.fit_transform([features for features, _ in rows]), starts)
    weights = dict(zip(vectorizer.feature_names_, model.coef_[0].round(4).tolist(), strict=True))
    return SentenceBoundaries({**weights, "": round(float(model.intercept_[0]), 4)}, capitals)


def cross_validated(
    parts: Mapping[str, list[Example]], standard: str, capitals: Mapping[str, float], folds: int = 5
) -> float:
    """Return the F of sentence boundaries in `standard`, each fold's by a model of the other folds."""
    scored = []
    for fold in range(folds):
        inside = {name: _fold(examples, fold, folds) for name, examples in parts.items()}
        others = [
            example
            for name, examples in parts.items()
            for index, example in enumerate(examples)
            if index not in inside[name]
        ]
        model = fit_boundaries(others, capitals)
        for index in inside[standard]:
            example = parts[standard][index]
            scored.append(Example(model(example.predicted.copy()), example.reference))
    return round(Scorer().score_spans(scored, "sents", getter=lambda doc, _: doc.sents)["sents_f"], 4)


def _fold(examples: Sequence[Example], fold: int, folds: int) -> range:
    size = len(examples)
    return range(fold * size // folds, (fold + 1) * size // folds)


def _predicted(nlp: Language, path: Path) -> list[Example]:
    """Return the file's documents as predicted on gold tokens, beside themselves."""
    gold = list(documents(read_conll(path), nlp.vocab, spacing_known=True))
    blank = (
        Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc]) for doc in gold
    )
    return [Example(found, doc) for found, doc in zip(nlp.pipe(blank), gold, strict=True)]


def model_card(scores: dict[str, dict]) -> str:
    """Return the model card: what the pipeline is, what it was trained on, its scores, its weaknesses."""
    rows = [
        f"| {name} | " + " | ".join(_shown(scores[standard][key]) for standard in STANDARDS) + " |"
        for name, key in CARD_ROWS
    ]
    people = " | ".join(_shown(scores[standard]["entities"].get("PER")) for standard in STANDARDS)
    template = resources.files("kafe.language.training").joinpath("model_card.md").read_text(encoding="utf-8")
    return template.replace("{rows}", "\n".join([*rows, f"| persons, F | {people} |"]))


def _shown(score: float | None) -> str:
    return "–" if score is None else f"{score:.3f}"
