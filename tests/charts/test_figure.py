"""Every chart comes with a title, a sentence and a table, whatever the rows are."""

import json

import pytest

from kafe.blocks import MIME
from kafe.charts import (
    PLOTLY_MIME,
    band,
    bars,
    curve,
    dot_range,
    heatmap,
    hierarchy,
    over_time,
    stakeholder_map,
    topic_map,
)

HOSTILE = '</script><b onclick="x">&amp;'

MAKERS = {
    "bars": lambda rows: bars(rows, "label", "value", title="T"),
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


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_no_rows_give_a_sentence_and_no_chart(maker):
    figure = maker([])
    assert figure.figure is None
    assert figure.summary == "Ingen tall å vise: materialet har ingen rader her ennå."
    assert figure.payload()["table"] == ""


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_every_chart_has_title_summary_and_table(maker, row):
    payload = maker([row("a", 1), row("b", 3, "r", 2)]).payload()
    assert payload["title"] == "T"
    assert payload["summary"].endswith(".")
    assert "<table" in payload["table"]
    assert payload["plotly"]["data"]


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_the_same_rows_give_the_same_bytes(maker, row):
    rows = [row("a", 1), row("b", 3, "r", 2)]
    assert json.dumps(maker(rows).payload()) == json.dumps(maker(rows).payload())


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_labels_cannot_carry_markup_into_the_chart(maker, plotly, row):
    drawn = json.dumps(plotly(maker([row(HOSTILE, 2, HOSTILE)])), ensure_ascii=False)
    assert "<b" not in drawn.replace("<br>", "")
    assert "</script" not in drawn


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_one_row_and_a_huge_word_are_drawn(maker, row):
    assert maker([row("x" * 900, 1)]).figure is not None


def test_jupyterlab_gets_an_interactive_chart_without_an_upload_button(monkeypatch, counts):
    shown = []
    monkeypatch.setattr(
        "IPython.display.publish_display_data", lambda data, metadata=None: shown.append((data, metadata))
    )
    bars(counts, "tema", "antall", title="Temaer")._ipython_display_()
    (head, _), (chart, chart_mark), (rest, rest_mark) = shown
    assert head[MIME]["kind"] == "figure"
    assert chart[PLOTLY_MIME]["config"]["showSendToCloud"] is False
    assert chart[PLOTLY_MIME]["config"]["displaylogo"] is False
    assert "<details>" in rest["text/html"]
    assert chart_mark == rest_mark == {"kafe": {"part": True}}


def test_charts_carry_no_template(plotly, counts):
    assert "template" not in plotly(bars(counts, "tema", "antall", title="T"))["layout"]


def test_no_topics_and_no_merges_give_a_sentence_and_no_chart():
    for figure in (
        topic_map([], [], title="T"),
        hierarchy([], [], title="T"),
        hierarchy([{"id": 0, "name": "a"}], [], title="T"),
        over_time([], "a", "b", "c", title="T"),
    ):
        assert figure.figure is None
        assert figure.summary == "Ingen tall å vise: materialet har ingen rader her ennå."


def test_names_of_topics_cannot_carry_markup_into_the_chart(plotly):
    rows = [{"id": n, "name": HOSTILE, "size": 3, "x": n, "y": 0} for n in range(2)]
    merge = [{"id": 2, "left": 0, "right": 1, "height": 1.0, "size": 6, "words": [HOSTILE]}]
    own = [{"topic": 0, "x": 0.0, "y": 0.0, "far": False, "text": HOSTILE}]
    for figure in (
        topic_map(rows, own, title="T"),
        hierarchy(rows, merge, title="T"),
        over_time([{"w": HOSTILE, "s": HOSTILE, "n": 1}], "w", "s", "n", title="T"),
    ):
        text = json.dumps(plotly(figure), ensure_ascii=False)
        assert "<b" not in text.replace("<br>", "")
        assert "</script" not in text
