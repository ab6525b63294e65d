"""Vectors of texts without any download: character n-grams and words, fitted on the texts themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kafe.topics.words import content_words, tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

DIMENSIONS = 100
SMALLEST = 1e-6
WORD_SHARE = 0.25
"""The words' share of the similarity; the rest is character 3–5-grams (tuned on NorSID dev)."""


class Hybrid:
    """TF-IDF of character 3–5-grams within words beside TF-IDF of words, each of unit length, weighted.

    Fitted on pairs of (text for the characters, words). The inner product of two rows is
    `(1 - WORD_SHARE) · cos_char + WORD_SHARE · cos_word`, so it lies in [0, 1].
    """

    def __init__(self, texts: Sequence[str], words: Sequence[Sequence[str]]):
        from sklearn.feature_extraction.text import TfidfVectorizer

        parts = (
            (
                1 - WORD_SHARE,
                texts,
                TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True),
            ),
            (WORD_SHARE, words, TfidfVectorizer(analyzer=list, sublinear_tf=True)),
        )
        self._chars, self._words = (
            (weight, model.fit(items) if any(items) else None) for weight, items, model in parts
        )

    def transform(self, texts: Sequence[str], words: Sequence[Sequence[str]]) -> csr_matrix:
        """Return one sparse row a text; a row is zero when none of its n-grams or words was seen."""
        from scipy.sparse import csr_matrix, hstack

        blocks = [
            model.transform(items) * weight**0.5
            for (weight, model), items in ((self._chars, texts), (self._words, words))
            if model is not None
        ]
        return hstack(blocks, format="csr") if blocks else csr_matrix((len(texts), 1))


def embed(
    texts: Sequence[str], *, lemmas: Sequence[Sequence[str]] | None = None, seed: int = 0
) -> NDArray[np.float32]:
    """Return one vector a text, shape (n, d), d ≤ 100, of unit length (zero for a text without letters).

    The default hybrid, fitted on these texts: `Hybrid`, then truncated SVD. With `lemmas` only their
    content words count, characters included, so that function words (which differ between Bokmål and
    Nynorsk) do not pull texts together. Row order follows `texts`; the numbers do not depend on it.
    """
    import numpy as np
    from threadpoolctl import threadpool_limits

    if not texts:
        return np.zeros((0, 1), dtype=np.float32)
    words = content_words(texts, lemmas) if lemmas is not None else [tokens(text) for text in texts]
    chars = [" ".join(row) for row in words] if lemmas is not None else [text.lower() for text in texts]
    order = sorted(range(len(texts)), key=lambda row: (chars[row], words[row]))
    words, chars = [words[row] for row in order], [chars[row] for row in order]
    with threadpool_limits(1):
        vectors = reduce(Hybrid(chars, words).transform(chars, words), DIMENSIONS, seed)
    result = np.empty_like(vectors)
    result[order] = vectors
    return result


def reduce(matrix: csr_matrix, dimensions: int, seed: int) -> NDArray[np.float32]:
    """Return the rows projected on the leading singular vectors, of unit length; seeded, so repeatable."""
    import numpy as np
    from sklearn.preprocessing import normalize

    if matrix.nnz == 0:
        return np.zeros((matrix.shape[0], 1), dtype=np.float32)
    projected = matrix @ directions(matrix, dimensions, seed)
    projected[np.linalg.norm(projected, axis=1) < SMALLEST] = 0
    return normalize(projected).astype(np.float32)


def directions(matrix: csr_matrix, dimensions: int, seed: int) -> NDArray[np.float64]:
    """Return the leading right singular vectors as columns (columns of `matrix` × at most `dimensions`)."""
    from sklearn.utils.extmath import randomized_svd

    size = min(dimensions, *matrix.shape)
    return randomized_svd(matrix, size, n_iter=7, random_state=seed)[2].T
