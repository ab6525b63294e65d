"""Every chart comes with a title, a sentence and a table, whatever the rows are."""

import json

import pytest

from kafe.blocks.blocks import MIME
from kafe.charts.band import band
from kafe.charts.bars import bars, grouped_bars
from kafe.charts.figure import PLOTLY_MIME
from kafe.charts.heat import heatmap
from kafe.charts.lines import curve, dot_range
from kafe.charts.stakeholders import RADIUS, stakeholder_map

COUNTS = [
    {"tema": "Tid", "antall": 7},
    {"tema": "Tillit", "antall": 12},
    {"tema": "Bolig", "antall": None},
    {"tema": "Mat", "antall": 5},
    {"tema": "Vei", "antall": 9},
]
HOSTILE = '</script><b onclick="x">&amp;'

MAKERS = {
    "bars": lambda rows: bars(rows, "label", "value", title="T"),
    "grouped_bars": lambda rows: grouped_bars(rows, "label", "series", "value", title="T"),
    "heatmap": lambda rows: heatmap(rows, "series", "label", "value", title="T"),
    "stakeholder_map": lambda rows: stakeholder_map(rows, title="T"),
    "dot_range": lambda rows: dot_range(rows, "label", "value", title="T"),
    "band": lambda rows: band(
        rows,
        "affected",
        "value",
        "value",
        "value",
        "influence",
        title="T",
        names=("a", "b", "c"),
        summary="S.",
    ),
    "curve": lambda rows: curve(rows, "affected", "value", series="series", title="T"),
}


def row(label="a", value=2, series="s", affected=4, influence=2):
    return {"label": label, "value": value, "series": series, "affected": affected, "influence": influence}


def plotly(figure):
    return figure.payload()["plotly"]


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_no_rows_give_a_sentence_and_no_chart(maker):
    figure = maker([])
    assert figure.figure is None
    assert figure.summary == "Ingen tall å vise: materialet har ingen rader her ennå."
    assert figure.payload()["table"] == ""


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_every_chart_has_title_summary_and_table(maker):
    payload = maker([row("a", 1), row("b", 3, "r", 2)]).payload()
    assert payload["title"] == "T"
    assert payload["summary"].endswith(".")
    assert "<table" in payload["table"]
    assert payload["plotly"]["data"]


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_the_same_rows_give_the_same_bytes(maker):
    rows = [row("a", 1), row("b", 3, "r", 2)]
    assert json.dumps(maker(rows).payload()) == json.dumps(maker(rows).payload())


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_labels_cannot_carry_markup_into_the_chart(maker):
    drawn = json.dumps(plotly(maker([row(HOSTILE, 2, HOSTILE)])), ensure_ascii=False)
    assert "<b" not in drawn.replace("<br>", "")
    assert "</script" not in drawn


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_one_row_and_a_huge_word_are_drawn(maker):
    assert maker([row("x" * 900, 1)]).figure is not None


def test_bars_are_sorted_and_summed_up():
    figure = bars(COUNTS, "tema", "antall", title="Temaer")
    assert figure.summary == (
        "Flest innspill: Tillit (12), deretter Vei (9) og Tid (7); færrest: Mat (5). 1 er skjult (<5)."
    )
    assert plotly(figure)["layout"]["yaxis"]["ticktext"] == ["Tillit", "Vei", "Tid", "Mat", "Bolig"]


def test_hidden_counts_are_shown_as_hidden_and_not_as_zero():
    figure = bars(COUNTS, "tema", "antall", title="Temaer")
    assert plotly(figure)["data"][0]["text"][-1] == "&lt;5"
    assert figure.data.cells[-1] == ("Bolig", "<5")
    assert "«<5» betyr" in figure.note


def test_a_heat_map_tells_hidden_zero_and_missing_apart():
    rows = [
        {"x": "a", "y": "r", "n": 0},
        {"x": "b", "y": "r", "n": None},
        {"x": "a", "y": "s", "n": 6},
    ]
    figure = heatmap(rows, "x", "y", "n", title="T")
    shown, hidden = plotly(figure)["data"]
    assert shown["text"] == [["0", ""], ["6", ""]]
    assert hidden["text"] == [["", "&lt;5"], ["", ""]]
    assert figure.data.cells == (("r", "0", "<5"), ("s", "6", "–"))
    assert figure.summary == "Flest innspill der s møter a (6). Rutenettet er 2 × 2."


def test_series_differ_by_pattern_as_well_as_colour():
    rows = [row("a", 1, "s"), row("a", 2, "t")]
    first, second = plotly(grouped_bars(rows, "label", "series", "value", title="T"))["data"]
    assert first["marker"]["color"] != second["marker"]["color"]
    assert first["marker"]["pattern"]["shape"] != second["marker"]["pattern"]["shape"]


def test_more_series_than_can_be_told_apart_are_refused():
    with pytest.raises(ValueError, match="at most 5 series"):
        grouped_bars([row(series=str(n)) for n in range(6)], "label", "series", "value", title="T")


def test_agreement_tells_change_lines_and_what_was_not_measured():
    rows = [
        {"kode": "a", "før": 0.5, "nå": 0.9, "fra": 0.8, "til": 0.95},
        {"kode": "b", "før": 0.7, "nå": 0.6, "fra": 0.4, "til": 0.7},
        {"kode": "c", "før": None, "nå": None, "fra": None, "til": None},
    ]
    figure = dot_range(rows, "kode", "nå", "fra", "til", before="før", title="Samsvar")
    assert figure.summary == (
        "1 gikk opp og 1 ned fra «før» til «etter». Høyest: a (0,90); lavest: b (0,60). "
        "1 av 2 er 0,80 eller høyere (pålitelig). For 1 kunne verdien ikke regnes ut."
    )
    assert figure.data.cells[0] == ("a", "0,50", "0,90", "0,80", "0,95")
    assert plotly(figure)["data"][1]["error_x"]["array"] == pytest.approx([0.05, 0.1])
    assert any(note["text"] == "kunne ikke regnes ut" for note in plotly(figure)["layout"]["annotations"])


def test_a_curve_tells_its_top_and_what_was_chosen():
    rows = [{"k": k, "s": s} for k, s in ((4, 0.6), (2, 0.4), (3, 0.7))]
    figure = curve(rows, "k", "s", title="T", headers={"k": "antall", "s": "stabilitet"}, chosen=3)
    assert (
        figure.summary
        == "Stabilitet er høyest (0,70) ved antall = 3 og lavest (0,40) ved 2. Valgt: antall = 3."
    )
    assert plotly(figure)["data"][0]["x"] == [2, 3, 4]


def test_stakeholders_fall_in_the_four_fields_of_the_mandate():
    rows = [row("A", affected=5, influence=1), row("B", affected=1, influence=5)]
    rows += [row("C", affected=5, influence=5), row("D", affected=1, influence=1)]
    figure = stakeholder_map([*rows, row("E", affected=None)], title="T", more={"value": "Innspill"})
    assert figure.data.headers == (
        "Nr.",
        "Interessent",
        "Følges opp slik",
        "Innspill",
        "Påvirkning (1–5)",
        "Berørt (1–5)",
    )
    assert [(line[1], line[2]) for line in figure.data.cells] == [
        ("C", "må følges opp nøye"),
        ("B", "må holdes informert"),
        ("A", "må holdes jevnlig informert"),
        ("D", "informeres ved behov"),
        ("E", "–"),
    ]
    assert figure.summary.startswith("4 interessenter er plassert. Må følges opp nøye: 1 (C).")
    assert figure.table_open


def dots(figure):
    trace = plotly(figure)["data"][0]
    return list(zip(trace["text"], trace["x"], trace["y"], strict=True))


def field_corners(figure):
    notes = plotly(figure)["layout"]["annotations"]
    return {note["text"].replace("<br>", " "): (note["x"], note["y"]) for note in notes if "name" not in note}


def test_influence_runs_to_the_right_and_degree_affected_upwards():
    rows = [row("A", affected=5, influence=1), row("B", affected=1, influence=5)]
    figure = stakeholder_map(rows, title="T")
    (_, x_b, y_b), (_, x_a, y_a) = dots(figure)
    assert x_b > x_a
    assert y_a < y_b
    assert plotly(figure)["layout"]["yaxis"]["range"][0] > plotly(figure)["layout"]["yaxis"]["range"][1]
    corners = field_corners(figure)
    left, right = corners["Må holdes jevnlig informert"], corners["Må følges opp nøye"]
    below = corners["Informeres ved behov"]
    assert left[0] < right[0]
    assert left[1] == right[1] < below[1]
    assert corners["Må holdes informert"] == (right[0], below[1])


def test_dots_of_the_stakeholder_map_never_overlap_and_every_one_has_its_name():
    rows = [row(f"Interessent {n}", affected=2, influence=2 + n % 2 / 2) for n in range(9)]
    figure = stakeholder_map(rows, title="T")
    spots = dots(figure)
    assert all(
        abs(x - a) >= 0.5 or abs(y - b) >= 2 * RADIUS
        for place, (_, x, y) in enumerate(spots)
        for _, a, b in spots[place + 1 :]
    )
    names = [note["text"] for note in plotly(figure)["layout"]["annotations"] if note.get("name")]
    assert len(names) == len(rows)


def test_a_heat_map_of_hidden_counts_alone_says_so():
    figure = heatmap([{"x": "a", "y": "r", "n": None}], "x", "y", "n", title="T", hidden="skjult")
    assert figure.summary == "Alle ruter med innspill er skjult. Rutenettet er 1 × 1."


def test_jupyterlab_gets_an_interactive_chart_without_an_upload_button(monkeypatch):
    shown = []
    monkeypatch.setattr(
        "IPython.display.publish_display_data", lambda data, metadata=None: shown.append((data, metadata))
    )
    bars(COUNTS, "tema", "antall", title="Temaer")._ipython_display_()
    (head, _), (chart, chart_mark), (rest, rest_mark) = shown
    assert head[MIME]["kind"] == "figure"
    assert chart[PLOTLY_MIME]["config"]["showSendToCloud"] is False
    assert chart[PLOTLY_MIME]["config"]["displaylogo"] is False
    assert "<details>" in rest["text/html"]
    assert chart_mark == rest_mark == {"kafe": {"part": True}}


def test_charts_carry_no_template():
    assert "template" not in plotly(bars(COUNTS, "tema", "antall", title="T"))["layout"]
