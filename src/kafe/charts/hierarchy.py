"""Which topics are alike, as a tree: the shorter the way to where two meet, the more alike they are."""

from collections.abc import Mapping
from typing import Any

from kafe.blocks.blocks import table
from kafe.blocks.formatting import Row, cell, chart_text, label_lines, listed, records
from kafe.charts import theme
from kafe.charts.figure import Figure, empty_figure
from kafe.messages import message

MARK = 8


def hierarchy(
    topics: Any,
    merges: Any,
    *,
    title: str,
    summary: str | None = None,
    headers: Mapping[str, str] | None = None,
    note: str = "",
) -> Figure:
    """Return the tree of topics, names to the left, meeting points further right the less alike they are.

    `topics`: id and name. `merges`: id, left, right (ids of topics or of earlier merges), height (never
    below those of its parts), and optionally `words` that describe both together. Fewer than two topics
    give a sentence only.
    """
    names = {row["id"]: str(row["name"]) for row in records(topics)}
    steps = [row for row in records(merges) if {row["left"], row["right"]} <= _known(names, merges)]
    if len(names) < 2 or not steps:
        return empty_figure(title)
    below = _below(names, steps)
    order = _order(names, steps, below)
    at: dict[Any, tuple[float, float]] = {topic: (0.0, float(row)) for row, topic in enumerate(order)}
    lines = [label_lines(names[topic], theme.LABEL_WIDTH) for topic in order]
    top = max(step["height"] for step in steps) or 1
    import plotly.graph_objects as go

    figure = go.Figure(
        layout=theme.layout(
            theme.row_height(lines, 30) * len(order) + 12,
            margin={"l": theme.label_margin(lines), "r": 12, "t": 4, "b": 8},
            xaxis=theme.axis(
                range=[0, 1.04 * top],
                showticklabels=False,
                showgrid=False,
            ),
            yaxis=theme.label_axis(lines, [chart_text(part) for part in lines]),
        )
    )
    for step in steps:
        (x_left, y_left), (x_right, y_right) = at[step["left"]], at[step["right"]]
        at[step["id"]] = (step["height"], (y_left + y_right) / 2)
        figure.add_scatter(
            x=[x_left, step["height"], step["height"], x_right],
            y=[y_left, y_left, y_right, y_right],
            mode="lines",
            line={"color": theme.BLUE, "width": 2},
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=[at[step["id"]][0] for step in steps],
        y=[at[step["id"]][1] for step in steps],
        mode="markers",
        marker={"size": MARK, "color": theme.BLUE, "symbol": "square"},
        hovertext=[_hover(step, names, below) for step in steps],
        hoverinfo="text",
        cliponaxis=False,
    )
    behind = _table(title, names, steps, below, headers or {})
    said = f"{message('charts.tree.axis')} {note}".strip()
    return Figure(title, summary or _summary(names, steps, below), figure, behind, said)


def _known(names: Mapping[Any, str], merges: Any) -> set[Any]:
    return set(names) | {row["id"] for row in records(merges)}


def _below(names: Mapping[Any, str], steps: list[Row]) -> dict[Any, list[Any]]:
    """Return the topics under each topic and each merge."""
    below: dict[Any, list[Any]] = {topic: [topic] for topic in names}
    for step in steps:
        below[step["id"]] = [*below[step["left"]], *below[step["right"]]]
    return below


def _order(names: Mapping[Any, str], steps: list[Row], below: Mapping[Any, list[Any]]) -> list[Any]:
    """Return the topics so that no two lines of the tree cross: those under one merge together."""
    inner = {part for step in steps for part in (step["left"], step["right"])}
    roots = [step["id"] for step in reversed(steps) if step["id"] not in inner]
    placed = [topic for root in roots for topic in below[root]]
    return [*placed, *(topic for topic in names if topic not in placed)]


def _hover(step: Row, names: Mapping[Any, str], below: Mapping[Any, list[Any]]) -> str:
    found = [line for topic in below[step["id"]] for line in label_lines(f"– {names[topic]}", 48, 1)]
    words = label_lines(cell(list(step["words"])), 48, 2) if step.get("words") else []
    return chart_text([*words, *found])


def _table(
    title: str,
    names: Mapping[Any, str],
    steps: list[Row],
    below: Mapping[Any, list[Any]],
    headers: Mapping[str, str],
) -> Any:
    rows = [
        {
            "step": number + 1,
            "left": listed([f"«{names[topic]}»" for topic in below[step["left"]]]),
            "right": listed([f"«{names[topic]}»" for topic in below[step["right"]]]),
            "height": float(step["height"]),
            "words": ", ".join(step.get("words") or ()) or None,
        }
        for number, step in enumerate(steps)
    ]
    columns = {key: message(f"charts.tree.{key}") for key in ("step", "left", "right", "height")}
    if any(row["words"] for row in rows):
        columns["words"] = message("charts.tree.words")
    columns = {key: headers.get(key, head) for key, head in columns.items()}
    caption = message("charts.parts.caption", title=title)
    return table(rows, columns, caption, formats={"height": "decimal"})


def _summary(names: Mapping[Any, str], steps: list[Row], below: Mapping[Any, list[Any]]) -> str:
    """Return which two topics meet first, and what the last step joins."""
    first, last = steps[0], steps[-1]
    pair = [names[topic] for part in ("left", "right") for topic in below[first[part]]]
    said = message("charts.tree.first", pair=listed([f"«{name}»" for name in pair]))
    if len(steps) < 2:
        return said
    sides = sorted((len(below[last["left"]]), len(below[last["right"]])))
    return f"{said} {message('charts.tree.last', few=sides[0], many=sides[1])}"
