"""Counts over time: by date, each series in its own row."""

from kafe.charts import over_time


def test_over_time_goes_by_date_and_tells_hidden_from_none(plotly):
    rows = [
        {"dato": "2025-06-12", "emne": "bolig", "n": 9},
        {"dato": "2025-05-06", "emne": "bolig", "n": None},
        {"dato": "2025-06-12", "emne": "tid", "n": 6},
    ]
    figure = over_time(rows, "dato", "emne", "n", title="T", headers={"emne": "Emne"})
    assert figure.data.headers == ("Emne", "06.05.2025", "12.06.2025")
    assert figure.data.cells == (("bolig", "<5", "9"), ("tid", "0", "6"))
    first, _ = plotly(figure)["data"]
    assert first["marker"]["symbol"] == ["circle-open", "circle"]
    assert first["y"][0] > first["y"][1]
    assert "«<5» betyr" in figure.note


def test_lines_over_time_stay_within_their_own_row(plotly):
    rows = [{"d": f"2025-0{m}-01", "s": str(s), "n": m * s} for m in range(1, 6) for s in range(1, 8)]
    for row, trace in enumerate(plotly(over_time(rows, "d", "s", "n", title="T"))["data"]):
        assert all(row - 0.5 < y < row + 0.5 for y in trace["y"])
