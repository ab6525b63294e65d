"""Proxies of a topic's quality, by hand."""

import numpy as np
import pytest

from kafe.topics.quality import coherence, diversity, npmi


def test_npmi_by_hand():
    notes = [{"a", "b"}, {"a", "b"}, {"a"}, {"c"}]
    both, left, right = 2 / 4, 3 / 4, 2 / 4
    expected = np.log(both / (left * right)) / -np.log(both)
    assert npmi([["a", "b"]], notes) == pytest.approx(expected)
    assert npmi([["a", "c"]], notes) == -1
    assert npmi([["a", "b"], ["a", "c"]], notes) == pytest.approx((expected - 1) / 2)
    assert npmi([["a"]], notes) == npmi([], notes) == 0


def test_diversity_is_the_share_of_different_words():
    assert diversity([["a", "b"], ["b", "c"]]) == pytest.approx(3 / 4)
    assert diversity([]) == 0


def test_words_near_in_meaning_cohere_more_than_words_that_are_not():
    near, far = [["bolig", "leilighet", "hus"]], [["bolig", "triage", "rektor"]]
    assert coherence(near) > coherence(far)
    assert coherence([["bolig"]]) == coherence([]) == 0
