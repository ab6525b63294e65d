"""The map of topics: readable, repeatable, and careful with small counts."""

import json
import math
import random
from itertools import pairwise

import nbformat
import pytest

from kafe.charts import topic_map
from kafe.charts.label_placement import text_width
from kafe.charts.topic_map import MOST_DOTS, WIDTH
from kafe.report import render_report

LONG = "ettervernsoppfølgingsteam, brukermedvirkning, individuell plan"


def topics(count, seed=1):
    draw = random.Random(seed)
    return [
        {
            "id": number,
            "name": f"emne nummer {number}, bolig, pårørende" if number % 3 else LONG,
            "size": draw.randint(3, 90),
            "x": draw.gauss(0, 1),
            "y": draw.gauss(0, 1) ** 3,
            "unstable": number % 4 == 0,
        }
        for number in range(count)
    ]


def notes(rows, each=7):
    draw = random.Random(2)
    return [
        {
            "topic": row["id"],
            "x": row["x"] + draw.gauss(0, 0.2),
            "y": row["y"] + draw.gauss(0, 0.2),
            "far": draw.random() < 0.2,
            "text": f"Innspill {number} om bolig" if number % 2 else None,
        }
        for row in rows
        for number in range(each)
    ]


def drawn(figure):
    return figure.payload()["plotly"]


def names(figure):
    return [note for note in drawn(figure)["layout"]["annotations"] if note.get("name") == "kafe-wide"]


def label_boxes(figure):
    """Return left, top, right, bottom (px) of every name as it is drawn at the narrowest width."""
    found = []
    for note in names(figure):
        lines = note["text"].split("<br>")
        half = max(text_width(line, note["font"]["size"]) for line in lines) / 2
        top = note["y"] - note["yshift"]
        found.append((note["x"] - half, top, note["x"] + half, top + 14 * len(lines)))
    return found


def circles(figure):
    return [
        (shape["x0"], shape["y0"], shape["x1"], shape["y1"]) for shape in drawn(figure)["layout"]["shapes"]
    ]


@pytest.mark.parametrize("count", [1, 2, 3, 8, 20, 40])
def test_names_and_discs_never_cover_each_other_and_stay_within_the_drawing(count, apart):
    rows = topics(count)
    figure = topic_map(rows, notes(rows), title="Emner")
    boxes = label_boxes(figure)
    assert len(boxes) == count
    assert apart(boxes)
    assert apart(circles(figure))
    high = drawn(figure)["layout"]["yaxis"]["range"][0]
    assert all(left >= 0 and right <= WIDTH and bottom <= high for left, _, right, bottom in boxes)


def test_topics_in_the_same_place_are_still_told_apart(apart):
    rows = [{**row, "x": 0.5, "y": 0.5} for row in topics(12)]
    assert apart(label_boxes(topic_map(rows, [], title="Emner")))


def test_alike_topics_are_drawn_near_each_other():
    rows = [
        {"id": number, "name": str(number), "size": 10, "x": x, "y": 0.0}
        for number, x in enumerate([0.0, 0.2, 9.0])
    ]
    figure = topic_map(rows, [], title="Emner")
    middle = [(left + right) / 2 for left, _, right, _ in circles(figure)]
    assert middle[0] < middle[1] < middle[2]
    assert middle[1] - middle[0] < middle[2] - middle[1]
    assert figure.summary.endswith("Nærmest hverandre ligger «0» og «1».")


def test_every_dot_lies_within_the_disc_of_its_topic_and_the_nearest_note_in_the_middle():
    rows = topics(6)
    figure = topic_map(rows, notes(rows, 20), title="Emner")
    for trace, (left, top, right, bottom) in zip(drawn(figure)["data"], circles(figure), strict=True):
        x, y, radius = (left + right) / 2, (top + bottom) / 2, (right - left) / 2
        away = [math.dist((x, y), point) for point in zip(trace["x"], trace["y"], strict=True)]
        assert len(away) == 20
        assert max(away) <= radius
        assert away == sorted(away)


def test_only_a_note_that_may_be_quoted_shows_its_words_when_pointed_at():
    row = {"id": 0, "name": "bolig", "size": 2, "x": 0, "y": 0}
    own = [
        {"topic": 0, "x": 0.0, "y": 0.0, "far": False, "text": "Kan siteres"},
        {"topic": 0, "x": 0.1, "y": 0.0, "far": True, "text": None},
    ]
    (trace,) = drawn(topic_map([row], own, title="Emner"))["data"]
    assert trace["hovertext"] == ["1 · bolig<br>«Kan siteres»", "1 · bolig"]
    assert [symbol.endswith("-open") for symbol in trace["marker"]["symbol"]] == [False, True]


def test_a_hidden_size_is_not_told_by_the_dots():
    row = {"id": 0, "name": "bolig", "size": None, "x": 0, "y": 0}
    own = [{"topic": 0, "x": 0.1 * n, "y": 0.0, "far": False, "text": "Hemmelig"} for n in range(3)]
    figure = topic_map([row], own, title="Emner")
    assert len(drawn(figure)["data"][0]["x"]) == 1
    assert "Hemmelig" not in json.dumps(figure.payload())
    assert figure.data.cells == (("1", "bolig", "<5"),)
    assert "«<5» betyr" in figure.note


def test_neighbouring_topics_differ_by_colour_and_by_symbol_and_unstable_ones_are_dashed():
    rows = topics(25)
    figure = topic_map(rows, notes(rows, 1), title="Emner")
    looks = [
        (trace["marker"]["color"], trace["marker"]["symbol"][0].removesuffix("-open"))
        for trace in drawn(figure)["data"]
    ]
    assert len(set(looks)) == 25
    assert all(one[0] != two[0] and one[1] != two[1] for one, two in pairwise(looks))
    dashes = [shape["line"]["dash"] for shape in drawn(figure)["layout"]["shapes"]]
    assert dashes == ["dot" if row["unstable"] else "solid" for row in rows]
    assert "Stiplet sirkel" in figure.note


def test_of_very_many_notes_some_dots_are_drawn_and_the_table_counts_all():
    rows = [{**row, "size": 2500} for row in topics(4)]
    figure = topic_map(rows, notes(rows, 2500), title="Emner")
    assert sum(len(trace["x"]) for trace in drawn(figure)["data"]) <= MOST_DOTS
    assert figure.data.cells[0][2] == "2\u202f500"


def test_the_order_of_the_notes_makes_no_difference_to_the_map():
    rows = topics(5)
    own = notes(rows)
    mixed = random.Random(4).sample(own, len(own))
    once, again = (drawn(topic_map(rows, some, title="Emner"))["data"] for some in (own, mixed))
    assert [(trace["x"], trace["y"]) for trace in once] == [(trace["x"], trace["y"]) for trace in again]


OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll(".kafe-chart .annotation")].map(one => one.getBoundingClientRect());
  let count = 0;
  boxes.forEach((a, at) => boxes.slice(at + 1).forEach(b => {
    if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) count += 1;
  }));
  return [boxes.length, count];
}"""


@pytest.mark.browser
@pytest.mark.parametrize(("width", "shown"), [(360, 40), (1200, 80)])
def test_in_a_browser_no_text_of_the_map_covers_another(browser, tmp_path, width, shown):
    rows = topics(40)
    cell = nbformat.v4.new_code_cell()
    data = topic_map(rows, notes(rows), title="Emner")._repr_mimebundle_()
    cell.outputs = [nbformat.v4.new_output("display_data", data)]
    source, target = tmp_path / "kart.ipynb", tmp_path / "kart.html"
    source.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=[cell])), encoding="utf-8")
    target.write_text(render_report(source, provenance={"seed": 1}), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(target.as_uri())
    page.locator(".kafe-chart .annotation").first.wait_for()
    assert page.evaluate(OVERLAPS) == [shown, 0]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
