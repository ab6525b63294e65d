"""Score a pipeline on newspaper text and on the annotated notes, side by side, and print one table.

    python benchmarks/language.py                      nb_kafe_sm; newspaper text from ../shared/treebank
    python benchmarks/language.py --model FOLDER       another pipeline
    python benchmarks/language.py --treebank FOLDER    where ud-dev-nob.conllu and ud-dev-nno.conllu lie
    python benchmarks/language.py --confusions 25      also the most frequent mistakes on the notes
    python benchmarks/language.py --yardstick FOLDER   a model to measure speed beside
    python benchmarks/language.py --json               the figures as JSON

The notes are never trained on, so they may be used to choose between models. `drop` is newspaper less
notes of the same written standard, in points; dialect-near notes are held against Nynorsk. A pipeline that
has a `scores.json` (ours) is not scored on newspaper text again: it has read most of it since.

Speed is words a second of processor time on one core, whole pipelines on the same texts in turn, beside the
yardstick: spaCy's "efficiency" kind (`kafe language train-yardstick`), or, where none is given, one of the
same size that has learnt nothing (its names cost less, so ours looks slower than it is).
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

import kafe.language
from kafe.language.models import load_pipeline, pipeline_identity, resolve_model
from kafe.language.training.evaluate import evaluate_conllu, gold_documents, predictions, read_notes
from kafe.language.training.treebank import read_conll

ROOT = Path(__file__).parent.parent
NOTES = ROOT / "tests" / "data" / "notes"
TREEBANK = Path(os.environ.get("TREEBANK") or ROOT.parent / "shared" / "treebank")
NEWSPAPER = {"nb": "ud-dev-nob.conllu", "nn": "ud-dev-nno.conllu"}
PARTS = {"nb": "nb", "nn": "nn", "dialekt": "nn"}
"""File of notes → the newspaper text it is held against."""
TARGETS = {"pos": 3.0, "lemma": 4.0}
"""At most so many points lower on notes."""
MEASURES = ("pos", "lemma", "morph", "sentence_f", "unit_f", "entity_f", "PER")


def measure(nlp: Language, path: Path) -> dict[str, float | int | None]:
    """Return the measures of one file, None where the file cannot tell."""
    scores = evaluate_conllu(nlp, path)
    found = {key: scores.get(key) for key in MEASURES}
    return found | {"PER": scores["entities"].get("PER"), "tokens": scores["tokens"]}


def yardstick(folder: Path | None) -> Language:
    """Return the model in the folder, or an untrained one of the same architecture."""
    if folder is not None:
        return spacy.load(folder)
    path = Path(kafe.language.__file__).parent / "training/yardstick.cfg"
    nlp = spacy.util.load_model_from_config(spacy.util.load_config(path), auto_fill=True)
    gold = [doc for part in PARTS for doc in gold_documents(nlp, read_conll(NOTES / f"{part}.conllu"), [])]
    blank = [Doc(nlp.vocab, words=[token.text for token in doc]) for doc in gold]
    nlp.initialize(lambda: [Example(*pair) for pair in zip(blank, gold, strict=True)])
    return nlp


def words_a_second(nlps: dict[str, Language], rounds: int = 3) -> dict[str, float]:
    """Return the median speed of each pipeline on the notes, the pipelines taking turns."""
    texts = [note.text for part in PARTS for note in read_notes(NOTES / f"{part}.conllu")] * 4
    found: dict[str, list[float]] = {name: [] for name in nlps}
    for _ in range(rounds + 1):
        for name, nlp in nlps.items():
            start = time.process_time()
            words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
            found[name].append(words / (time.process_time() - start))
    return {name: statistics.median(speeds[1:]) for name, speeds in found.items()}


def newspaper(nlp: Language, treebank: Path) -> dict[str, dict]:
    """Return the rows of newspaper text: the scores kept with the pipeline, or measured now."""
    kept = (nlp.path or Path()) / "scores.json"
    if kept.is_file():
        scores = json.loads(kept.read_text(encoding="utf-8"))
        return {
            f"newspaper {standard}": {key: part.get(key) for key in MEASURES}
            | {"PER": part["entities"].get("PER"), "tokens": part["tokens"]}
            for standard, part in (("nb", scores["nob"]), ("nn", scores["nno"]))
        }
    if not treebank.is_dir():
        print(f"newspaper text left out: no folder {treebank}", file=sys.stderr)
        return {}
    return {f"newspaper {standard}": measure(nlp, treebank / file) for standard, file in NEWSPAPER.items()}


def confusions(nlp: Language, path: Path) -> dict[str, Counter]:
    """Return what was taken for what on a file of notes: tags, lemmas (tag right) and name labels."""
    found: dict[str, Counter] = {"pos": Counter(), "lemma": Counter(), "names": Counter()}
    for example in predictions(nlp, gold_documents(nlp, read_conll(path), read_notes(path))):
        for said, right in zip(example.predicted, example.reference, strict=True):
            if said.pos_ != right.pos_:
                found["pos"][f"{right.pos_} → {said.pos_}"] += 1
            elif said.lemma_ != right.lemma_:
                found["lemma"][f"{right.text} ({right.lemma_}) → {said.lemma_}"] += 1
            if said.ent_type_ != right.ent_type_:
                found["names"][f"{right.ent_type_ or 'O'} → {said.ent_type_ or 'O'}"] += 1
    return found


def cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default="nb_kafe_sm")
    parser.add_argument("--treebank", type=Path, default=TREEBANK)
    parser.add_argument("--confusions", type=int, default=0, metavar="N")
    parser.add_argument("--yardstick", type=Path, default=None)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    nlp = load_pipeline(resolve_model(chosen.model))
    rows = newspaper(nlp, chosen.treebank)
    for part in PARTS:
        rows[f"notes {part}"] = measure(nlp, NOTES / f"{part}.conllu")
    drops = {
        part: {
            key: round(100 * (rows[f"newspaper {standard}"][key] - rows[f"notes {part}"][key]), 1)
            for key in TARGETS
        }
        for part, standard in PARTS.items()
        if f"newspaper {standard}" in rows
    }
    speed = words_a_second({"ours": nlp, "yardstick": yardstick(chosen.yardstick)})
    if chosen.json:
        answer = {"model": pipeline_identity(nlp), "scores": rows, "drop": drops, "words_a_second": speed}
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    print(f"| {pipeline_identity(nlp)} | tokens | {' | '.join(MEASURES)} |")
    print("|---|---:|" + "---:|" * len(MEASURES))
    for name, found in rows.items():
        print(f"| {name} | {found['tokens']:,} | {' | '.join(cell(found[key]) for key in MEASURES)} |")
    for part, points in drops.items():
        said = ", ".join(f"{key} {points[key]:+.1f} (goal at most {most:g})" for key, most in TARGETS.items())
        print(f"drop to notes {part}, points: {said}")
    print(
        f"{speed['ours']:,.0f} words a second, {speed['ours'] / speed['yardstick']:.2f} of the yardstick's"
        f"{'' if chosen.yardstick else ' (untrained)'}"
    )
    if chosen.confusions:
        for part in PARTS:
            for kind, counts in confusions(nlp, NOTES / f"{part}.conllu").items():
                listed = ", ".join(f"{what} {n}" for what, n in counts.most_common(chosen.confusions))
                print(f"\n{part}, {kind}, right → said: {listed}")


if __name__ == "__main__":
    main()
