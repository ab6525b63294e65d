"""Counts over time, one small line for each series under the others, on one scale."""

import re
from typing import Any, Unpack

from kafe.charts import theme
from kafe.charts.crosstab import Crosstab
from kafe.charts.figure import Figure, Frame, Labels
from kafe.charts.summary import per_series
from kafe.charts.wrapping import chart_text, label_lines
from kafe.formatting import day, records

MONTH = re.compile(r"(\d{4})-(\d{2})")
REACH = 0.62
"""How much of its row a line may rise through; its numbers are written above it."""
FLOOR = 0.36
"""How far below the middle of its row a line of zeros lies, as a share of the row."""
ROW = 46
COLUMN = 80


def over_time(rows: Any, when: str, series: str, value: str, **labels: Unpack[Labels]) -> Figure:
    """Return one line for each series over the dates of `when`, in order, the number written at each point.

    `when` is an ISO date or month, or anything that sorts as time does; dates are set side by side, not at true
    distance. A value of None is a hidden count: an open dot without height. A missing row is 0.
    """
    frame = Frame(**labels)
    data = records(rows)
    if not data:
        return frame.nothing()
    found = Crosstab.of(data, when, series, value)
    times = {time: _time(time) for time in sorted(found.columns)}
    drawn = _rows(found.rows, list(times.values()))
    for place, name in enumerate(found.rows):
        counts = [found.values.get((time, name), 0) for time in times]
        _add_floor(drawn, place + FLOOR, len(times))
        heights = [place + FLOOR - REACH * (count or 0) / found.top() for count in counts]
        shown = [frame.count(count) for count in counts]
        hover = [f"{name}, {time}: {text}" for time, text in zip(times.values(), shown, strict=True)]
        _add_line(drawn, heights, shown, hover, [count is None for count in counts])
    behind = frame.table(
        found.wide(series, times, 0), {series: series} | times, dict.fromkeys(times, "count")
    )
    groups = [
        (words, [(name, found.values.get((time, name), 0)) for name in found.rows])
        for time, words in times.items()
    ]
    return frame.figure(drawn, behind, per_series(groups), counts=found.values.values())


def _rows(names: list[str], times: list[str]) -> Any:
    """Return the drawing without its lines: a row for each series, a column for each time."""
    lines = [label_lines(name, theme.LABEL_WIDTH) for name in names]
    left = theme.label_margin(lines)
    return theme.figure(
        theme.row_height(lines, ROW) * len(names) + 34,
        meta={"min_width": left + COLUMN * len(times) + 16},
        margin={"l": left, "r": 16, "t": 28, "b": 6},
        xaxis=theme.axis(
            side="top",
            tickvals=list(range(len(times))),
            ticktext=[chart_text([time]) for time in times],
            tickangle=0,
            range=[-0.5, len(times) - 0.5],
        ),
        yaxis=theme.label_axis(lines),
    )


def _add_floor(drawn: Any, y: float, times: int) -> None:
    drawn.add_shape(
        type="line",
        x0=-0.5,
        x1=times - 0.5,
        y0=y,
        y1=y,
        line={"color": theme.GRID, "width": 1},
        layer="below",
    )


def _add_line(
    drawn: Any, heights: list[float], shown: list[str], hover: list[str], hidden: list[bool]
) -> None:
    """Add a series: its height, the number written and the hover text at each time; open dots where hidden."""
    drawn.add_scatter(
        x=list(range(len(heights))),
        y=heights,
        mode="lines+markers+text",
        line={"color": theme.BLUE, "width": 2},
        marker={
            "size": 8,
            "color": theme.BLUE,
            "symbol": ["circle-open" if veiled else "circle" for veiled in hidden],
        },
        text=[chart_text([text]) for text in shown],
        textposition="top center",
        textfont={"size": 11},
        hovertext=[chart_text([text]) for text in hover],
        hoverinfo="text",
        cliponaxis=False,
    )


def _time(text: str) -> str:
    """Return a date as day.month.year and a month as month.year; other text as it is."""
    month = MONTH.fullmatch(text)
    return "{1}.{0}".format(*month.groups()) if month else day(text)
