"""Which written standard a note is in: Bokmål, Nynorsk, or not certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

WEIGHTS = "nb_nn.npz"
FEATURES = 2**17
LONGEST = 5
UNCERTAIN = "usikker"
MARGIN = 1.0
"""Log-odds closer to zero than this are reported as uncertain."""
SHORT = 5
SHORT_MARGIN = 3.0
"""Below `SHORT` words: on the treebank's development part .03 and .07 of Bokmål and Nynorsk are then
taken for the other, from .10 and .14."""

_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"\[[A-ZÆØÅ]+(?:-[A-ZÆØÅ]+)*-\d+\]")


def features(text: str) -> Iterator[str]:
    """Yield the words of a text and their character 1- to 5-grams, padded with spaces."""
    for word in _WORD.findall(text.lower()):
        yield "=" + word
        padded = f" {word} "
        for size in range(1, LONGEST + 1):
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


def vectorize(texts: Sequence[str]) -> csr_matrix:
    """Return the texts' hashed features, shape (n texts, 2¹⁷), rows of Euclidean length 1."""
    from sklearn.feature_extraction.text import HashingVectorizer

    vectorizer = HashingVectorizer(analyzer=features, n_features=FEATURES, alternate_sign=False, norm="l2")
    return vectorizer.transform(texts)


def written_standards(texts: Sequence[str]) -> list[str]:
    """Return `nb`, `nn`, `usikker`, or an empty string (no letters) for each text; pseudonym tags do not count.

    A logistic regression over words and character n-grams, trained on the treebank (`make train`).
    """
    if not texts:
        return []
    weights, bias = _weights()
    texts = [_TAG.sub(" ", text) for text in texts]
    scores = vectorize(texts) @ weights + bias
    return [_answer(text, score) for text, score in zip(texts, scores.tolist(), strict=True)]


def _answer(text: str, score: float) -> str:
    words = _WORD.findall(text)
    if not words:
        return ""
    if abs(score) < (MARGIN if len(words) >= SHORT else SHORT_MARGIN) or all(
        word.isupper() for word in words
    ):
        return UNCERTAIN
    return "nn" if score > 0 else "nb"


@cache
def _weights() -> tuple[np.ndarray, float]:
    import numpy as np

    with resources.as_file(resources.files("kafe.language") / WEIGHTS) as path, np.load(path) as data:
        return data["weights"].astype(np.float32), float(data["bias"])
