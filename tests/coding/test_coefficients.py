"""Coefficients against values computed by hand and against other people's implementations."""

import random

import krippendorff
import pytest
from sklearn.metrics import cohen_kappa_score

from kafe.coding.coefficients import (
    binary_alpha,
    cohen_kappa,
    gwet_ac1,
    masi_alpha,
    masi_distance,
    percent_agreement,
)


def table(both: int, first_only: int, second_only: int, neither: int) -> tuple[list[bool], list[bool]]:
    first = [True] * (both + first_only) + [False] * (second_only + neither)
    second = [True] * both + [False] * first_only + [True] * second_only + [False] * neither
    return first, second


def alpha(first: list[bool], second: list[bool]) -> float | None:
    mismatches = sum(a != b for a, b in zip(first, second, strict=True))
    return binary_alpha(len(first), mismatches, sum(first) + sum(second))


def sets(*texts: str) -> list[frozenset[str]]:
    return [frozenset(text) for text in texts]


def test_golden_two_by_two():
    """20 both, 5 and 10 alone, 15 neither: Po = .7.

    Kappa: Pe = .5 × .6 + .5 × .4 = .5. Alpha: 55 ones among 100 values, De = 2 × 55 × 45 / 9900 = .5.
    AC1: share .55, Pe = 2 × .55 × .45 = .495.
    """
    first, second = table(20, 5, 10, 15)
    assert percent_agreement(first, second) == pytest.approx(0.7)
    assert cohen_kappa(first, second) == pytest.approx(0.4)
    assert alpha(first, second) == pytest.approx(0.4)
    assert gwet_ac1(first, second) == pytest.approx((0.7 - 0.495) / 0.505)


def test_chance_agreement_is_a_sum_not_a_product():
    """Character codings where a product of the coders' shares would give .66: the true kappa is .789."""
    assert cohen_kappa(*table(400, 100, 100, 9400)) == pytest.approx(0.7895, abs=1e-4)


def test_coefficients_are_one_when_coders_match():
    first, _ = table(3, 0, 0, 4)
    assert (cohen_kappa(first, first), alpha(first, first), gwet_ac1(first, first)) == (1, 1, 1)


def test_a_code_nobody_used_is_undefined():
    never = [False] * 5
    assert percent_agreement(never, never) == 1
    assert (cohen_kappa(never, never), alpha(never, never), gwet_ac1(never, never)) == (None, None, None)


def test_a_code_both_always_used_is_undefined_but_for_ac1():
    always = [True] * 5
    assert (cohen_kappa(always, always), alpha(always, always), gwet_ac1(always, always)) == (None, None, 1)


def test_no_units_is_undefined():
    assert (percent_agreement([], []), cohen_kappa([], []), gwet_ac1([], []), masi_alpha([], [])) == (
        None,
    ) * 4
    assert binary_alpha(0, 0, 0) is None


@pytest.mark.parametrize("seed", range(50))
def test_kappa_and_alpha_agree_with_independent_implementations(seed):
    chance = random.Random(seed)
    first, second = table(*(chance.randint(1, 40) for _ in range(4)))
    assert cohen_kappa(first, second) == pytest.approx(cohen_kappa_score(first, second))
    data = [[int(value) for value in column] for column in (first, second)]
    assert alpha(first, second) == pytest.approx(
        krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    )


def test_masi_distance_by_hand():
    """Jaccard times 1, 2/3, 1/3 or 0 for equal, contained, crossing and disjoint sets (Passonneau 2006)."""
    assert masi_distance(*sets("ab", "ab")) == 0
    assert masi_distance(*sets("ab", "a")) == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert masi_distance(*sets("ab", "bc")) == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert masi_distance(*sets("ab", "c")) == 1
    assert masi_distance(*sets("", "")) == 0
    assert masi_distance(*sets("", "a")) == 1


def test_masi_alpha_by_hand():
    """Units {a}/{a}, {a b}/{a}, {}/{b}: Do = (0 + 2/3 + 1)/3 = 5/9.

    Among the 6 values a a a ab {} b the 30 ordered pairs sum to 64/3, De = 32/45, alpha = 7/32.
    """
    assert masi_alpha(sets("a", "ab", ""), sets("a", "a", "b")) == pytest.approx(7 / 32)


def test_masi_alpha_of_single_labels_is_nominal_alpha():
    chance = random.Random(3)
    first, second = (chance.choices("abcd", k=60) for _ in range(2))
    codes = [["abcd".index(label) for label in column] for column in (first, second)]
    nominal = krippendorff.alpha(reliability_data=codes, level_of_measurement="nominal")
    assert masi_alpha(sets(*first), sets(*second)) == pytest.approx(nominal)


def test_masi_alpha_is_undefined_when_all_sets_are_alike():
    assert masi_alpha(sets("a", "a"), sets("a", "a")) is None
