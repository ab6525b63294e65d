"""Curves over a number."""

import pytest

from kafe.charts import band, curve


def test_a_curve_tells_its_top_and_what_was_chosen(plotly):
    rows = [{"k": k, "s": s} for k, s in ((4, 0.6), (2, 0.4), (3, 0.7))]
    figure = curve(rows, "k", "s", title="T", headers={"k": "antall", "s": "stabilitet"}, chosen=3)
    assert (
        figure.summary
        == "Stabilitet er høyest (0,70) ved antall = 3 og lavest (0,40) ved 2. Valgt: antall = 3."
    )
    assert plotly(figure)["data"][0]["x"] == [2, 3, 4]


def test_series_differ_by_symbol_as_well_as_colour(plotly, row):
    rows = [row(value=1, series="s"), row(value=2, series="t")]
    first, second = plotly(curve(rows, "affected", "value", series="series", title="T"))["data"]
    assert first["line"]["color"] != second["line"]["color"]
    assert first["marker"]["symbol"] != second["marker"]["symbol"]


def test_more_series_than_can_be_told_apart_are_refused(row):
    with pytest.raises(ValueError, match="at most 5 series"):
        curve([row(series=str(n)) for n in range(6)], "affected", "value", series="series", title="T")


def test_a_band_draws_what_chance_gives_under_the_line_and_tells_all_three_in_the_table(plotly):
    rows = [
        {"nr": 2, "sum": 5, "snitt": 4.5, "fra": 4.0, "til": 5.0, "bord": "3"},
        {"nr": 1, "sum": 2, "snitt": 3.0, "fra": 1.0, "til": 4.0, "bord": "1"},
    ]
    words = ("Slik det kom", "I snitt", "95 %")
    figure = band(rows, "nr", "sum", "snitt", "fra", "til", names=words, detail="bord", title="T")
    low, high, middle, line = plotly(figure)["data"]
    assert (low["y"], high["y"], high["fill"]) == ([1.0, 4.0], [4.0, 5.0], "tonexty")
    assert (middle["name"], line["name"], line["y"]) == ("I snitt", "Slik det kom", [2, 5])
    assert line["hovertext"] == ["nr 1: 2<br>1", "nr 2: 5<br>3"]
    assert figure.data.headers == ("nr", "bord", "sum", "I snitt", "Nedre grense", "Øvre grense")
    assert figure.data.cells[0] == ("1", "1", "2", "3", "1", "4")
    assert figure.summary == "Sum er høyest (5) ved nr = 2 og lavest (2) ved 1."
