"""Which notes to code next: those that the model is least sure of, and unlike each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kafe.threads import one_thread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH = 10
WIDE = 10
"""Of each batch, how many times as many uncertain notes it is chosen among."""
SPREAD = 200
"""Notes that are ordered by both; after these the model should have been trained anew."""


def doubt(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how unsure a row of scores (n × codes) leaves us: small distance from first to second."""
    import numpy as np

    if scores.shape[1] < 2:
        return -np.abs(scores[:, 0] - 0.5) if scores.size else np.zeros(len(scores))
    two = np.sort(scores, axis=1)[:, -2:]
    return two[:, 0] - two[:, 1]


def next_notes(
    ids: Sequence[str],
    vectors: NDArray[np.float64],
    doubts: Sequence[float] | None = None,
    *,
    seed: int,
    batch: int = BATCH,
    first: int = SPREAD,
) -> list[str]:
    """Return the ids in the order to code them, the most telling first.

    Each batch is chosen among the `WIDE` × `batch` notes of greatest doubt: they are clustered, and the
    note nearest the middle of each cluster is taken (after Zhdanov 2019, arXiv 1901.05954). Without
    `doubts`, before there is a model, all notes are clustered: the typical ones come first. After `first`
    notes the rest follow by doubt. The order depends on ids, vectors (n × d), doubts and seed alone.
    """
    import numpy as np

    by_id = sorted(range(len(ids)), key=lambda place: ids[place])
    weight = np.zeros(len(ids)) if doubts is None else np.asarray(doubts, dtype=float)
    left = sorted(by_id, key=lambda place: -weight[place])
    chosen: list[int] = []
    with one_thread():
        while left and len(chosen) < first:
            among = left if doubts is None else left[: WIDE * batch]
            taken = typical(vectors[among], min(batch, first - len(chosen)), seed + len(chosen))
            chosen += sorted((among[place] for place in taken), key=lambda place: -weight[place])
            gone = set(chosen)
            left = [place for place in left if place not in gone]
    return [ids[place] for place in chosen + left]


def typical(vectors: NDArray[np.float64], count: int, seed: int) -> list[int]:
    """Return at most `count` rows that stand for the rest: the nearest to the middle of each cluster."""
    import numpy as np
    from sklearn.cluster import KMeans

    if len(vectors) <= count:
        return list(range(len(vectors)))
    kinds = len(np.unique(vectors, axis=0))
    model = KMeans(min(count, kinds), n_init=1, random_state=seed).fit(vectors)
    far = ((vectors - model.cluster_centers_[model.labels_]) ** 2).sum(1)
    return [
        int(min(np.flatnonzero(model.labels_ == label), key=lambda row: (far[row], row)))
        for label in range(model.n_clusters)
        if (model.labels_ == label).any()
    ]
