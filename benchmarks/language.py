"""Score a pipeline on newspaper text and on the annotated notes, side by side, and print one table.

    python benchmarks/language.py                      nb_kafe_sm; newspaper text from ../shared/treebank
    python benchmarks/language.py --model FOLDER       another pipeline
    python benchmarks/language.py --treebank FOLDER    where ud-dev-nob.conllu and ud-dev-nno.conllu lie
    python benchmarks/language.py --confusions 25      also the most frequent mistakes on the notes
    python benchmarks/language.py --json               the figures as JSON

The notes are never trained on, so they may be used to choose between models. `drop` is newspaper less
notes of the same written standard, in points; dialect-near notes are held against Nynorsk.
"""

import argparse
import json
import os
import sys
from collections import Counter
from pathlib import Path

from spacy.language import Language

from kafe.language import load_pipeline, pipeline_identity, resolve_model
from kafe.language.evaluate import evaluate_conllu, gold_documents, predictions, read_notes
from kafe.language.treebank import read_conll

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
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    nlp = load_pipeline(resolve_model(chosen.model))
    rows: dict[str, dict] = {}
    if chosen.treebank.is_dir():
        for standard, name in NEWSPAPER.items():
            rows[f"newspaper {standard}"] = measure(nlp, chosen.treebank / name)
    else:
        print(f"newspaper text left out: no folder {chosen.treebank}", file=sys.stderr)
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
    if chosen.json:
        answer = {"model": pipeline_identity(nlp), "scores": rows, "drop": drops}
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    print(f"| {pipeline_identity(nlp)} | tokens | {' | '.join(MEASURES)} |")
    print("|---|---:|" + "---:|" * len(MEASURES))
    for name, found in rows.items():
        print(f"| {name} | {found['tokens']:,} | {' | '.join(cell(found[key]) for key in MEASURES)} |")
    for part, points in drops.items():
        said = ", ".join(f"{key} {points[key]:+.1f} (goal at most {most:g})" for key, most in TARGETS.items())
        print(f"drop to notes {part}, points: {said}")
    if chosen.confusions:
        for part in PARTS:
            for kind, counts in confusions(nlp, NOTES / f"{part}.conllu").items():
                listed = ", ".join(f"{what} {n}" for what, n in counts.most_common(chosen.confusions))
                print(f"\n{part}, {kind}, right → said: {listed}")


if __name__ == "__main__":
    main()
