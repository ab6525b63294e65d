"""Grouping points into topics: by direction, from Ward's tree, the same way for any order and size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kafe.topics.vectors.reduction import SMALLEST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kafe.topics.records import DensityCheck

REDUCED = 15
MOST_IN_TREE = 2000
"""Larger sets grow Ward's tree on every n-th point."""
MOST_ROUNDS = 100
MINI_BATCH = 20_000
"""From so many points on, k-means goes by batches of `BATCH`."""
BATCH = 4096
HDBSCAN_RANGE = (50, 5000)
"""Numbers of notes for which density clustering gives a second opinion: it invents below, is slow above."""


def reduced(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the vectors on their leading principal components, at most `REDUCED`, then of unit length.

    Unit length makes k-means go by direction: else all notes that resemble little end near the centre,
    as one large topic of leftovers. A note at the centre itself stays there.
    """
    import numpy as np
    from sklearn.decomposition import PCA

    size = min(REDUCED, *vectors.shape)
    with np.errstate(invalid="ignore"):  # the variance shares of equal points are 0/0
        points = PCA(size, svd_solver="covariance_eigh").fit_transform(vectors.astype(np.float64))
    length = np.linalg.norm(points, axis=1, keepdims=True)
    return np.divide(points, length, out=np.zeros_like(points), where=length > SMALLEST)


def common_variance(vectors: NDArray[np.float32]) -> float:
    """Return the share of the vectors' variance that lies on their leading components, 0 to 1.

    Notes that share themes vary together; notes of the same words, shuffled, do so less.
    """
    import numpy as np

    centred = vectors.astype(np.float64) - vectors.mean(axis=0)
    values = np.linalg.eigvalsh(centred.T @ centred)
    total = float(values.sum())
    return float(values[-REDUCED:].sum()) / total if total > SMALLEST else 0.0


def starts(points: NDArray[np.float64], ks: Iterable[int]) -> dict[int, NDArray[np.float64]]:
    """Return, for each k, the centres of Ward's tree cut into k: no seed, so no luck in the choice of starts."""
    import numpy as np
    from scipy.cluster.hierarchy import linkage

    seen = points[:: -(-len(points) // MOST_IN_TREE)]
    wanted = sorted({min(k, len(seen)) for k in ks})
    if len(seen) < 2:
        return {k: seen[:1].copy() for k in ks}
    cuts = _cuts(linkage(seen, "ward"), wanted)
    found = {k: centres_of(seen, cuts[:, column]) for column, k in enumerate(wanted)}
    return {k: np.array(found[min(k, len(seen))]) for k in ks}


def _cuts(tree: NDArray[np.float64], ks: Sequence[int]) -> NDArray[np.int64]:
    """Return the tree's points in k groups, a column for each k: its last k - 1 merges undone.

    As scipy's `cut_tree` with other numbers for the groups, which takes longer than the tree itself.
    """
    import numpy as np

    points = len(tree) + 1
    pairs = tree[:, :2].astype(np.int64).tolist()
    cuts = []
    for k in ks:
        group = list(range(2 * points - 1))
        for merge in range(points - k - 1, -1, -1):
            left, right = pairs[merge]
            group[left] = group[right] = group[points + merge]
        cuts.append(group[:points])
    return np.array(cuts).T


def settle(
    points: NDArray[np.float64], centres: NDArray[np.float64], seed: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return labels and centres of k-means from these starts; fewer groups where fewer points differ."""
    if len(points) < MINI_BATCH:
        return _lloyd(points, centres)
    from sklearn.cluster import MiniBatchKMeans

    model = MiniBatchKMeans(len(centres), init=centres, n_init=1, random_state=seed, batch_size=BATCH)
    model.fit(points)
    return model.labels_, model.cluster_centers_


def _lloyd(
    points: NDArray[np.float64], centres: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return labels and centres when no point moves any more, or after `MOST_ROUNDS` (Lloyd 1982).

    The search for the number of topics asks hundreds of times for small sets, where scikit-learn's checks
    of the arguments take ten times as long as this. A group that nobody joins keeps its centre.
    """
    import numpy as np

    labels, groups = np.full(len(points), -1), np.arange(len(centres))
    for _ in range(MOST_ROUNDS):
        nearest = ((centres**2).sum(axis=1) / 2 - points @ centres.T).argmin(axis=1)
        if (nearest == labels).all():
            break
        labels = nearest
        joined = (labels[:, None] == groups).astype(float)
        sizes = joined.sum(axis=0)[:, None]
        centres = np.where(sizes > 0, joined.T @ points / np.maximum(sizes, 1), centres)
    return labels, centres


def margins(
    points: NDArray[np.float64], centres: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return 1 - nearest/next centre distance, in [0, 1], and the nearest distance, of every point."""
    import numpy as np

    distances = spread(points, centres)
    if len(centres) == 1:
        return np.ones(len(points)), distances[:, 0]
    distances.partition(1, axis=1)
    ratio = np.divide(distances[:, 0], distances[:, 1], out=np.ones(len(points)), where=distances[:, 1] > 0)
    return 1 - ratio, distances[:, 0]


def spread(points: NDArray[np.float64], centres: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the Euclidean distance of every point from every centre, (points × centres)."""
    from scipy.spatial.distance import cdist

    return cdist(points, centres)


def density_check(points: NDArray[np.float64], labels: NDArray[np.int64]) -> DensityCheck | None:
    """Return what HDBSCAN makes of the points beside `labels`; None outside `HDBSCAN_RANGE`."""
    from sklearn.cluster import HDBSCAN
    from sklearn.metrics import adjusted_mutual_info_score

    from kafe.topics.records import DensityCheck

    least, most = HDBSCAN_RANGE
    if not least <= len(points) <= most:
        return None
    found = HDBSCAN(min_cluster_size=max(5, len(points) // 100), copy=True).fit_predict(points)
    inside, clusters = found >= 0, int(found.max()) + 1
    agreement = None
    if clusters > 1:
        agreement = round(float(adjusted_mutual_info_score(labels[inside], found[inside])), 4)
    return DensityCheck(clusters, round(1 - float(inside.mean()), 4), agreement)


def centres_of(points: NDArray[np.float64], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the mean of each group's points, in order of label."""
    import numpy as np

    return np.stack([points[labels == label].mean(axis=0) for label in np.unique(labels)])
