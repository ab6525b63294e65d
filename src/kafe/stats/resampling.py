"""Chance by drawing again: bootstrap over clusters, random orders, shuffled words; the seed fixes every draw."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_DEFINED = 0.95
"""The share of resamples in which a statistic must be defined to get an interval."""


class ClusterBootstrap:
    """Whole clusters drawn with replacement, as many as there are, `resamples` times; units follow their cluster.

    `cluster_of`: (units,) the number of each unit's cluster, in order of appearance. `draws`: (resamples ×
    clusters) how often each cluster was drawn. For units that hang together within clusters: Davison &
    Hinkley (1997), Bootstrap Methods and their Application, section 3.8.
    """

    def __init__(self, clusters: Sequence[Hashable], seed: int, resamples: int = 1000):
        import numpy as np

        numbers = {cluster: number for number, cluster in enumerate(dict.fromkeys(clusters))}
        self.clusters = len(numbers)
        self.cluster_of = np.array([numbers[cluster] for cluster in clusters], dtype=int)
        self.draws = np.zeros((resamples, self.clusters))
        if numbers:
            shares = np.full(self.clusters, 1 / self.clusters)
            self.draws += np.random.default_rng(seed).multinomial(self.clusters, shares, size=resamples)

    def sums(self, of_units: Sequence[float]) -> NDArray[np.float64]:
        """Return the sum of the units' values over the units drawn, for each resample."""
        import numpy as np

        weights = np.asarray(of_units, float)
        of_clusters = np.bincount(self.cluster_of, weights=weights, minlength=self.clusters)
        return np.asarray(self.draws @ of_clusters)

    def interval(
        self, statistics: NDArray[np.float64], defined: NDArray[np.bool_]
    ) -> tuple[float | None, float | None]:
        """Return the middle 95 % of a statistic over the resamples where it is `defined` (percentile method).

        (None, None) from fewer than two clusters, or where fewer than `LEAST_DEFINED` of the resamples have
        the statistic: what is seen in one or two clusters is missing from many, and an interval would feign
        certainty.
        """
        import numpy as np

        if self.clusters < 2 or defined.sum() < LEAST_DEFINED * len(self.draws):
            return None, None
        low, high = np.percentile(statistics[defined], [2.5, 97.5])
        return float(low), float(high)


def random_orders(size: int, count: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """Yield `count` random orders of 0 to `size` - 1, each order as likely as any other."""
    import numpy as np

    random = np.random.default_rng(seed)
    for _ in range(count):
        yield random.permutation(size)


def shuffled_words(notes: Sequence[Sequence[str]], seed: int) -> list[list[str]]:
    """Return notes of the same lengths with all words dealt out at random: same vocabulary, no themes."""
    pool = [word for words in notes for word in words]
    order = next(random_orders(len(pool), 1, seed))
    dealt = iter([pool[index] for index in order])
    return [[next(dealt) for _ in words] for words in notes]
