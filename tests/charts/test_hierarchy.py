"""The tree of topics: those that meet first beside each other, no lines crossing."""

from kafe.charts import hierarchy

MERGES = [
    {"id": 4, "left": 1, "right": 3, "height": 0.5, "size": 9, "words": ["hjem", "seng"]},
    {"id": 5, "left": 0, "right": 4, "height": 0.8, "size": 15, "words": []},
    {"id": 6, "left": 2, "right": 5, "height": 2.0, "size": 20, "words": []},
]
NAMED = [{"id": n, "name": name} for n, name in enumerate(["bolig", "hybel", "skole", "leie"])]


def test_the_tree_sets_topics_that_meet_first_beside_each_other(plotly):
    figure = hierarchy(NAMED, MERGES, title="Emner")
    assert plotly(figure)["layout"]["yaxis"]["ticktext"] == ["skole", "bolig", "hybel", "leie"]
    assert figure.summary == "Likest er «hybel» og «leie». Det største skillet går mellom 1 og 3 av emnene."
    assert figure.data.cells[0] == ("1", "«hybel»", "«leie»", "0,50", "hjem, seng")
    assert figure.data.cells[1][1:3] == ("«bolig»", "«hybel» og «leie»")


def test_the_lines_of_the_tree_run_from_the_topics_to_where_they_meet(plotly):
    first, second, *_ = plotly(hierarchy(NAMED, MERGES, title="Emner"))["data"]
    assert (first["x"], first["y"]) == ([0, 0.5, 0.5, 0], [2, 2, 3, 3])
    assert (second["x"], second["y"]) == ([0, 0.8, 0.8, 0.5], [1, 1, 2.5, 2.5])


def test_a_merge_of_something_unknown_is_not_plotly(plotly):
    odd = [*MERGES[:1], {"id": 9, "left": 77, "right": 78, "height": 1.0, "size": 2, "words": []}]
    assert len(plotly(hierarchy(NAMED, odd, title="Emner"))["data"]) == 2
