"""Coefficients against values computed by hand and against other people's implementations."""

import math
import random
from fractions import Fraction

import krippendorff
import pytest
from sklearn.metrics import cohen_kappa_score

from kafe.agreement.coefficients import (
    binary_alpha,
    cohen_kappa,
    gwet_ac1,
    gwet_ac1_of_many,
    masi_alpha,
    masi_distance,
    mean_agreement,
    nominal_alpha,
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


def ac1_from_the_paper(units: list[list[bool]]) -> float:
    """Return AC1 as Gwet (2008) writes it, category by category, in exact fractions."""
    rated = [values for values in units if values]
    paired = [values for values in rated if len(values) > 1]
    agreed = Fraction(0)
    for values in paired:
        n = len(values)
        agreed += sum(Fraction(values.count(k) * (values.count(k) - 1), n * (n - 1)) for k in (True, False))
    agreed /= len(paired)
    shares = [
        sum(Fraction(values.count(k), len(values)) for values in rated) / len(rated) for k in (True, False)
    ]
    chance = sum(share * (1 - share) for share in shares)
    return float((agreed - chance) / (1 - chance))


def random_units(seed: int, coders: int, values: str) -> list[list[str | None]]:
    chance = random.Random(seed)
    return [
        [chance.choice(values) if chance.random() > 0.25 else None for _ in range(coders)] for _ in range(30)
    ]


@pytest.mark.parametrize("seed", range(60))
def test_alpha_of_many_coders_with_missing_values_agrees_with_an_independent_implementation(seed):
    units = random_units(seed, 2 + seed % 4, "abcd"[: 2 + seed % 3])
    data = [
        [math.nan if value is None else "abcd".index(value) for value in column]
        for column in zip(*units, strict=True)
    ]
    found = nominal_alpha([[value for value in of_unit if value is not None] for of_unit in units])
    assert found == pytest.approx(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))


@pytest.mark.parametrize("seed", range(60))
def test_ac1_agrees_with_the_formula_written_out(seed):
    units = [
        [value == "a" for value in of_unit if value is not None]
        for of_unit in random_units(seed, 2 + seed % 4, "ab")
    ]
    assert gwet_ac1_of_many(units) == pytest.approx(ac1_from_the_paper(units))
    first, second = table(*(random.Random(seed).randint(1, 40) for _ in range(4)))
    pairs = [list(pair) for pair in zip(first, second, strict=True)]
    assert gwet_ac1(first, second) == pytest.approx(ac1_from_the_paper(pairs))
    assert gwet_ac1_of_many(pairs) == pytest.approx(gwet_ac1(first, second))


@pytest.mark.parametrize("seed", range(50))
def test_masi_alpha_agrees_with_the_formula_over_every_pair_of_values(seed):
    chance = random.Random(seed)
    first, second = ([frozenset(chance.sample("abc", chance.randint(0, 3))) for _ in range(12)] for _ in "12")
    both = first + second
    observed = sum(masi_distance(a, b) for a, b in zip(first, second, strict=True)) / len(first)
    pairs = [masi_distance(a, b) for i, a in enumerate(both) for j, b in enumerate(both) if i != j]
    assert masi_alpha(first, second) == pytest.approx(1 - observed / (sum(pairs) / len(pairs)))


def test_alpha_of_many_is_undefined_without_two_values_of_a_unit_or_two_kinds():
    assert nominal_alpha([[True], [False], []]) is None
    assert nominal_alpha([[True, True], [True, True]]) is None
    assert mean_agreement([[True], []]) is None
    assert gwet_ac1_of_many([[False, False], [False]]) is None
