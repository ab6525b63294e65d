"""A map of topics: a disc each, as large as its notes are many, alike ones near each other, names never overlapping."""

from collections.abc import Mapping, Sequence
from math import atan2, cos, dist, hypot, pi, sin, sqrt
from typing import Any, Unpack

from kafe.blocks import TableBlock
from kafe.charts import theme
from kafe.charts.figure import Figure, Frame, Labels
from kafe.charts.label_placement import Box, Point, place, text_width
from kafe.charts.summary import ranking
from kafe.charts.wrapping import chart_text, label_lines
from kafe.formatting import Format, Row, cell, is_number, records
from kafe.messages import message

WIDTH = 620
"""Width (px) of the drawing for which names are placed; they are shown from report.js's `WIDE` and up."""
COVER = 0.16
"""The discs' share of the drawing, before gaps and names."""
SMALLEST, LARGEST = 15.0, 72.0
"""Radius (px) of a disc."""
FONT, LINE, NUMBER = 11, 14, 18
"""Size (px) of the text, and heights of a line of a name and of the number under a disc."""
LABEL, LINES = 18, 3
GAP = 8
MOST_DOTS = 1500
HOVER_WIDTH, HOVER_LINES = 48, 4


def topic_map(
    topics: Any,
    notes: Any,
    *,
    more: Mapping[str, str] | None = None,
    formats: Mapping[str, Format] | None = None,
    **labels: Unpack[Labels],
) -> Figure:
    """Return topics as numbered, named discs, and their notes as dots, the most typical in the middle.

    `topics`: id, name, size (None: hidden, then its notes are not drawn), x, y, and `unstable` when known
    (its disc is dashed). `notes`: topic, x, y in the same space, `far` (drawn open) and `text` to show when
    pointed at (empty: not to be quoted). Nearness of discs follows x and y as far as room allows; within
    a disc the direction of a note is its direction from x, y of the topic, its distance from the middle
    the order of its distances. The same rows give the same drawing. `more` maps further columns of the
    table to their headers.
    """
    frame = Frame(**labels)
    data = [row for row in records(topics) if is_number(row.get("x")) and is_number(row.get("y"))]
    if not data:
        return frame.nothing()
    names = [label_lines(row["name"], LABEL, LINES) for row in data]
    radii = _radii([row["size"] for row in data])
    boxes = [_box(radius, lines) for radius, lines in zip(radii, names, strict=True)]
    centres, height = place(boxes, [(row["x"], row["y"]) for row in data], WIDTH, GAP)
    drawn = theme.figure(
        round(height) + 8,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        xaxis=theme.axis(visible=False, range=[0, WIDTH]),
        yaxis=theme.axis(visible=False, range=[height, 0]),
    )
    dots = _dots(records(notes), data)
    for position, (row, centre, radius) in enumerate(zip(data, centres, radii, strict=True)):
        _add_disc(drawn, centre, radius, _look(position)["color"], dashed=bool(row.get("unstable")))
        _add_dots(drawn, dots.get(row["id"], []), row, (centre, radius), position)
        _add_name(drawn, (centre[0], centre[1] + radius), position, names[position])
    behind = _table(frame, data, more or {}, formats or {})
    key = message("charts.topics.key")
    if any(row.get("unstable") for row in data):
        key = f"{key} {message('charts.topics.dashed')}"
    sizes = [row["size"] for row in data]
    summary = _summary(data, centres, frame.hidden)
    return frame.figure(drawn, behind, summary, counts=sizes, key=key, table_open=True)


def _table(
    frame: Frame, topics: Sequence[Row], more: Mapping[str, str], formats: Mapping[str, Format]
) -> TableBlock:
    rows = [{"nr": position, **row} for position, row in enumerate(topics, 1)]
    columns = {
        "nr": message("charts.columns.number"),
        "name": message("charts.topics.topic"),
        "size": message("charts.topics.notes"),
        **more,
    }
    return frame.table(rows, columns, {"size": "count", **formats})


def _radii(sizes: Sequence[Any]) -> list[float]:
    """Return a radius for each size: area by number of notes, within limits; a hidden size is the smallest."""
    total = sum(size or 0 for size in sizes) or 1
    room = COVER * WIDTH * max(340, 16 * len(sizes))
    return [min(LARGEST, max(SMALLEST, sqrt(room * (size or 0) / total / pi))) for size in sizes]


def _box(radius: float, lines: Sequence[str]) -> Box:
    widest = max(text_width(line, FONT) for line in lines)
    below = NUMBER + LINE * len(lines)
    return Box(max(2 * radius, widest), radius, radius + below)


def _look(position: int) -> dict[str, str]:
    """Return colour and symbol of a topic: 25 pairs before any comes again."""
    count = len(theme.SERIES)
    return {
        "color": theme.SERIES[position % count],
        "symbol": theme.SYMBOLS[(position + position // count) % count],
    }


def _dots(notes: Sequence[Row], topics: Sequence[Row]) -> dict[Any, list[tuple[float, float, Row]]]:
    """Return, for each topic, its notes with direction (radians) and distance (0 to 1) from the middle.

    Topics with a hidden size get none; of more than `MOST_DOTS` notes every n-th is kept.
    """
    centre = {row["id"]: (row["x"], row["y"]) for row in topics if row["size"] is not None}
    own: dict[Any, list[Row]] = {}
    for row in notes:
        if row.get("topic") in centre:
            own.setdefault(row["topic"], []).append(row)
    step = -(-sum(map(len, own.values())) // MOST_DOTS) or 1
    found = {}
    for topic, rows in own.items():
        at = centre[topic]
        near = sorted(rows, key=lambda row: (round(dist((row["x"], row["y"]), at), 6), row["x"], row["y"]))
        found[topic] = [
            (atan2(row["y"] - at[1], row["x"] - at[0]), sqrt((rank + 0.5) / len(near)), row)
            for rank, row in enumerate(near)
        ][::step]
    return found


def _add_disc(drawn: Any, centre: Point, radius: float, colour: str, *, dashed: bool) -> None:
    x, y = centre
    drawn.add_shape(
        type="circle",
        x0=x - radius,
        x1=x + radius,
        y0=y - radius,
        y1=y + radius,
        line={"color": colour, "width": 1.5, "dash": "dot" if dashed else "solid"},
        layer="below",
    )


def _add_dots(
    drawn: Any,
    dots: Sequence[tuple[float, float, Row]],
    topic: Row,
    disc: tuple[Point, float],
    position: int,
) -> None:
    """Draw the notes of a disc, or one dot in the middle where none may be drawn."""
    (x, y), radius = disc
    inner = 0.9 * radius
    head = f"{position + 1} · {topic['name']}"
    look = _look(position)
    if not dots:
        dots = [(0.0, 0.0, {})]
    drawn.add_scatter(
        x=[round(x + inner * far * cos(way), 2) for way, far, _ in dots],
        y=[round(y + inner * far * sin(way), 2) for way, far, _ in dots],
        mode="markers",
        marker={
            "size": 6,
            "color": look["color"],
            "symbol": [look["symbol"] + ("-open" if row.get("far") else "") for *_, row in dots],
            "opacity": 0.85,
        },
        hovertext=[_hover(head, row.get("text")) for *_, row in dots],
        hoverinfo="text",
        cliponaxis=False,
    )


def _hover(head: str, text: Any) -> str:
    quoted = label_lines(f"«{text}»", HOVER_WIDTH, HOVER_LINES) if text else []
    return chart_text([*label_lines(head, HOVER_WIDTH, 2), *quoted])


def _add_name(drawn: Any, below: Point, position: int, lines: Sequence[str]) -> None:
    """Write the number under the disc, and below it the name, which narrow screens leave out."""
    common = {"x": below[0], "y": below[1], "showarrow": False, "xanchor": "center", "yanchor": "top"}
    drawn.add_annotation(text=str(position + 1), yshift=-1, font={"size": FONT + 1, "weight": 700}, **common)
    drawn.add_annotation(
        text=chart_text(lines), yshift=-NUMBER, font={"size": FONT}, name="kafe-wide", **common
    )


def _summary(topics: Sequence[Row], centres: Sequence[tuple[float, float]], hidden: str) -> str:
    """Return how many topics there are, the largest, and which two are drawn nearest each other."""
    pairs = [(str(row["name"]), row["size"]) for row in topics]
    said = [
        message(f"charts.topics.{'count_one' if len(topics) == 1 else 'count'}", count=cell(len(topics))),
        ranking(pairs, hidden),
    ]
    if len(topics) > 2:
        _, left, right = min(
            (hypot(one[0] - two[0], one[1] - two[1]), first, first + 1 + second)
            for first, one in enumerate(centres)
            for second, two in enumerate(centres[first + 1 :])
        )
        said.append(message("charts.topics.nearest", left=topics[left]["name"], right=topics[right]["name"]))
    return " ".join(said)
