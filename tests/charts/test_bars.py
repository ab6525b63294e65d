"""Bars, the largest first, hidden counts as hidden."""

from kafe.charts import bars


def test_bars_are_sorted_and_summed_up(plotly, counts):
    figure = bars(counts, "tema", "antall", title="Temaer")
    assert figure.summary == (
        "Flest innspill: Tillit (12), deretter Vei (9) og Tid (7); færrest: Mat (5). 1 er skjult (<5)."
    )
    assert plotly(figure)["layout"]["yaxis"]["ticktext"] == ["Tillit", "Vei", "Tid", "Mat", "Bolig"]


def test_hidden_counts_are_shown_as_hidden_and_not_as_zero(plotly, counts):
    figure = bars(counts, "tema", "antall", title="Temaer")
    assert plotly(figure)["data"][0]["text"][-1] == "&lt;5"
    assert figure.data.cells[-1] == ("Bolig", "<5")
    assert "«<5» betyr" in figure.note
