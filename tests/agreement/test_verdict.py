"""Krippendorff's limits in words."""

import pytest

from kafe.agreement.verdict import verdict


@pytest.mark.parametrize(
    ("alpha", "low", "high", "uses", "word"),
    [
        (0.9, 0.8, 0.95, 20, "reliable"),
        (0.95, 0.79, 1.0, 20, "tentative"),
        (0.9, 0.66, 1.0, 20, "uncertain"),
        (0.5, 0.3, 0.667, 20, "uncertain"),
        (0.5, 0.3, 0.666, 20, "insufficient"),
        (1.0, 1.0, 1.0, 9, "too_few"),
        (1.0, None, None, 20, "too_few"),
        (None, None, None, 20, "undefined"),
    ],
)
def test_the_word_follows_the_lower_limit_and_few_uses_carry_none(alpha, low, high, uses, word):
    assert verdict(alpha, low, high, uses) == word
