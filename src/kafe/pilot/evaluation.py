"""Indicators before and after the pilot against their targets."""

from collections.abc import Iterable
from typing import Literal

from kafe.pilot.project_data import Indicator
from kafe.records import Row
from kafe.stats import wilson

ORDER = ("struktur", "prosess", "resultat")
"""Structure, process, outcome: Donabedian (1966), Milbank Memorial Fund Quarterly 44:166–206."""
Status = Literal[
    "reached", "not_reached", "unsure", "no_denominator", "not_measured", "no_target", "no_direction"
]


def evaluation_table(indicators: Iterable[Indicator]) -> list[Row]:
    """Return one row an indicator, structure before process before outcome, else in the given order.

    `change` is after minus before; `movement` says whether it goes the way that is wanted (`better`,
    `worse`, `same`, or empty where that cannot be known). The wanted way is the indicator's own
    (`opp`, `ned`) or from the value before to the target. `reached` is None and `status` says why where
    it cannot be told. A target is reached, or not, only where the 95 % interval of the value after (Wilson, from
    its numerator and denominator) lies wholly on one side of it; without a denominator nobody knows how much
    chance may have moved it. Missing values stay None; nothing is filled in.
    """
    rows = []
    for one in sorted(indicators, key=lambda indicator: ORDER.index(indicator.type)):
        way = _way(one)
        change = None if one.before is None or one.after is None else round(one.after - one.before, 9)
        reached = None
        if one.after is not None and one.target is not None and way:
            reached = _reached(one, one.after, one.target, way)
        rows.append(
            {
                "indicator_id": one.id,
                "name": one.name,
                "type": one.type,
                "unit": one.unit,
                "before": one.before,
                "before_date": one.before_date,
                "after": one.after,
                "after_date": one.after_date,
                "target": one.target,
                "target_date": one.target_date,
                "change": change,
                "movement": _movement(change, way),
                "reached": reached,
                "status": _status(one, reached),
                "source": one.source,
                "remark": one.remark,
            }
        )
    return rows


def _reached(one: Indicator, after: float, target: float, way: int) -> bool | None:
    if not one.numerator or not one.denominator or one.numerator > one.denominator:
        return None
    scale = after * one.denominator / one.numerator
    edges = [(edge * scale - target) * way for edge in wilson(one.numerator, one.denominator)]
    return True if min(edges) >= 0 else False if max(edges) < 0 else None


def _way(one: Indicator) -> int:
    """Return 1 where more is wanted, -1 where less is, 0 where nothing says which."""
    if one.direction:
        return 1 if one.direction == "opp" else -1
    if one.before is None or one.target is None:
        return 0
    return (one.target > one.before) - (one.target < one.before)


def _movement(change: float | None, way: int) -> str:
    if change is None or not way:
        return ""
    if change == 0:
        return "same"
    return "better" if change * way > 0 else "worse"


def _status(one: Indicator, reached: bool | None) -> Status:
    if reached is not None:
        return "reached" if reached else "not_reached"
    if one.after is None:
        return "not_measured"
    if one.target is None or not _way(one):
        return "no_target" if one.target is None else "no_direction"
    return (
        "unsure"
        if one.numerator and one.denominator and one.numerator <= one.denominator
        else "no_denominator"
    )
