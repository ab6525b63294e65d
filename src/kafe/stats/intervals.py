"""Intervals of shares and of their differences, percentiles, and the limit for one value more."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Z = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""


def wilson(count: float, of: float) -> tuple[float, float]:
    """Return the 95 % score interval of a share; (0, 1) when there is nothing to count.

    Wilson (1927), Journal of the American Statistical Association 22:209–212; method 3 of Newcombe (1998),
    Statistics in Medicine 17:857–872.
    """
    if of == 0:
        return (0.0, 1.0)
    return wilson_of_share(count / of, of)


def wilson_of_share(share: float, of: float) -> tuple[float, float]:
    """Return the 95 % score interval of a share that is known as well as from `of` independent cases (above 0)."""
    centre = share + Z**2 / (2 * of)
    reach = Z * sqrt(share * (1 - share) / of + Z**2 / (4 * of**2))
    scale = 1 + Z**2 / of
    return (max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale))


def newcombe(first: int, of_first: int, second: int, of_second: int) -> tuple[float, float]:
    """Return the 95 % interval of the difference of two independent shares, first minus second.

    The hybrid score interval, method 10 of Newcombe (1998), Statistics in Medicine 17:873–890. The share of
    nothing counts as a half with the interval (0, 1).
    """
    (low_1, high_1), (low_2, high_2) = wilson(first, of_first), wilson(second, of_second)
    share_1 = first / of_first if of_first else 0.5
    share_2 = second / of_second if of_second else 0.5
    difference = share_1 - share_2
    return (
        difference - sqrt((share_1 - low_1) ** 2 + (high_2 - share_2) ** 2),
        difference + sqrt((high_1 - share_1) ** 2 + (share_2 - low_2) ** 2),
    )


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value of an ascending sample below which `share` (0 to 1) of it lies, interpolated linearly.

    Definition 7 of Hyndman & Fan (1996), Sample quantiles in statistical packages, The American Statistician
    50:361–365.
    """
    at = share * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def prediction_limit(sample: NDArray[np.float64], chance: float) -> float:
    """Return what one more value of a normal sample stays below, all but `chance` of the time.

    The one-sided prediction limit, mean + t · s · √(1 + 1/n) with n − 1 degrees of freedom: Hahn & Meeker
    (1991), Statistical Intervals, section 4.7. The sample needs two values or more.
    """
    import numpy as np
    from scipy.stats import t

    size = len(sample)
    return float(sample.mean() + t.ppf(1 - chance, size - 1) * np.sqrt(sample.var(ddof=1) * (1 + 1 / size)))
