"""What an alpha is good for, by Krippendorff's limits."""

from typing import Literal

RELIABLE, TENTATIVE = 0.800, 0.667
"""Krippendorff (2019), Content Analysis, 4th ed., ch. 12: rely on above, tentative conclusions between."""


FEWEST_USES = 10
"""Uses by each coder below which an alpha and its interval tell too little: there its 95 % intervals hold 52–92 %."""


Verdict = Literal["reliable", "tentative", "uncertain", "insufficient", "too_few", "undefined"]


def verdict(alpha: float | None, low: float | None, high: float | None, uses: float = FEWEST_USES) -> Verdict:
    """Return what an alpha carries: the word follows the interval's lower limit, as Krippendorff (2019) asks.

    `uncertain`: the interval holds both sides of the limit for tentative conclusions. `too_few`: no interval,
    or fewer than `FEWEST_USES` (the coder with fewest).
    """
    if alpha is None:
        return "undefined"
    if low is None or high is None or uses < FEWEST_USES:
        return "too_few"
    if low >= RELIABLE:
        return "reliable"
    if low >= TENTATIVE:
        return "tentative"
    return "uncertain" if high >= TENTATIVE else "insufficient"
