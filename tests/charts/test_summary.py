"""Sentences for those who cannot see a chart; goldens written by hand."""

from kafe.charts.crosstab import Crosstab
from kafe.charts.summary import darkest, extremes, per_series, ranges, ranking


def test_a_ranking_names_most_next_and_least_and_what_is_hidden() -> None:
    assert ranking([("a", 3)], "<5") == "A: 3 innspill."
    assert ranking([("a", 3), ("b", 7)], "<5") == "Flest innspill: b (7), deretter a (3)."
    assert ranking([("a", 3), ("b", 3)], "<5") == "Alle 2 har like mange innspill (3)."
    assert ranking([("a", None)], "<5") == "Tallet er skjult (<5)."
    assert ranking([("a", 2), ("b", 7), ("c", 5), ("d", None)], "<5") == (
        "Flest innspill: b (7), deretter c (5); færrest: a (2). 1 er skjult (<5)."
    )


def test_series_are_summed_up_one_by_one() -> None:
    groups = [("mai", [("a", 1), ("b", 4)]), ("juni", [("a", 2), ("b", 2)]), ("juli", [("a", None)])]
    assert per_series(groups) == "Flest i mai: b (4). I juni har alle like mange (2)."


def test_a_heat_map_is_told_by_its_darkest_cell_and_size() -> None:
    rows = [{"x": "a", "y": "r", "n": 2}, {"x": "b", "y": "r", "n": 6}]
    assert (
        darkest(Crosstab.of(rows, "x", "y", "n")) == "Flest innspill der r møter b (6). Rutenettet er 1 × 2."
    )
    assert darkest(Crosstab.of([{**rows[0], "n": 0}], "x", "y", "n")).startswith("Ingen ruter har innspill.")


def test_measured_values_are_told_by_highest_lowest_and_how_many_reach_the_line() -> None:
    assert ranges([("a", 0.9), ("b", 0.5), ("c", None)], (0.8, "pålitelig")) == (
        "Høyest: a (0,90); lavest: b (0,50). 1 av 2 er 0,80 eller høyere (pålitelig). "
        "For 1 kunne verdien ikke regnes ut."
    )


def test_several_curves_are_told_by_their_tops() -> None:
    curves = [("a", [(1.0, 0.2), (2.0, 0.4)]), ("b", [(1.0, 0.3), (2.0, 0.1)])]
    assert extremes(curves, "k", "stabilitet", None) == (
        "A: høyest (0,40) ved k = 2. B: høyest (0,30) ved k = 1."
    )
