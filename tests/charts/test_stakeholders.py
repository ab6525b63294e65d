"""The matrix of the mandate: influence to the right, degree affected upwards."""

from kafe.charts import stakeholder_map
from kafe.charts.stakeholders import RADIUS


def dots(drawn):
    trace = drawn["data"][0]
    return list(zip(trace["text"], trace["x"], trace["y"], strict=True))


def field_corners(drawn):
    notes = drawn["layout"]["annotations"]
    return {note["text"].replace("<br>", " "): (note["x"], note["y"]) for note in notes if "name" not in note}


def test_stakeholders_fall_in_the_four_fields_of_the_mandate(row):
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


def test_influence_runs_to_the_right_and_degree_affected_upwards(plotly, row):
    rows = [row("A", affected=5, influence=1), row("B", affected=1, influence=5)]
    figure = stakeholder_map(rows, title="T")
    (_, x_b, y_b), (_, x_a, y_a) = dots(plotly(figure))
    assert x_b > x_a
    assert y_a < y_b
    assert plotly(figure)["layout"]["yaxis"]["range"][0] > plotly(figure)["layout"]["yaxis"]["range"][1]
    corners = field_corners(plotly(figure))
    left, right = corners["Må holdes jevnlig informert"], corners["Må følges opp nøye"]
    below = corners["Informeres ved behov"]
    assert left[0] < right[0]
    assert left[1] == right[1] < below[1]
    assert corners["Må holdes informert"] == (right[0], below[1])


def test_dots_of_the_stakeholder_map_never_overlap_and_every_one_has_its_name(plotly, row):
    rows = [row(f"Interessent {n}", affected=2, influence=2 + n % 2 / 2) for n in range(9)]
    figure = stakeholder_map(rows, title="T")
    spots = dots(plotly(figure))
    assert all(
        abs(x - a) >= 0.5 or abs(y - b) >= 2 * RADIUS
        for place, (_, x, y) in enumerate(spots)
        for _, a, b in spots[place + 1 :]
    )
    names = [note["text"] for note in plotly(figure)["layout"]["annotations"] if note.get("name")]
    assert len(names) == len(rows)
