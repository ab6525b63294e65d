"""Calibrated counts on the example's coded notes: error and coverage when only some of them are read.

    python benchmarks/counts.py                     the example is run in a copy first
    python benchmarks/counts.py --project FOLDER    a project where `kafe run` has been run
    python benchmarks/counts.py --draws 3

In each draw some of the notes that the first coder, or two coders, finished are read, the others are not, and
counts of all of them are held against what people gave. `scaled`: people's share, scaled up. `simulated`: what
people gave is drawn anew from the model's own chances, so that the chances are right.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np
from learning import Example, ready
from scipy.stats import spearmanr
from threadpoolctl import threadpool_limits

from kafe.suggestions.counts import code_counts
from kafe.suggestions.judgements import Judgements
from kafe.suggestions.learning import Lesson

SIZES = (30, 60, 100, 160)


def measure(title: str, example: Example, coders: list[str], draws: int, *, simulated: bool = False) -> None:
    """Print the mean error a code and the coverage of the intervals, over draws."""
    known = np.all([example.people.known[who] for who in coders], axis=0)
    rows = np.flatnonzero(known.all(1))
    units = [example.units[row] for row in rows]
    said = {who: example.people.said[who][rows] for who in coders[:1]}
    names = [code.id for code in example.codes]
    notes = sorted({unit.note_id for unit in units})
    of = np.array([unit.note_id for unit in units])
    where = {one["id"]: f"{one['session']}:{one['table']}" for one in example.notes if one["table"]}
    space = None

    def people(own: dict, read: np.ndarray) -> Judgements:
        mask = np.repeat(np.isin(of, read)[:, None], len(names), axis=1)
        shape = (len(units), len(names))
        return Judgements(
            {who: one & mask for who, one in own.items()},
            dict.fromkeys(own, mask),
            np.zeros(shape, bool),
            shape,
        )

    print(f"{title}: {len(notes)} notes, {draws} draws")
    everything = Lesson(units, people(said, np.array(notes)), example.codebook, example.codes, {}, 1)
    space = everything.space
    for size in SIZES:
        if size >= len(notes):
            continue
        errors, plain, ranks, inside, rare, width = [], [], [], [], [], []
        for draw in range(draws):
            rng = np.random.default_rng((1, draw, size))
            own = {"a": rng.random(everything.chances.shape) < everything.chances} if simulated else said
            all_read = people(own, np.array(notes))
            truth = np.array(
                [one.read for one in code_counts(names, units, all_read, everything.chances, drawn=True)]
            )
            read = people(own, rng.permutation(notes)[:size])
            lesson = Lesson(units, read, example.codebook, example.codes, example.questions, 1, space)
            found = code_counts(names, units, read, lesson.chances, drawn=True, clusters=where)
            estimate = np.array([one.estimate for one in found])
            scaled = np.array([one.read for one in found]) * len(notes) / size
            errors.append(np.abs(estimate - truth).mean())
            plain.append(np.abs(scaled - truth).mean())
            ranks.append(spearmanr(estimate, truth)[0])
            ok = np.array([one.low <= true <= one.high for one, true in zip(found, truth, strict=True)])
            inside.append(ok[truth >= 5].mean())
            rare.append(ok[truth < 5].mean())
            width.append(np.mean([one.high - one.low for one in found]))
        print(
            f"  {size:3} read: error {np.mean(errors):.2f} (scaled {np.mean(plain):.2f}), rank {np.mean(ranks):.2f},"
            f" coverage {np.mean(inside):.2f}, of rare codes {np.mean(rare):.2f}, width {np.mean(width):.1f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--project", type=Path)
    parser.add_argument("--draws", type=int, default=12)
    chosen = parser.parse_args()
    with threadpool_limits(1), tempfile.TemporaryDirectory() as folder:
        example = Example(ready(chosen.project, Path(folder) / "project"))
        coders = sorted(example.people.known)[:2]
        measure("one coder", example, coders[:1], chosen.draws)
        measure("double-coded notes", example, coders, chosen.draws)
        measure("simulated", example, coders[:1], chosen.draws, simulated=True)


if __name__ == "__main__":
    main()
