"""How texts are spelled: TF-IDF of words and of the characters inside them, and how much that should count."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

WORD_SHARE = 0.25
"""The words' share of the spelling; the rest is character 3–5-grams (tuned on NorSID dev)."""
SPELLING_RANGE = (0.1, 0.5)
"""The least and the most that spelling counts in the similarity of two texts; the rest is the static model's
(figures: docs/decisions/0006-static-embeddings.md)."""
COMPARED = 1000
"""Texts, spread evenly, whose nearest other in spelling is looked for to weigh spelling."""
AMONG = 4000
"""Texts, spread evenly, that the nearest one is sought among."""
AT_A_TIME = 512


def char_tfidf(words: Sequence[Sequence[str]]) -> csr_matrix:
    """Return TF-IDF of the texts' character 3–5-grams within words beside that of words, weighted.

    Each side is of unit length: the inner product of two rows is
    `(1 - WORD_SHARE) · cos_char + WORD_SHARE · cos_word`, so it lies in [0, 1].
    """
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    if not any(words):
        return csr_matrix((len(words), 1))
    known = CountVectorizer(analyzer=list)
    counts = known.fit_transform(words)
    grams = CountVectorizer(analyzer=_grams_of).fit_transform(known.get_feature_names_out())
    parts = ((1 - WORD_SHARE, counts @ grams), (WORD_SHARE, counts))
    return hstack(
        [TfidfTransformer(sublinear_tf=True).fit_transform(part) * weight**0.5 for weight, part in parts],
        format="csr",
    )


def spelling_share(words: Sequence[Sequence[str]]) -> float:
    """Return what spelling counts among texts (their words): the mean similarity of a text to its nearest other.

    Requests that repeat each other's wording (.5 and more) are told by it; notes that each have words of their
    own (.2) are not, and nearest in spelling means little. Within `SPELLING_RANGE`.
    """
    return share_of(char_tfidf(list(different(words).values())))


def different(words: Sequence[Sequence[str]]) -> dict[str, Sequence[str]]:
    """Return every different text as one line of its words → its words, in order."""
    return dict(sorted((" ".join(row), row) for row in words))


def share_of(matrix: csr_matrix) -> float:
    """Return the mean similarity of a row of `char_tfidf` to its nearest other, within `SPELLING_RANGE`."""
    import numpy as np

    size = matrix.shape[0]
    rows, candidates = (
        np.unique(np.linspace(0, size - 1, min(size, most)).astype(np.int64)) for most in (COMPARED, AMONG)
    )
    others = matrix[candidates].T.tocsr()
    nearest = []
    for start in range(0, len(rows), AT_A_TIME):
        own = rows[start : start + AT_A_TIME]
        similarity = (matrix[own] @ others).toarray()
        similarity[own[:, None] == candidates] = 0
        nearest.append(similarity.max(axis=1))
    return round(float(np.clip(np.concatenate(nearest).mean(), *SPELLING_RANGE)), 4)


@cache
def _grams_of(word: str) -> tuple[str, ...]:
    """Return the character 3–5-grams of a word between blanks, as scikit-learn's `char_wb`."""
    padded = f" {word} "
    sizes = [size for size in (3, 4, 5) if size == 3 or size <= len(padded)]
    return tuple(padded[at : at + size] for size in sizes for at in range(max(1, len(padded) - size + 1)))
