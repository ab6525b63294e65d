"""What an alpha is good for, by Krippendorff's limits."""

from kafe.messages import message

RELIABLE, TENTATIVE = 0.800, 0.667
"""Krippendorff (2019), Content Analysis, 4th ed., ch. 12: rely on above, tentative conclusions between."""


def verdict(alpha: float | None, low: float | None) -> str:
    """Return the word for an alpha by Krippendorff's limits; without an interval there is too little to judge by."""
    if alpha is None:
        return message("coding.verdict.undefined")
    if low is None:
        return message("coding.verdict.too_few")
    if alpha >= RELIABLE:
        return message("coding.verdict.reliable")
    return message("coding.verdict.tentative" if alpha >= TENTATIVE else "coding.verdict.insufficient")
