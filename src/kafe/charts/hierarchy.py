"""Which topics are alike, as a tree: the shorter the way to where two meet, the more alike they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Unpack

from kafe.blocks import TableBlock
from kafe.charts import theme
from kafe.charts.figure import Figure, Frame, Labels
from kafe.charts.wrapping import chart_text, label_lines
from kafe.formatting import Row, cell, listed, records
from kafe.messages import message

MARK = 8


def hierarchy(topics: Any, merges: Any, **labels: Unpack[Labels]) -> Figure:
    """Return the tree of topics, names to the left, meeting points further right the less alike they are.

    `topics`: id and name. `merges`: id, left, right (ids of topics or of earlier merges), height (never
    below those of its parts), and optionally `words` that describe both together. Fewer than two topics
    give a sentence only.
    """
    frame = Frame(**labels)
    tree = _Tree.of(records(topics), records(merges))
    if len(tree.names) < 2 or not tree.steps:
        return frame.nothing()
    order = tree.order()
    at: dict[Any, tuple[float, float]] = {topic: (0.0, float(row)) for row, topic in enumerate(order)}
    drawn = _empty_rows([tree.names[topic] for topic in order], max(step["height"] for step in tree.steps))
    for step in tree.steps:
        _add_fork(drawn, at[step["left"]], at[step["right"]], step["height"])
        at[step["id"]] = (step["height"], (at[step["left"]][1] + at[step["right"]][1]) / 2)
    drawn.add_scatter(
        x=[at[step["id"]][0] for step in tree.steps],
        y=[at[step["id"]][1] for step in tree.steps],
        mode="markers",
        marker={"size": MARK, "color": theme.BLUE, "symbol": "square"},
        hovertext=[_hover(step, tree) for step in tree.steps],
        hoverinfo="text",
        cliponaxis=False,
    )
    return frame.figure(drawn, _table(frame, tree), _summary(tree), key=message("charts.tree.axis"))


@dataclass(frozen=True)
class _Tree:
    """Topic → name, the merges whose parts are known, and the topics under each topic and merge."""

    names: Mapping[Any, str]
    steps: list[Row]
    below: Mapping[Any, list[Any]]

    @classmethod
    def of(cls, topics: list[Row], merges: list[Row]) -> "_Tree":
        names = {row["id"]: str(row["name"]) for row in topics}
        known = names.keys() | {row["id"] for row in merges}
        steps = [row for row in merges if {row["left"], row["right"]} <= known]
        below: dict[Any, list[Any]] = {topic: [topic] for topic in names}
        for step in steps:
            below[step["id"]] = [*below[step["left"]], *below[step["right"]]]
        return cls(names, steps, below)

    def order(self) -> list[Any]:
        """Return the topics so that no two lines of the tree cross: those under one merge together."""
        inner = {part for step in self.steps for part in (step["left"], step["right"])}
        roots = [step["id"] for step in reversed(self.steps) if step["id"] not in inner]
        placed = [topic for root in roots for topic in self.below[root]]
        return [*placed, *(topic for topic in self.names if topic not in placed)]

    def quoted(self, part: Any) -> str:
        """Return the names of the topics under a topic or merge as an enumeration."""
        return listed([f"«{self.names[topic]}»" for topic in self.below[part]])


def _empty_rows(names: list[str], top: float) -> Any:
    lines = [label_lines(name, theme.LABEL_WIDTH) for name in names]
    return theme.figure(
        theme.row_height(lines, 30) * len(lines) + 12,
        margin={"l": theme.label_margin(lines), "r": 12, "t": 4, "b": 8},
        xaxis=theme.axis(range=[0, 1.04 * (top or 1)], showticklabels=False, showgrid=False),
        yaxis=theme.label_axis(lines),
    )


def _add_fork(drawn: Any, left: tuple[float, float], right: tuple[float, float], height: float) -> None:
    """Add the lines from two points of the tree to where they meet."""
    drawn.add_scatter(
        x=[left[0], height, height, right[0]],
        y=[left[1], left[1], right[1], right[1]],
        mode="lines",
        line={"color": theme.BLUE, "width": 2},
        hoverinfo="skip",
    )


def _hover(step: Row, tree: _Tree) -> str:
    found = [
        line for topic in tree.below[step["id"]] for line in label_lines(f"– {tree.names[topic]}", 48, 1)
    ]
    words = label_lines(cell(list(step["words"])), 48, 2) if step.get("words") else []
    return chart_text([*words, *found])


def _table(frame: Frame, tree: _Tree) -> TableBlock:
    rows = [
        {
            "step": number,
            "left": tree.quoted(step["left"]),
            "right": tree.quoted(step["right"]),
            "height": float(step["height"]),
            "words": ", ".join(step.get("words") or ()) or None,
        }
        for number, step in enumerate(tree.steps, 1)
    ]
    columns = ["step", "left", "right", "height", *(["words"] if any(row["words"] for row in rows) else [])]
    headers = {key: message(f"charts.tree.{key}") for key in columns}
    return frame.table(rows, headers, {"height": "decimal"})


def _summary(tree: _Tree) -> str:
    """Return which two topics meet first, and what the last step joins."""
    first, last = tree.steps[0], tree.steps[-1]
    said = message("charts.tree.first", pair=tree.quoted(first["id"]))
    if len(tree.steps) < 2:
        return said
    sides = sorted((len(tree.below[last["left"]]), len(tree.below[last["right"]])))
    return f"{said} {message('charts.tree.last', few=sides[0], many=sides[1])}"
