"""The map of topics, their tree and their course over time: readable, repeatable, and careful with small counts."""

import json
import math
import random
from itertools import pairwise

import nbformat
import pytest

from kafe.charts.hierarchy import hierarchy
from kafe.charts.label_placement import Box, place, text_width
from kafe.charts.over_time import over_time
from kafe.charts.topic_map import GAP, MOST_DOTS, WIDTH, topic_map
from kafe.report.render import render

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


def apart(boxes):
    return all(
        a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        for place, a in enumerate(boxes)
        for b in boxes[place + 1 :]
    )


@pytest.mark.parametrize("count", [1, 2, 3, 8, 20, 40])
def test_names_and_discs_never_cover_each_other_and_stay_within_the_drawing(count):
    rows = topics(count)
    figure = topic_map(rows, notes(rows), title="Emner")
    boxes = label_boxes(figure)
    assert len(boxes) == count
    assert apart(boxes)
    assert apart(circles(figure))
    high = drawn(figure)["layout"]["yaxis"]["range"][0]
    assert all(left >= 0 and right <= WIDTH and bottom <= high for left, _, right, bottom in boxes)


def test_topics_in_the_same_place_are_still_told_apart():
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


def test_no_topics_and_no_merges_give_a_sentence_and_no_chart():
    for figure in (
        topic_map([], [], title="T"),
        hierarchy([], [], title="T"),
        hierarchy(topics(1), [], title="T"),
        over_time([], "a", "b", "c", title="T"),
    ):
        assert figure.figure is None
        assert figure.summary == "Ingen tall å vise: materialet har ingen rader her ennå."


def test_labels_cannot_carry_markup_into_the_charts():
    hostile = '</script><b onclick="x">&amp;'
    rows = [{"id": n, "name": hostile, "size": 3, "x": n, "y": 0} for n in range(2)]
    merge = [{"id": 2, "left": 0, "right": 1, "height": 1.0, "size": 6, "words": [hostile]}]
    own = [{"topic": 0, "x": 0.0, "y": 0.0, "far": False, "text": hostile}]
    for figure in (
        topic_map(rows, own, title="T"),
        hierarchy(rows, merge, title="T"),
        over_time([{"w": hostile, "s": hostile, "n": 1}], "w", "s", "n", title="T"),
    ):
        text = json.dumps(drawn(figure), ensure_ascii=False)
        assert "<b" not in text.replace("<br>", "")
        assert "</script" not in text


MERGES = [
    {"id": 4, "left": 1, "right": 3, "height": 0.5, "size": 9, "words": ["hjem", "seng"]},
    {"id": 5, "left": 0, "right": 4, "height": 0.8, "size": 15, "words": []},
    {"id": 6, "left": 2, "right": 5, "height": 2.0, "size": 20, "words": []},
]
NAMED = [{"id": n, "name": name} for n, name in enumerate(["bolig", "hybel", "skole", "leie"])]


def test_the_tree_sets_topics_that_meet_first_beside_each_other():
    figure = hierarchy(NAMED, MERGES, title="Emner")
    assert drawn(figure)["layout"]["yaxis"]["ticktext"] == ["skole", "bolig", "hybel", "leie"]
    assert figure.summary == "Likest er «hybel» og «leie». Det største skillet går mellom 1 og 3 av emnene."
    assert figure.data.cells[0] == ("1", "«hybel»", "«leie»", "0,50", "hjem, seng")
    assert figure.data.cells[1][1:3] == ("«bolig»", "«hybel» og «leie»")


def test_the_lines_of_the_tree_run_from_the_topics_to_where_they_meet():
    first, second, *_ = drawn(hierarchy(NAMED, MERGES, title="Emner"))["data"]
    assert (first["x"], first["y"]) == ([0, 0.5, 0.5, 0], [2, 2, 3, 3])
    assert (second["x"], second["y"]) == ([0, 0.8, 0.8, 0.5], [1, 1, 2.5, 2.5])


def test_a_merge_of_something_unknown_is_not_drawn():
    odd = [*MERGES[:1], {"id": 9, "left": 77, "right": 78, "height": 1.0, "size": 2, "words": []}]
    assert len(drawn(hierarchy(NAMED, odd, title="Emner"))["data"]) == 2


def test_over_time_goes_by_date_and_tells_hidden_from_none():
    rows = [
        {"dato": "2025-06-12", "emne": "bolig", "n": 9},
        {"dato": "2025-05-06", "emne": "bolig", "n": None},
        {"dato": "2025-06-12", "emne": "tid", "n": 6},
    ]
    figure = over_time(rows, "dato", "emne", "n", title="T", headers={"emne": "Emne"})
    assert figure.data.headers == ("Emne", "06.05.2025", "12.06.2025")
    assert figure.data.cells == (("bolig", "<5", "9"), ("tid", "0", "6"))
    first, _ = drawn(figure)["data"]
    assert first["marker"]["symbol"] == ["circle-open", "circle"]
    assert first["y"][0] > first["y"][1]
    assert "«<5» betyr" in figure.note


def test_lines_over_time_stay_within_their_own_row():
    rows = [{"d": f"2025-0{m}-01", "s": str(s), "n": m * s} for m in range(1, 6) for s in range(1, 8)]
    for row, trace in enumerate(drawn(over_time(rows, "d", "s", "n", title="T"))["data"]):
        assert all(row - 0.5 < y < row + 0.5 for y in trace["y"])


def test_boxes_find_a_place_even_when_all_want_the_same():
    boxes = [Box(100 + n, 20, 40) for n in range(30)]
    points, height = place(boxes, [(0, 0)] * 30, 500, GAP)
    edges = [
        (x - box.width / 2, y - box.above, x + box.width / 2, y + box.below)
        for box, (x, y) in zip(boxes, points, strict=True)
    ]
    assert apart(edges)
    assert all(
        left >= 0 and right <= 500 and top >= 0 and bottom <= height for left, top, right, bottom in edges
    )


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
    target.write_text(render(source, provenance={"seed": 1}), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(target.as_uri())
    page.locator(".kafe-chart .annotation").first.wait_for()
    assert page.evaluate(OVERLAPS) == [shown, 0]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
