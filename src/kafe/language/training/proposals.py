"""The training recipe of problem or proposal, from labelled notes to `proposals.npz`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kafe.language.models import load_pipeline, resolve_model
from kafe.language.proposals import KINDS, LETTERS, features

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRENGTH = 2.0
"""C of the logistic regression, by cross-validation."""
FOLDS = 5
SLOPES = np.linspace(0.4, 2.0, 33)


def labelled(path: Path) -> tuple[list[str], list[int]]:
    """Return texts and the place of each one's kind in KINDS; a line is P, T, B or O, a tab and a note."""
    letters = [LETTERS[kind] for kind in KINDS]
    rows = [
        line.split("\t", 1)
        for line in path.read_text(encoding="utf-8").splitlines()
        if line[:1] not in ("", "#")
    ]
    return [text for _, text in rows], [letters.index(letter) for letter, _ in rows]


def train_proposals(file: Path, held_out: Path, target: Path) -> dict[str, float]:
    """Train on the labelled notes, save the weights, return figures by cross-validation and on notes held out."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    nlp = load_pipeline(resolve_model("auto"))
    texts, labels = labelled(file)
    rows, wanted = features(list(nlp.pipe(texts))), np.array(labels)
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    scores = cross_val_predict(model, rows, wanted, cv=folds, method="decision_function")
    slope = float(SLOPES[np.argmin([_loss(scores * slope, wanted) for slope in SLOPES])])
    model.fit(rows, wanted)
    np.savez_compressed(
        target,
        weights=model.coef_.T.astype(np.float16),
        bias=model.intercept_.astype(np.float32),
        slope=np.float32(slope),
    )
    unseen, truth = labelled(held_out)
    found = features(list(nlp.pipe(unseen))) @ model.coef_.T.astype(np.float16) + model.intercept_
    return {"slope": slope} | _figures("folds", scores, wanted) | _figures("held out", found, np.array(truth))


def _figures(name: str, scores: NDArray[np.float64], wanted: NDArray[np.int64]) -> dict[str, float]:
    from sklearn.metrics import accuracy_score, cohen_kappa_score

    found = scores.argmax(axis=1)
    return {
        f"{name}: notes": len(wanted),
        f"{name}: accuracy": round(float(accuracy_score(wanted, found)), 3),
        f"{name}: kappa": round(float(cohen_kappa_score(wanted, found)), 3),
    }


def _loss(scores: NDArray[np.float64], wanted: NDArray[np.int64]) -> float:
    """Return the mean negative log-likelihood of the labels."""
    moved = scores - scores.max(axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(moved).sum(axis=1)) - moved[np.arange(len(wanted)), wanted]))
