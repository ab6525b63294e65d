"""The training recipe of the Bokmål/Nynorsk classifier, from a treebank folder to `nb_nn.npz`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kafe.language.identify import FEATURES, vectorize
from kafe.language.training.treebank import STANDARDS, Sentence, read_conll

STRENGTH = 100.0
"""How much the data count against the penalty on large weights (C of a logistic regression)."""
ITERATIONS = 300
SHORTEST = 2
PIECES = (5, 3)
"""Beside whole, half and quarter sentences: pieces of so many words, as notes are short."""


def train_identifier(treebank: Path, target: Path, *, iterations: int = ITERATIONS) -> dict[str, float]:
    """Train the classifier, save its float16 weights to `target`, return accuracy on the development parts.

    Keys: `five words or more`, `three to four words` (whole sentences of so many words), and `three words
    of a sentence`, `four words of a sentence` (cut from longer sentences); abstentions are not allowed.
    """
    texts: list[str] = []
    labels: list[int] = []
    for label, standard in enumerate(STANDARDS):
        for sentence in read_conll(treebank / f"ndt-train-{standard}.conll"):
            pieces = list(_pieces([word.form for word in sentence]))
            texts += pieces
            labels += [label] * len(pieces)
    weights, bias = fit(vectorize(texts), labels, iterations=iterations)
    np.savez_compressed(target, weights=weights.astype(np.float16), bias=np.float32(bias))
    return _accuracy(treebank, weights.astype(np.float16).astype(np.float32), bias)


def _pieces(words: Sequence[str]) -> Iterator[str]:
    for size in sorted({len(words), len(words) // 2, len(words) // 4, *PIECES}):
        if SHORTEST <= size <= len(words) or size == len(words):
            for start in range(0, len(words) - size + 1, size):
                yield " ".join(words[start : start + size])


def fit(rows: csr_matrix, labels: Sequence[int], *, iterations: int = ITERATIONS) -> tuple[np.ndarray, float]:
    """Return weights and bias of a logistic regression with a quadratic penalty, found by L-BFGS."""
    signs = np.where(np.asarray(labels) > 0, 1, -1).astype(np.float32)
    columns = rows.T.tocsr()

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        weights = point[:-1].astype(np.float32)
        margins = signs * (rows @ weights + np.float32(point[-1]))
        slope = -signs * STRENGTH / (1 + np.exp(np.clip(margins, -30, 30)))
        value = STRENGTH * np.logaddexp(0, -margins).sum() + 0.5 * (weights @ weights)
        return float(value), np.append(columns @ slope + weights, slope.sum()).astype(np.float64)

    options = {"maxiter": iterations, "maxfun": iterations + 20}
    found = minimize(loss, np.zeros(FEATURES + 1), jac=True, method="L-BFGS-B", options=options).x
    return found[:-1], float(found[-1])


def _accuracy(treebank: Path, weights: np.ndarray, bias: float) -> dict[str, float]:
    development = [
        (label, sentence)
        for label, standard in enumerate(STANDARDS)
        for sentence in read_conll(treebank / f"ud-dev-{standard}.conllu")
    ]
    words = [(label, _words(sentence), sentence) for label, sentence in development]
    sets = {
        "five words or more": [(label, _text(s)) for label, found, s in words if len(found) >= 5],
        "three to four words": [(label, _text(s)) for label, found, s in words if 3 <= len(found) <= 4],
        "three words of a sentence": [(label, " ".join(f[2:5])) for label, f, _ in words if len(f) >= 8],
        "four words of a sentence": [(label, " ".join(f[2:6])) for label, f, _ in words if len(f) >= 8],
    }
    accuracy = {}
    for name, rows in sets.items():
        if rows:
            scores = vectorize([text for _, text in rows]) @ weights + bias
            right = (scores > 0) == np.array([bool(label) for label, _ in rows])
            accuracy[name] = round(float(right.mean()), 4)
    return accuracy


def _words(sentence: Sentence) -> list[str]:
    return [word.form for word in sentence if word.form.isalpha()]


def _text(sentence: Sentence) -> str:
    return " ".join(word.form for word in sentence)
