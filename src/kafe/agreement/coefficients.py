"""Chance-corrected agreement of coders: Cohen's kappa, Krippendorff's alpha, Gwet's AC1, MASI."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

LabelSet = frozenset[str]


def percent_agreement(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Return the share (0 to 1) of units with the same value; None without units."""
    if not first:
        return None
    return sum(a == b for a, b in zip(first, second, strict=True)) / len(first)


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Return Cohen's kappa; None when both used one and the same value throughout.

    Cohen (1960), Educational and Psychological Measurement 20(1).
    """
    observed = percent_agreement(first, second)
    if observed is None:
        return None
    ours, theirs = Counter(first), Counter(second)
    chance = sum(count * theirs[value] for value, count in ours.items())
    total = len(first) ** 2
    return None if chance == total else (observed - chance / total) / (1 - chance / total)


def binary_alpha(units: float, mismatches: float, positives: float) -> float | None:
    """Return Krippendorff's nominal alpha for two coders, two values and nothing missing.

    `positives` counts both coders' ones among the 2 × `units` values; None when all values are alike.
    Krippendorff (2019), Content Analysis, 4th ed., ch. 12.
    """
    values = 2 * units
    expected = 2 * positives * (values - positives)
    if not expected:
        return None
    return 1 - (mismatches / units) * (values * (values - 1)) / expected


def nominal_alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Return Krippendorff's nominal alpha for any number of coders; a unit holds the values it was given.

    Missing values are left out of their unit; a unit with fewer than two values does not count. None
    when nothing can be paired or all values are alike. Krippendorff (2019), Content Analysis, ch. 12.
    """
    paired = [Counter(values) for values in units if len(values) > 1]
    totals: Counter[Hashable] = Counter()
    observed = 0.0
    for counts in paired:
        n = counts.total()
        observed += (n * n - sum(count * count for count in counts.values())) / (n - 1)
        totals += counts
    n = totals.total()
    expected = n * n - sum(count * count for count in totals.values())
    return 1 - observed * (n - 1) / expected if expected else None


def mean_agreement(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Return the share (0 to 1) of pairs of values that are alike, the mean over units with two or more."""
    shares = []
    for values in units:
        n = len(values)
        if n > 1:
            alike = sum(count * (count - 1) for count in Counter(values).values())
            shares.append(alike / (n * (n - 1)))
    return sum(shares) / len(shares) if shares else None


def gwet_ac1_of_many(units: Iterable[Sequence[bool]]) -> float | None:
    """Return Gwet's AC1 for two values and any number of coders, missing values left out.

    None without a unit of two values or when nobody says yes. Gwet (2008), section 4.
    """
    rated = [values for values in units if values]
    observed = mean_agreement(rated)
    if observed is None or not any(map(any, rated)):
        return None
    share = sum(sum(values) / len(values) for values in rated) / len(rated)
    chance = 2 * share * (1 - share)
    return (observed - chance) / (1 - chance)


def gwet_ac1(first: Sequence[bool], second: Sequence[bool]) -> float | None:
    """Return Gwet's AC1 for two values; None without units or when neither coder says yes.

    Gwet (2008), British Journal of Mathematical and Statistical Psychology 61(1).
    """
    observed = percent_agreement(first, second)
    if observed is None or not (any(first) or any(second)):
        return None
    share = (sum(first) + sum(second)) / (2 * len(first))
    chance = 2 * share * (1 - share)
    return (observed - chance) / (1 - chance)


def masi_distance(first: LabelSet, second: LabelSet) -> float:
    """Return 1 - Jaccard × monotonicity of two label sets (0 alike, 1 nothing shared).

    Monotonicity is 1 for equal sets, 2/3 when one holds the other, 1/3 when each has something of its
    own, 0 when disjoint. Two empty sets are alike. Passonneau (2006), LREC.
    """
    if first == second:
        return 0.0
    shared = first & second
    if not shared:
        return 1.0
    monotonicity = 2 / 3 if first < second or second < first else 1 / 3
    return 1 - len(shared) / len(first | second) * monotonicity


def masi_alpha(first: Sequence[LabelSet], second: Sequence[LabelSet]) -> float | None:
    """Return Krippendorff's alpha of two coders' label sets with MASI distance.

    None without units or when all sets are alike. Passonneau (2006); Krippendorff (2019), ch. 12.
    """
    counts = Counter(first) + Counter(second)
    values = counts.total()
    expected = sum(n * m * masi_distance(a, b) for a, n in counts.items() for b, m in counts.items())
    if not expected:
        return None
    observed = sum(masi_distance(a, b) for a, b in zip(first, second, strict=True)) / len(first)
    return 1 - observed * values * (values - 1) / expected
