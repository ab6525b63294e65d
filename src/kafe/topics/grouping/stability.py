"""How stable groups are: agreement of subsamples, and how often one group is found again."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kafe.topics.grouping.cluster import settle, starts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SUBSAMPLES = 6
"""For the number of topics, where many numbers are tried."""
TOPIC_SUBSAMPLES = 30
"""For the stability of each topic at the number that was chosen."""
MOST_PLACES = 40
"""More places than this are left out no more than the largest of them are."""
SHARE = 0.8
MOST_IN_SAMPLE = 1000


def masks(notes: int, seed: int, count: int = SUBSAMPLES) -> list[NDArray[np.int64]]:
    """Return the rows of each subsample, in order: `SHARE` of the notes, at most `MOST_IN_SAMPLE`."""
    import numpy as np

    rng = np.random.default_rng(seed)
    size = min(int(np.ceil(SHARE * notes)), MOST_IN_SAMPLE)
    return [np.sort(rng.choice(notes, size, replace=False)) for _ in range(count)]


def without_each(places: Sequence[str]) -> list[NDArray[np.int64]]:
    """Return the rows left when the notes of one place are left out, for each place; none for fewer than two places."""
    import numpy as np

    sizes = Counter(place for place in places if place)
    if len(sizes) < 2:
        return []
    largest = sorted(sizes, key=lambda place: (-sizes[place], place))[:MOST_PLACES]
    return [np.flatnonzero([one != place for one in places]) for place in largest]


def subsample_labels(
    points: NDArray[np.float64], ks: Sequence[int], rows: Sequence[NDArray[np.int64]], seed: int
) -> dict[int, list[NDArray[np.int64]]]:
    """Return, for each k and subsample, the cluster of every note in it and -1 for the others."""
    import numpy as np

    found: dict[int, list[NDArray[np.int64]]] = {k: [] for k in ks}
    for mask in rows:
        inside = points[mask]
        for k, centres in starts(inside, ks).items():
            labels = np.full(len(points), -1, dtype=np.int64)
            labels[mask] = settle(inside, centres, seed)[0]
            found[k].append(labels)
    return found


def agreements(samples: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
    """Return the adjusted mutual information of every two subsamples over their shared notes.

    A symmetric (subsamples × subsamples) matrix; nan on the diagonal.
    """
    import numpy as np

    found = np.full((len(samples), len(samples)), np.nan)
    for left in range(len(samples)):
        for right in range(left):
            shared = (samples[left] >= 0) & (samples[right] >= 0)
            found[left, right] = found[right, left] = adjusted_mutual_information(
                samples[left][shared], samples[right][shared]
            )
    return found


def kmeans(
    points: NDArray[np.float64], k: int, seed: int, starts: int = 10
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return labels and centres of k-means with fixed starts; fewer than k where fewer points differ."""
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = KMeans(k, n_init=starts, random_state=seed).fit(points)
    return model.labels_, model.cluster_centers_


def overlap(labels: NDArray[np.int64], samples: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
    """Return, for each cluster, the mean over subsamples of its best Jaccard overlap there."""
    return overlaps(labels, samples).mean(axis=0)


def overlaps(labels: NDArray[np.int64], samples: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
    """Return each cluster's best Jaccard overlap in each subsample, (subsamples × clusters); 0 where it has no note.

    Only notes of the subsample count (Hennig 2007, cluster-wise assessment of stability).
    """
    import numpy as np
    from sklearn.metrics.cluster import contingency_matrix

    found = np.zeros((len(samples), int(labels.max()) + 1))
    for turn, sample in enumerate(samples):
        inside = sample >= 0
        present = np.unique(labels[inside])
        table = contingency_matrix(labels[inside], sample[inside]).astype(float)
        union = table.sum(1, keepdims=True) + table.sum(0, keepdims=True) - table
        found[turn, present] = (table / union).max(1)
    return found


def adjusted_mutual_information(left: NDArray[np.int64], right: NDArray[np.int64]) -> float:
    """Return the agreement of two labellings with numbers from 0, corrected for chance; 1 when equal.

    Vinh, Epps and Bailey 2010, arithmetic mean of the entropies. As in scikit-learn, whose checks of the
    arguments take ten times as long as the sum at our sizes.
    """
    import numpy as np
    from sklearn.metrics.cluster import expected_mutual_information

    total, width = len(left), int(right.max()) + 1
    table = np.bincount(left * width + right, minlength=(int(left.max()) + 1) * width).reshape(-1, width)
    table = table[table.any(axis=1)][:, table.any(axis=0)]
    if len(table) == 1 and table.shape[1] == 1:
        return 1.0
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    entropies = [-(side / total * np.log(side / total)).sum() for side in (rows, columns)]
    cells = table[table > 0]
    mutual = (cells / total * np.log(cells * total / np.outer(rows, columns)[table > 0])).sum()
    expected = expected_mutual_information(table, total)
    return float((mutual - expected) / max(sum(entropies) / 2 - expected, np.finfo(float).eps))
