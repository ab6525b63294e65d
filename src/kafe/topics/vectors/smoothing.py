"""Vectors smoothed on their neighbours, so that short texts on one matter come nearer each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafe.topics.vectors.reduction import SMALLEST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEIGHBOURS = 10
"""Nearest texts that a text is smoothed on, at most a tenth of all; none below ten texts."""
SMOOTHINGS = 2
AMONG = 4000
"""Texts, spread evenly, that neighbours are sought among: the cost of a text does not grow with their number."""
AT_A_TIME = 512


def smooth_on_neighbours(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return unit rows moved `SMOOTHINGS` times towards the mean of each row's nearest others, weighted by similarity.

    Short texts on one matter share few words, but often each shares some with a third. Simple graph
    convolution (Wu et al. 2019) on the graph of nearest texts; of many, `AMONG` are candidates.
    """
    import numpy as np
    from sklearn.preprocessing import normalize

    size = len(vectors)
    candidates = np.linspace(0, size - 1, min(size, AMONG)).astype(np.int64)
    count = min(NEIGHBOURS, len(candidates) // 10)
    for _ in range(SMOOTHINGS if count else 0):
        others, middle = vectors[candidates], np.zeros_like(vectors)
        for start in range(0, size, AT_A_TIME):
            rows = np.arange(start, min(start + AT_A_TIME, size))
            similarity = vectors[rows] @ others.T
            similarity[rows[:, None] == candidates] = 0
            nearest = np.argpartition(-similarity, count, axis=1)[:, :count]
            weights = np.maximum(np.take_along_axis(similarity, nearest, axis=1), 0)
            total = np.maximum(weights.sum(axis=1, keepdims=True), SMALLEST)
            middle[rows] = np.einsum("nk,nkd->nd", weights / total, others[nearest])
        vectors = normalize(vectors + middle)
    return vectors
