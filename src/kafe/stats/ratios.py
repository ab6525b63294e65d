"""Two shares as a ratio: score interval, equivalence, what clusters cost, chance over clusters, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, inf, sqrt

from kafe.stats.intervals import Z


def ratio_score(first: float, of_first: float, second: float, of_second: float, ratio: float) -> float:
    """Return the signed score statistic of «the first share is `ratio` times the second»; normal where that is so.

    Koopman (1984), Biometrics 40:513–517, equation 2. Counts may be effective ones, not whole. Positive
    where the first share is larger than that.
    """
    if first == 0 and second == 0:
        return 0.0
    size = of_first + of_second
    part = ratio * (of_first + second) + first + of_second
    share = (part - sqrt(max(part * part - 4 * ratio * size * (first + second), 0.0))) / (2 * size)
    if not 0 < share < 1:
        return inf if first > of_first * share else -inf
    distance = (first - of_first * share) ** 2 / (of_first * share * (1 - share))
    distance *= 1 + of_first * (ratio - share) / (of_second * (1 - share))
    return sqrt(max(distance, 0.0)) * (1 if first >= of_first * share else -1)


def ratio_interval(
    first: float, of_first: float, second: float, of_second: float, z: float = Z
) -> tuple[float, float]:
    """Return the score interval of the ratio of two independent shares, first over second; (0, inf) without counts.

    Koopman (1984), Biometrics 40:513–517; `z` is the two-sided normal quantile, 95 % by default.
    """
    if not of_first or not of_second or (not first and not second):
        return 0.0, inf

    def edge(target: float) -> float:
        low, high = 1e-9, 1e9
        for _ in range(200):
            middle = sqrt(low * high)
            if ratio_score(first, of_first, second, of_second, middle) > target:
                low = middle
            else:
                high = middle
        return sqrt(low * high)

    return (edge(z) if first else 0.0, edge(-z) if second else inf)


def equivalence_p(
    first: float, of_first: float, second: float, of_second: float, bounds: tuple[float, float] = (0.5, 2.0)
) -> float:
    """Return the p value of «the ratio of the shares lies outside the bounds»: the larger of two one-sided tests.

    Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15:657–680.
    """
    if not of_first or not of_second:
        return 1.0
    above = ratio_score(first, of_first, second, of_second, bounds[0])
    below = ratio_score(first, of_first, second, of_second, bounds[1])
    return max(_tail(above), _tail(-below))


def _tail(z: float) -> float:
    return 0.5 * erfc(z / sqrt(2))


def design_effect(counts: Sequence[float], sizes: Sequence[float]) -> float:
    """Return how many times less each unit tells because units hang together in clusters, at least 1.

    The variance of the ratio Σcounts / Σsizes over clusters against that of independent units: Rao & Scott
    (1992), Biometrics 48:577–585, who divide counts and sizes by it.
    """
    whole, clusters = sum(sizes), len(sizes)
    share = sum(counts) / whole if whole else 0.0
    if clusters < 2 or not 0 < share < 1:
        return 1.0
    apart = sum((count - size * share) ** 2 for count, size in zip(counts, sizes, strict=True))
    variance = clusters / (clusters - 1) * apart / whole**2
    return max(1.0, variance * whole / (share * (1 - share)))


def cluster_permutation(
    counts: Sequence[Sequence[float]],
    sizes: Sequence[float],
    first: Sequence[bool],
    seed: int,
    draws: int = 1999,
) -> list[float]:
    """Return, for each row of counts over clusters, the p value of the difference of shares between two sides.

    Sides (`first`: whether a cluster is of the first) are dealt anew over whole clusters, the same deals for
    every row: Good (2005), Permutation, Parametric and Bootstrap Tests of Hypotheses, ch. 3; one is added
    to both counts (Phipson & Smyth 2010).
    """
    import numpy as np

    table, size = np.asarray(counts, float).reshape(len(counts), len(sizes)), np.asarray(sizes, float)
    side = np.asarray(first, bool)

    def difference(sides: np.ndarray) -> np.ndarray:
        ones, others = sides @ size, (~sides) @ size
        return np.abs(
            (table @ sides.T) / np.maximum(ones, 1e-12) - (table @ (~sides).T) / np.maximum(others, 1e-12)
        )

    random = np.random.default_rng(seed)
    dealt = np.array([random.permutation(side) for _ in range(draws)]).reshape(draws, len(side))
    seen = difference(side[None, :])
    reached = (difference(dealt) >= seen - 1e-12).sum(axis=1)
    return [float((1 + number) / (1 + draws)) for number in reached]


def benjamini_hochberg(values: Sequence[float]) -> list[float]:
    """Return the p values adjusted so that those up to .05 hold a share of at most .05 false findings.

    Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57:289–300.
    """
    order = sorted(range(len(values)), key=lambda at: -values[at])
    adjusted, least = [1.0] * len(values), 1.0
    for place, at in enumerate(order):
        least = min(least, values[at] * len(values) / (len(values) - place))
        adjusted[at] = least
    return adjusted
