"""A slider over the number of free topics, in JupyterLab; in a report a sentence that says where it is."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

from kafe.blocks import Block, key_figures, quotes, remark, stack, table
from kafe.flow import READS
from kafe.messages import message, section
from kafe.views.results import Results

if TYPE_CHECKING:
    from kafe.topics import Explorer, Grouping

PROXIES = ("npmi", "diversity", "coherence", "stability")
QUOTED = 6


@cache
def explorer(results: Results) -> Explorer:
    """Return the notes of the whole material, prepared for any number of topics."""
    from kafe.flow.stages import embedder_of, topic_input
    from kafe.topics import Explorer

    project = results.project
    notes = topic_input(project, project.notes())
    return Explorer(notes, seed=results.settings.seed, embedder=embedder_of(project))


def topic_slider(results: Results) -> Any:
    """Return a widget that shows the notes in as many topics as the reader asks for, and how good they are.

    Where a report is made, a sentence instead: the report stays the same and takes no time. With too few
    notes for any number of topics, a sentence, too.
    """
    if READS in os.environ:
        return remark(message("topics.explore.in_lab"))
    found = explorer(results)
    if not found.numbers:
        return remark(message("topics.free.none"))
    import ipywidgets

    start = min(max(results.tables.topics.about["k"], found.numbers[0]), found.numbers[-1])
    wide = {"description_width": "initial"}
    number = ipywidgets.IntSlider(
        value=start,
        min=found.numbers[0],
        max=found.numbers[-1],
        description=message("topics.explore.number"),
        continuous_update=False,
        style=wide,
        layout={"width": "32em"},
    )
    ways = [(message(f"topics.explore.{key}"), key == "nested") for key in ("anew", "nested")]
    nested = ipywidgets.Dropdown(
        options=ways,
        value=False,
        description=message("topics.explore.way"),
        style=wide,
        layout={"width": "32em"},
    )
    shown = ipywidgets.HTML()

    def show(_: Any = None) -> None:
        block = grouping_block(results, found.at(number.value, nested=nested.value))
        shown.value = block.in_jupyterlab()

    number.observe(show, "value")
    nested.observe(show, "value")
    show()
    return ipywidgets.VBox([number, nested, shown])


def grouping_block(results: Results, grouping: Grouping) -> Block:
    """Return one grouping: the proxies, the topics as a table, and a quote from each of the largest."""
    names = section("topics.explore.proxy")
    rows = [{**topic, "all_words": ", ".join(topic["words"][:6])} for topic in grouping.topics]
    columns = {key: message(f"topics.column.{key}") for key in ("name", "all_words", "size", "stability")}
    parts = [
        key_figures([(names[key], round(grouping.quality[key], 2)) for key in PROXIES]),
        table(
            rows, columns, message("topics.explore.caption", k=grouping.k), formats={"stability": "decimal"}
        ),
    ]
    heard = [(row["name"], results.quotes(row["notes"], 1)) for row in rows[:QUOTED]]
    return stack([*parts, stack([(name, quotes(found)) for name, found in heard if found], 4)])
