"""What an alpha is good for, by Krippendorff's limits."""

from typing import Literal

RELIABLE, TENTATIVE = 0.800, 0.667
"""Krippendorff (2019), Content Analysis, 4th ed., ch. 12: rely on above, tentative conclusions between."""


Verdict = Literal["reliable", "tentative", "insufficient", "too_few", "undefined"]


def verdict(alpha: float | None, low: float | None) -> Verdict:
    """Return what is to be said of an alpha by Krippendorff's limits; without an interval there is too little to judge by."""
    if alpha is None:
        return "undefined"
    if low is None:
        return "too_few"
    if alpha >= RELIABLE:
        return "reliable"
    return "tentative" if alpha >= TENTATIVE else "insufficient"
