"""Learning curves of the suggesting model, its figures on the constructed example, and its time.

    python benchmarks/learning.py                     all; the example is run in a copy first
    python benchmarks/learning.py --project FOLDER    a project where `kafe run` has been run
    python benchmarks/learning.py --only norsid       one part: example, cafes, curve, norsid or time
    python benchmarks/learning.py --seeds 3

`norsid` needs NorSID's development part (../shared/eval/norsid-dev.conll), and is left out without it.
Labels are bought ten at a time; what is asked is how many it takes to reach the macro-F1 that random order
with TF-IDF alone reaches (target: at most 60 %). Means over seeds; each seed is another split.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score
from threadpoolctl import threadpool_limits

from kafe.codebook.reader import load_codebook
from kafe.flow import Project
from kafe.records import Codebook, Coding, Unit
from kafe.suggestions.evaluation import learning_curve
from kafe.suggestions.judgements import Judgements, citable_notes, judge
from kafe.suggestions.labelled import read_labelled
from kafe.suggestions.learning import CUT, FOLDS, Lesson, codes_to_learn, few_shot, fold_of, learn
from kafe.suggestions.model import PENALTY, WORTH, CodebookPrior, Correction
from kafe.suggestions.order import doubt, next_notes
from kafe.suggestions.quality import code_rows
from kafe.suggestions.space import Space, normal

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"
NORSID = ROOT.parent / "shared" / "eval" / "norsid-dev.conll"
STEP, MOST = 10, 200
LEVELS = (50, 100, 150, 200)
FEWEST_SENTENCES = 6
"""Intents with fewer different sentences cannot be split into train and test."""

Rows = NDArray[np.float64]
Score = Callable[[list[int]], Rows]
"""From places of the bought labels to a score for every text and class."""


# The constructed example


class Example:
    """Units, codings, marks and codebook of a project where the stages have run."""

    def __init__(self, project: Path):
        tables = Project(project).tables
        self.codebook: Codebook = load_codebook(project / "data" / "coded" / "kodebok.yaml")
        self.codes = codes_to_learn(self.codebook)
        self.units = sorted(
            (Unit(row["note_id"], row["start"], row["end"], row["text"]) for row in tables.units.units),
            key=lambda unit: (unit.note_id, unit.start),
        )
        self.codings = [Coding(**row) for row in tables.coding.codings]
        self.finished = [(mark[0], mark[1]) for mark in tables.coding.finished]
        self.notes = tables.notes.notes
        self.questions = {note["id"]: note["question"] for note in self.notes}
        self.people = judge(self.codings, self.finished, self.units, [code.id for code in self.codes])


def ready(project: Path | None, folder: Path) -> Path:
    """Return a project whose stages have run: the given one, or a copy of the example."""
    if project is not None:
        return project
    from bench import copy_project

    copy_project(folder)
    subprocess.run(
        [sys.executable, "-m", "kafe", "run", "--project", str(folder)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return folder


def quality(example: Example) -> None:
    """Print the cross-validated figures, those of the admitted codes chosen without the fold, and plain models'."""
    people, codes = example.people, example.codes
    lesson = Lesson(example.units, people, example.codebook, codes, example.questions, 1)
    yes, asked = people.counts()
    rows = code_rows(codes, people, lesson.chances, CUT)
    states = defaultdict(int)
    for row in rows:
        states[row.state] += 1
    print(f"example: {int((asked > 0).any(1).sum())} judged units, {len(codes)} codes; {dict(states)}")
    hit = lesson.chances >= CUT
    print("  all codes      " + _prf(hit, yes, asked))
    kept = np.array([row.state == "used" for row in rows])
    print("  codes used     " + _prf(hit[:, kept], yes[:, kept], asked[:, kept]))
    fold = np.array([fold_of(unit.note_id, 1) for unit in example.units])
    allowed = np.zeros_like(hit)
    for number in range(FOLDS):
        other = fold != number
        known = {who: known & other[:, None] for who, known in people.known.items()}
        without = code_rows(
            codes, Judgements(people.said, known, people.settled, people.shape), lesson.chances, CUT
        )
        allowed[~other] = [row.state == "used" for row in without]
    print("  chosen without the fold " + _prf(hit & allowed, yes, asked))
    both = [row for row in rows if row.human_f1 is not None and row.state == "used"]
    print(
        f"  codes used, means: model F1 {np.mean([row.f1 for row in both]):.2f},"
        f" people F1 {np.mean([row.human_f1 for row in both]):.2f};"
        f" alpha {np.mean([row.alpha for row in both]):.2f}, people {np.mean([row.human_alpha for row in both]):.2f}"
    )
    bins = np.minimum((lesson.chances * 10).astype(int), 9)
    gap = sum(
        abs((lesson.chances * asked)[bins == one].sum() - yes[bins == one].sum()) for one in range(10)
    ) / max(asked.sum(), 1)
    print(
        f"  calibration: expected error {gap:.4f} over 10 bins (share of yes {yes.sum() / asked.sum():.4f})"
    )
    for name, chances in _plain_models(example, fold).items():
        print(f"  {name:46} mean average precision {_mean_ap(chances, yes, asked):.3f}")
    print(f"  {'the model':46} mean average precision {_mean_ap(lesson.chances, yes, asked):.3f}")


def _prf(hit: Rows, yes: Rows, asked: Rows) -> str:
    right, said, wanted = (yes * hit).sum(), (asked * hit).sum(), yes.sum()
    precision, recall = right / max(said, 1), right / max(wanted, 1)
    f1 = 2 * right / max(said + wanted, 1)
    return f"precision {precision:.2f}, recall {recall:.2f}, F1 {f1:.2f}"


def _mean_ap(chances: Rows, yes: Rows, asked: Rows) -> float:
    judged = asked.any(1)
    truth = (2 * yes >= np.maximum(asked, 1))[judged]
    return float(
        np.mean(
            [
                average_precision_score(truth[:, place], chances[judged][:, place])
                for place in np.flatnonzero(truth.sum(0) > 4)
            ]
        )
    )


def _plain_models(example: Example, fold: NDArray[np.int_]) -> dict[str, Rows]:
    """Return chances of one-vs-rest logistic regression on the same folds: on TF-IDF, and on our vectors."""
    yes, asked = example.people.counts()
    judged = asked.any(1)
    truth = 2 * yes >= np.maximum(asked, 1)
    texts = [" ".join(normal(unit.text)) for unit in example.units]
    spaces = {
        "one-vs-rest logistic regression, TF-IDF": TfidfVectorizer(sublinear_tf=True).fit_transform(texts),
        "one-vs-rest logistic regression, our vectors": Space(
            [unit.text for unit in example.units], seed=1
        ).rows,
    }
    found = {}
    for name, vectors in spaces.items():
        chances = np.zeros(yes.shape)
        for number in range(FOLDS):
            train, test = judged & (fold != number), fold == number
            for place in np.flatnonzero(truth[train].sum(0)):
                model = LogisticRegression(C=10.0, solver="liblinear", random_state=1)
                model.fit(vectors[train], truth[train, place])
                chances[test, place] = model.predict_proba(vectors[test])[:, 1]
        found[name] = chances
    return found


# Learning curves


def cafes() -> None:
    """Print how suggestions on unread café notes do as notes are coded, half of the notes held out, 12 random orders.

    users and staff were chosen on; red and mixed were looked at once the choice was made.
    """
    for name in ("users", "staff", "red", "mixed"):
        labelled = read_labelled(
            DATA / f"cafe-{name}.csv", "text", "label", DATA / f"cafe-{name}-anchors.csv"
        )
        print(f"café {name}: {len(labelled.texts)} notes, {len(labelled.codebook.codes)} codes")
        for point in learning_curve(
            labelled.texts, labelled.labels, labelled.codebook, (0, 10, 20, 29, 30, 40, 50)
        ):
            print(
                f"  {point.size:3} coded: top-1 {point.top1:.2f}, precision {point.precision:.2f},"
                f" recall {point.recall:.2f}, {point.suggestions_per_note:.2f} suggestions a note"
            )


def bought(
    score: Score,
    pool: Sequence[int],
    order: str,
    vectors: Rows,
    seed: int,
    unsure: Callable[[Rows], Rows] = doubt,
) -> list[tuple[int, Rows]]:
    """Return, after each batch of labels, how many there are and the scores; `unsure` makes doubts of scores."""
    rng = np.random.default_rng(seed)
    have: list[int] = []
    scores: Rows | None = None
    points = []
    while len(have) < MOST:
        left = sorted(set(pool) - set(have))
        if not left:
            break
        if order == "random":
            new = [int(one) for one in rng.choice(left, min(STEP, len(left)), replace=False)]
        else:
            doubts = None if scores is None else unsure(scores)[left].tolist()
            names = [f"{one:06}" for one in left]
            new = [
                int(name)
                for name in next_notes(names, vectors[left], doubts, seed=seed, batch=STEP, first=STEP)[:STEP]
            ]
        have += new
        scores = score(have)
        points.append((len(have), scores))
    return points


def share_needed(curve: dict[int, float], base: dict[int, float], level: int) -> float | None:
    """Return labels that `curve` needs to reach what `base` has at `level`, as a share of `level`."""
    reached = [labels for labels, value in sorted(curve.items()) if value >= base[level]]
    return reached[0] / level if reached else None


def report(title: str, curves: dict[str, dict[int, float]], bases: Sequence[str]) -> None:
    print(title)
    levels = [level for level in LEVELS if level in curves[bases[0]]]
    print(f"  {'labels':46}" + "".join(f"{level:>7}" for level in (STEP, *levels)))
    for name, curve in curves.items():
        print(f"  {name:46}" + "".join(f"{curve[level]:7.3f}" for level in (STEP, *levels)))
    for base in bases:
        print(f"  labels needed for the same macro-F1 as {base}:")
        for name, curve in curves.items():
            if name != base:
                shares = [share_needed(curve, curves[base], level) for level in levels]
                print(f"  {name:46}" + "".join("   more" if one is None else f"{one:7.2f}" for one in shares))


def mean_curve(runs: Sequence[dict[int, float]]) -> dict[int, float]:
    return {labels: float(np.mean([run[labels] for run in runs if labels in run])) for labels in runs[0]}


def read_norsid() -> list[tuple[str, str, str]]:
    """Return (sentence, text, intent); the same sentence comes in several dialects."""
    rows: list[tuple[str, str, str]] = []
    about: dict[str, str] = {}
    for line in [*NORSID.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# "):
            key, _, value = line[2:].partition(" = ")
            about[key] = value.strip()
        elif not line.strip() and "intent" in about:
            rows.append((about["id"].partition("/")[0], about["text"], about["intent"]))
            about = {}
    sentences: dict[str, set[str]] = defaultdict(set)
    for sentence, _, intent in rows:
        sentences[intent].add(sentence)
    return [row for row in rows if len(sentences[row[2]]) >= FEWEST_SENTENCES]


def norsid(seeds: int) -> None:
    """Print the learning curves on NorSID's intents; a sentence's dialects are all in one part."""
    rows = read_norsid()
    intents = sorted({intent for _, _, intent in rows})
    truth = np.array([intents.index(intent) for _, _, intent in rows])
    sentence = np.array([row[0] for row in rows])
    texts = [text for _, text, _ in rows]
    ours, spelling = Space(texts, seed=1).rows, Space(texts, seed=1, meaning=0.0).rows
    plain = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True).fit_transform(
        [" ".join(normal(text)) for text in texts]
    )

    def ridge(vectors: Rows) -> Score:
        def score(have: list[int]) -> Rows:
            fits = np.eye(len(intents))[truth[have]]
            return plain_ridge(vectors, have, fits)

        return score

    def logistic(have: list[int]) -> Rows:
        model = LogisticRegression(C=10.0, max_iter=200).fit(plain[have], truth[have])
        scores = np.zeros((len(texts), len(intents)))
        scores[:, model.classes_] = model.predict_proba(plain)
        return scores

    systems: dict[str, tuple[Score, str, Rows]] = {
        "random order, TF-IDF": (ridge(spelling), "random", spelling),
        "random order, TF-IDF, logistic regression": (logistic, "random", spelling),
        "random order, embeddings too": (ridge(ours), "random", ours),
        "our order, TF-IDF": (ridge(spelling), "ours", spelling),
        "our order, embeddings too": (ridge(ours), "ours", ours),
    }
    curves = {}
    for name, (score, order, vectors) in systems.items():
        runs = []
        for seed in range(seeds):
            test = _held_out(truth, sentence, seed)
            pool = np.flatnonzero(~test).tolist()
            runs.append(
                {
                    labels: float(f1_score(truth[test], found[test].argmax(1), average="macro"))
                    for labels, found in bought(score, pool, order, vectors, seed)
                }
            )
        curves[name] = mean_curve(runs)
    title = f"NorSID development part: {len(texts)} texts of {len(set(sentence))} sentences, {len(intents)} intents"
    report(title, curves, list(systems)[:2])


def plain_ridge(vectors: Rows, have: Sequence[int], fits: Rows) -> Rows:
    """Return scores of all vectors from a ridge regression on some of them, without a codebook."""
    known, base = vectors[have], fits.mean(0)
    gram = known.T @ known + PENALTY * np.eye(vectors.shape[1])
    return vectors @ np.linalg.solve(gram, known.T @ (fits - base)) + base


def _held_out(truth: NDArray[np.int_], sentence: NDArray[np.str_], seed: int) -> NDArray[np.bool_]:
    """Return which texts are for testing: a third of each intent's sentences, two at least."""
    rng = np.random.default_rng(seed)
    chosen: set[str] = set()
    for intent in np.unique(truth):
        own = rng.permutation(np.unique(sentence[truth == intent]))
        chosen |= set(own[: max(2, len(own) // 3)].tolist())
    return np.isin(sentence, sorted(chosen))


def example_curve(example: Example, seeds: int) -> None:
    """Print the learning curves on the example: a label is a finished note, a third of the notes are for testing.

    Macro-F1 over codes that at least four judged units carry and the test part has, as many pairs taken as
    are true.
    """
    yes, asked = example.people.counts()
    judged = np.flatnonzero(asked.any(1))
    fits = (yes / np.maximum(asked, 1))[judged]
    truth = fits >= 0.5
    codes = np.flatnonzero(truth.sum(0) >= 4)
    rows: dict[str, list[int]] = defaultdict(list)
    for row, unit in enumerate(judged):
        rows[example.units[unit].note_id].append(row)
    notes = list(rows.values())
    texts, shots = few_shot(example.codes)
    everything = [example.units[unit].text for unit in judged] + texts
    spaces = {meaning: Space(everything, seed=1, meaning=meaning).rows for meaning in (0.0, 0.5)}

    def scorer(meaning: float, book: bool) -> Score:
        vectors = spaces[meaning]
        own_vectors = vectors[: len(judged)]
        before = CodebookPrior(vectors[len(judged) :], shots, own_vectors)(own_vectors)

        def score(have: list[int]) -> Rows:
            own = [row for note in have for row in notes[note]]
            if not book:
                return plain_ridge(own_vectors, own, fits[own])
            learnt = Correction(own_vectors[own], fits[own], before[own], [""] * len(own))
            return learnt(own_vectors, before, [""] * len(judged)) @ np.array(WORTH[1:])

        return score

    def unsure(scores: Rows) -> Rows:
        doubts = doubt(scores)
        return np.array([doubts[note].max() for note in notes])

    systems = {
        "random order, TF-IDF": (0.0, False, "random"),
        "random order, TF-IDF and codebook": (0.0, True, "random"),
        "random order, embeddings too": (0.5, False, "random"),
        "our order, embeddings too": (0.5, False, "ours"),
        "our order, embeddings and codebook": (0.5, True, "ours"),
    }
    curves = {}
    for name, (meaning, book, order) in systems.items():
        middle = np.array([spaces[meaning][note].mean(0) for note in notes])
        runs = []
        for seed in range(seeds):
            shuffled = np.random.default_rng(seed).permutation(len(notes)).tolist()
            cut = len(notes) // 3
            test = [row for note in shuffled[:cut] for row in notes[note]]
            runs.append(
                {
                    labels: _break_even(scores[test][:, codes], truth[test][:, codes])
                    for labels, scores in bought(
                        scorer(meaning, book), shuffled[cut:], order, middle, seed, unsure
                    )
                }
            )
        curves[name] = mean_curve(runs)
    title = f"constructed example: {len(notes)} notes finished by people, {len(codes)} codes"
    report(title, curves, list(systems)[:2])


def _break_even(scores: Rows, truth: NDArray[np.bool_]) -> float:
    """Return macro-F1 over the codes that occur, when as many pairs are taken as are true."""
    hit = scores >= np.sort(scores.ravel())[-int(truth.sum())]
    here = np.flatnonzero(truth.any(0))
    return float(np.mean([f1_score(truth[:, place], hit[:, place], zero_division=0) for place in here]))


# Time


def seconds(example: Example, notes: int = 2000) -> None:
    """Print what learning takes with so many notes: the example's, repeated with their words shuffled."""
    rng = np.random.default_rng(1)
    units, finished, codings = list(example.units), list(example.finished), list(example.codings)
    questions = dict(example.questions)
    turn = 0
    while len(questions) < notes:
        turn += 1
        for unit in example.units:
            note_id = f"{unit.note_id}-{turn}"
            if note_id not in questions and len(questions) >= notes:
                continue
            questions[note_id] = example.questions[unit.note_id]
            words = " ".join(rng.permutation(unit.text.split()).tolist()).ljust(unit.end - unit.start)
            units.append(Unit(note_id, unit.start, unit.end, words))
    codes = [code.id for code in example.codes]
    units.sort(key=lambda unit: (unit.note_id, unit.start))
    for warm in (True, False):
        own = units[:200] if warm else units
        begun, used = time.perf_counter(), time.process_time()
        people = judge(codings, finished, own, codes)
        found = learn(own, people, example.codebook, questions=questions, may_cite=citable_notes(finished))
    print(
        f"time: {len(questions)} notes, {len(units)} units, {len(found.suggestions)} suggestions:"
        f" {time.perf_counter() - begun:.1f} s, {time.process_time() - used:.1f} s of one core (target: under 5)"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--project", type=Path)
    parser.add_argument("--only", choices=["example", "cafes", "curve", "norsid", "time"])
    parser.add_argument("--seeds", type=int, default=5)
    chosen = parser.parse_args()

    def wanted(part: str) -> bool:
        return chosen.only in (None, part)

    with threadpool_limits(1), tempfile.TemporaryDirectory() as folder:
        if wanted("cafes"):
            cafes()
        if chosen.only not in ("norsid", "cafes"):
            example = Example(ready(chosen.project, Path(folder) / "project"))
            if wanted("example"):
                quality(example)
            if wanted("time"):
                seconds(example)
            if wanted("curve"):
                example_curve(example, chosen.seeds)
        if wanted("norsid") and NORSID.exists():
            norsid(chosen.seeds)


if __name__ == "__main__":
    main()
