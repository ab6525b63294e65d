"""How many topics notes hold, and whether they hold any: agreement of subsamples beside that of shuffled notes."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kafe.topics.anchors import shuffled
from kafe.topics.embed import embed
from kafe.topics.records import CurvePoint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REDUCED = 15
SUBSAMPLES = 6
SHARE = 0.8
MOST_IN_SAMPLE = 1000
MOST_NOTES = 2000
"""Larger corpora choose the number of topics on a seeded sample of this size."""
MOST_WORDS = 200
"""Different words of a note that enter the shuffling: one huge note must not fill all the others."""
CANDIDATES = (2, 3, 4, 5, 6, 8, 10, 12, 15, 20)
NOTES_PER_TOPIC = 10
LEAST = ((300, 5), (100, 3))
"""(notes, topics): with that many notes, fewer topics are not tried. A split of hundreds of notes in two
is stable when it takes one dense theme from all the rest, which tells a group nothing."""
NEAR = 0.05
"""Of candidates this near the best gain (as a share of it) the finest is taken."""
LEAST_ROOM = 0.1
"""Keeps a null near 1 from turning noise into gain."""


@dataclass(frozen=True)
class Choice:
    """The stability curve, the best candidate, and what themeless notes of the same words give.

    `null_spread`: the highest gain that any shuffling shows against the other shufflings.
    `null_margin`: lower quartile of 1 - own/next centroid distance among shuffled notes at `k`.
    `null_overlap`: mean best Jaccard overlap of their clusters across subsamples at `k`.
    """

    k: int
    curve: tuple[CurvePoint, ...]
    null_spread: float
    null_margin: float
    null_overlap: float

    @property
    def gain(self) -> float:
        """The gain of the chosen number of topics."""
        return next(point.gain for point in self.curve if point.k == self.k)


def candidates(notes: int) -> tuple[int, ...]:
    """Return the numbers of topics worth trying: none below `LEAST`, `NOTES_PER_TOPIC` notes a topic on average."""
    least = next((topics for size, topics in LEAST if notes >= size), 2)
    return tuple(k for k in CANDIDATES if k == least or (k > least and k * NOTES_PER_TOPIC <= notes))


def reduced(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the vectors on their leading principal components, at most `REDUCED`; full SVD, so repeatable."""
    import numpy as np
    from sklearn.decomposition import PCA

    size = min(REDUCED, *vectors.shape)
    with np.errstate(invalid="ignore"):  # the variance shares of equal points are 0/0
        return PCA(size, svd_solver="full").fit_transform(vectors.astype(np.float64))


def choose(
    words: Sequence[Sequence[str]], points: NDArray[np.float64], ks: Sequence[int], seed: int
) -> Choice:
    """Return the number of topics with the highest gain in stability over shuffled notes, and the curve.

    `words` are the notes' content words, `points` their reduced vectors. Stability: mean adjusted mutual
    information of k-means on 80 % subsamples, over the notes that two subsamples share. Null: the same on
    notes with all words dealt out anew, several times. Excess: their difference. Gain: the excess as a
    share of what was left above the null, since the null itself rises with k.
    """
    import numpy as np

    chosen = np.arange(len(words))
    if len(words) > MOST_NOTES:
        chosen = np.sort(np.random.default_rng(seed).choice(len(words), MOST_NOTES, replace=False))
    sample = [list(dict.fromkeys(words[row]))[:MOST_WORDS] for row in chosen.tolist()]
    masks = _masks(len(sample), seed)
    real = [_agreement(_subsample_labels(points[chosen], k, masks, seed)) for k in ks]
    nulls, spaces = [], []
    for turn in range(2 if len(sample) > 300 else 3):
        dealt = shuffled(sample, seed + turn)
        space = reduced(embed([" ".join(row) for row in dealt], lemmas=dealt, seed=seed))
        spaces.append(space)
        nulls.append([_agreement(_subsample_labels(space, k, masks, seed)) for k in ks])
    null = np.array(nulls)
    mean = null.mean(axis=0)
    others = (null.sum(axis=0) - null) / (len(null) - 1)
    gains = _gain(np.array(real), mean)
    curve = tuple(
        CurvePoint(int(k), *(round(float(value), 4) for value in values))
        for k, *values in zip(ks, real, mean, np.array(real) - mean, gains, strict=True)
    )
    k = max(point.k for point in curve if point.gain >= gains.max() - NEAR * abs(gains.max()) - 1e-4)
    labels, centres = kmeans(spaces[0], k, seed)
    overlaps = overlap(labels, subsample_labels(spaces[0], k, seed))
    return Choice(
        k=k,
        curve=curve,
        null_spread=round(float(_gain(null, others).max()), 4),
        null_margin=float(np.quantile(margins(spaces[0], centres)[0], 0.25)),
        null_overlap=round(float(overlaps.mean()), 4),
    )


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


def subsample_labels(points: NDArray[np.float64], k: int, seed: int) -> list[NDArray[np.int64]]:
    """Return, for each subsample, the cluster of every note in it and -1 for the others."""
    return _subsample_labels(points, k, _masks(len(points), seed), seed)


def overlap(labels: NDArray[np.int64], samples: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
    """Return, for each cluster, the mean over subsamples of its best Jaccard overlap there.

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
    return found.mean(axis=0)


def margins(
    points: NDArray[np.float64], centres: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return 1 - nearest/next centre distance, in [0, 1], and the nearest distance, of every point."""
    import numpy as np

    distances = np.sqrt(np.maximum(((points[:, None, :] - centres[None]) ** 2).sum(-1), 0))
    distances.sort(axis=1)
    if len(centres) == 1:
        return np.ones(len(points)), distances[:, 0]
    ratio = np.divide(distances[:, 0], distances[:, 1], out=np.ones(len(points)), where=distances[:, 1] > 0)
    return 1 - ratio, distances[:, 0]


def _gain(stability: NDArray[np.float64], null: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    return (stability - null) / np.maximum(1 - null, LEAST_ROOM)


def _masks(notes: int, seed: int) -> list[NDArray[np.int64]]:
    import numpy as np

    rng = np.random.default_rng(seed)
    size = min(int(np.ceil(SHARE * notes)), MOST_IN_SAMPLE)
    return [np.sort(rng.choice(notes, size, replace=False)) for _ in range(SUBSAMPLES)]


def _subsample_labels(
    points: NDArray[np.float64], k: int, masks: Sequence[NDArray[np.int64]], seed: int
) -> list[NDArray[np.int64]]:
    import numpy as np

    found = []
    for turn, mask in enumerate(masks):
        labels = np.full(len(points), -1, dtype=np.int64)
        labels[mask] = kmeans(points[mask], k, seed + turn, starts=2)[0]
        found.append(labels)
    return found


def _agreement(samples: Sequence[NDArray[np.int64]]) -> float:
    """Return the mean adjusted mutual information of all pairs of subsamples over their shared notes."""
    scores = []
    for left, right in combinations(samples, 2):
        shared = (left >= 0) & (right >= 0)
        scores.append(adjusted_mutual_information(left[shared], right[shared]))
    return sum(scores) / len(scores)


def adjusted_mutual_information(left: NDArray[np.int64], right: NDArray[np.int64]) -> float:
    """Return the agreement of two labellings with numbers from 0, corrected for chance; 1 when equal.

    Vinh, Epps and Bailey 2010, arithmetic mean of the entropies. As in scikit-learn, whose checks of the
    arguments take ten times as long as the sum at our sizes.
    """
    import numpy as np
    from scipy.sparse import csr_matrix
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
    expected = expected_mutual_information(csr_matrix(table), total)
    return float((mutual - expected) / max(sum(entropies) / 2 - expected, np.finfo(float).eps))
