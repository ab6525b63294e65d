"""Shaded cells that tell hidden, zero and missing apart."""

from kafe.charts import heatmap


def test_a_heat_map_tells_hidden_zero_and_missing_apart(plotly):
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


def test_a_heat_map_of_hidden_counts_alone_says_so():
    figure = heatmap([{"x": "a", "y": "r", "n": None}], "x", "y", "n", title="T", hidden="skjult")
    assert figure.summary == "Alle ruter med innspill er skjult. Rutenettet er 1 × 1."
