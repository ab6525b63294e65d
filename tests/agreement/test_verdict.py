"""Krippendorff's limits in words."""

import pytest

from kafe.agreement.verdict import verdict


@pytest.mark.parametrize(
    ("alpha", "low", "word"),
    [
        (0.8, 0.7, "reliable"),
        (0.7999, 0.7, "tentative"),
        (0.667, 0.6, "tentative"),
        (0.66, 0.1, "insufficient"),
        (1.0, None, "too_few"),
        (None, None, "undefined"),
    ],
)
def test_the_verdict_follows_krippendorffs_limits(alpha, low, word):
    assert verdict(alpha, low) == word
