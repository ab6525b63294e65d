"""Units as vectors: meaning from the bundled static model, spelling and words from the material itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kafe.language.models import encode
from kafe.language.norm import norm_forms
from kafe.strings import TAG

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Array = NDArray[np.float64]

WORD = re.compile(r"[^\W\d_]+(?:[-/.][^\W\d_]+)*")
DIMENSIONS = 300
MEANING_SHARE = 0.5
"""Of the similarity of two units, from the static model; the rest is spelling and words
(figures: docs/decisions/0010-suggestions.md)."""
WORD_SHARE = 0.3
"""Of the spelling, from whole words; the rest is character 3–5-grams."""


class Space:
    """Fitted on texts; `rows` are their vectors (n × d), at most of unit length."""

    def __init__(self, texts: Sequence[str], *, seed: int, meaning: float = MEANING_SHARE):
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.utils.extmath import randomized_svd

        self._meaning = meaning
        self._chars = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
        self._words = TfidfVectorizer(analyzer=list, sublinear_tf=True)
        self._axes: Array | None = None
        words = [normal(text) for text in texts]
        if any(words):
            chars = self._chars.fit_transform([" ".join(row) for row in words])
            spelling = self._weighted(chars, self._words.fit_transform(words))
            size = min(DIMENSIONS, *spelling.shape)
            axes = randomized_svd(
                spelling, size, n_iter=2, power_iteration_normalizer="LU", random_state=seed
            )[2]
            self._axes = axes.T
            self.rows = self._beside(spelling, words)
        else:
            self.rows = self.of_words(words)

    def of_words(self, words: Sequence[Sequence[str]]) -> Array:
        """Return the vectors of texts that are given as norm forms of their words, one row each."""
        if self._axes is None:
            return self._beside(None, words)
        chars = self._chars.transform([" ".join(row) for row in words])
        return self._beside(self._weighted(chars, self._words.transform(words)), words)

    def _beside(self, spelling: csr_matrix | None, words: Sequence[Sequence[str]]) -> Array:
        import numpy as np

        parts = [] if spelling is None else [spelling @ self._axes]
        if self._meaning:
            vectors = encode([" ".join(row) for row in words]).astype(np.float64)
            parts.append(vectors * self._meaning**0.5)
        return np.hstack(parts) if parts else np.zeros((len(words), 1))

    def _weighted(self, chars: csr_matrix, whole: csr_matrix) -> csr_matrix:
        from scipy.sparse import hstack

        spelling = 1 - self._meaning
        parts = [chars * ((1 - WORD_SHARE) * spelling) ** 0.5, whole * (WORD_SHARE * spelling) ** 0.5]
        return hstack(parts, format="csr")


def written(text: str) -> list[str]:
    """Return the words of a text as they are written; pseudonym tags and numbers are left out."""
    return WORD.findall(TAG.sub(" ", text))


def normal(text: str) -> list[str]:
    """Return the norm forms of a text's words."""
    return norm_forms([word.lower() for word in written(text)])
