"""Ratios of shares against published and hand-made values."""

import math

import pytest

from kafe.stats.ratios import (
    benjamini_hochberg,
    cluster_permutation,
    design_effect,
    equivalence_p,
    ratio_interval,
    ratio_score,
)


def test_the_interval_is_koopmans_own_example():
    assert ratio_interval(36, 40, 16, 80) == pytest.approx((2.94, 7.15), abs=0.005)


def test_the_interval_turns_over_with_the_shares_and_is_open_where_nothing_is_counted():
    low, high = ratio_interval(9, 120, 20, 110)
    assert ratio_interval(20, 110, 9, 120) == pytest.approx((1 / high, 1 / low), rel=1e-6)
    assert ratio_interval(0, 20, 0, 20) == (0.0, math.inf)
    assert ratio_interval(0, 20, 5, 20)[0] == 0.0
    assert ratio_interval(5, 20, 0, 20)[1] == math.inf


def test_the_score_is_zero_at_the_observed_ratio():
    assert ratio_score(10, 100, 20, 100, 0.5) == pytest.approx(0, abs=1e-6)


def test_equivalence_agrees_with_the_90_percent_interval():
    for first, second in ((50, 50), (50, 70), (12, 12), (60, 100)):
        low, high = ratio_interval(first, 500, second, 500, z=1.6448536)
        assert (equivalence_p(first, 500, second, 500) < 0.05) == (low > 0.5 and high < 2)


def test_five_against_ten_percent_is_not_equivalent():
    assert equivalence_p(8, 160, 16, 160) > 0.4


def test_units_that_are_all_alike_within_clusters_tell_as_much_as_the_clusters():
    assert design_effect([10, 0, 10, 0], [10] * 4) == pytest.approx(40 / 3)
    assert design_effect([5, 5, 5, 5], [10] * 4) == 1.0


def test_a_difference_carried_by_one_cluster_is_no_difference_of_sides():
    sides = [True] * 5 + [False] * 5
    [one, many] = cluster_permutation(
        [[9, 0, 0, 0, 0] + [0] * 5, [5] * 5 + [0] * 5], [10] * 10, sides, seed=1
    )
    assert one > 0.9
    assert many < 0.02


def test_adjusted_values_are_those_of_the_method():
    assert benjamini_hochberg([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.02, 0.04, 0.04, 0.02])
    assert benjamini_hochberg([]) == []
