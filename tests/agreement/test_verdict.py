"""Krippendorff's limits in words."""

import pytest

from kafe.agreement.verdict import verdict


@pytest.mark.parametrize(
    ("alpha", "low", "word"),
    [
        (0.8, 0.7, "pålitelig"),
        (0.7999, 0.7, "foreløpig"),
        (0.667, 0.6, "foreløpig"),
        (0.66, 0.1, "utilstrekkelig"),
        (1.0, None, "for få tilfeller"),
        (None, None, "udefinert"),
    ],
)
def test_the_verdict_follows_krippendorffs_limits(alpha, low, word):
    assert verdict(alpha, low) == word
