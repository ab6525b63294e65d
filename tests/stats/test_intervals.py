"""Intervals as published or worked by hand."""

import numpy as np
import pytest

from kafe.stats import newcombe, percentile, prediction_limit, wilson


def test_wilson_is_as_published() -> None:
    # Newcombe (1998), Statistics in Medicine 17:857–872, table I, method 3.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("first", "second", "interval"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((10, 10), (0, 10), (0.6075, 1.0000)),
        ((0, 10), (0, 10), (-0.2775, 0.2775)),
    ],
)
def test_newcombe_is_as_published(first, second, interval) -> None:
    # Newcombe (1998), Statistics in Medicine 17:873–890, table II, method 10.
    assert newcombe(*first, *second) == pytest.approx(interval, abs=5e-5)


def test_an_empty_side_tells_nothing() -> None:
    low, high = newcombe(5, 10, 0, 0)
    assert low < 0 < high


def test_a_percentile_lies_between_the_values_around_it() -> None:
    # Four values lie at 0, 1/3, 2/3 and 1: a quarter is three quarters of the way from the first to the second.
    assert percentile([10, 20, 40, 80], 0.25) == 17.5
    assert percentile([10, 20, 40, 80], 1) == 80
    assert percentile([3], 0.975) == 3


def test_the_prediction_limit_is_the_mean_and_t_standard_deviations_widened_for_one_more() -> None:
    # Mean 2, standard deviation 1; t with 2 degrees of freedom at 95 % is 2.920 (Student's table); √(4/3) = 1.1547.
    assert prediction_limit(np.array([1.0, 2.0, 3.0]), 0.05) == pytest.approx(2 + 2.920 * 1.1547, abs=1e-3)
