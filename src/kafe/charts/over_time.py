"""Counts over time, one small line for each series under the others, on one scale."""

import re
from typing import Any

from kafe.blocks.blocks import table
from kafe.blocks.formatting import DEFAULT_HIDDEN, cell, chart_text, day, explain_hidden, label_lines, records
from kafe.charts import theme
from kafe.charts.figure import Figure, empty_figure
from kafe.charts.summary import per_series
from kafe.messages import message

MONTH = re.compile(r"(\d{4})-(\d{2})")
REACH = 0.62
"""How much of its row a line may rise through; its numbers are written above it."""
ROW = 46
COLUMN = 80


def over_time(
    rows: Any,
    when: str,
    series: str,
    value: str,
    *,
    title: str,
    summary: str | None = None,
    headers: dict[str, str] | None = None,
    hidden: str = DEFAULT_HIDDEN,
    note: str = "",
) -> Figure:
    """Return one line for each series over the dates of `when`, in order, the number written at each point.

    `when` is an ISO date or month, or anything that sorts as time does; dates are set side by side, not at true
    distance. A value of None is a hidden count: an open dot without height. A missing row is 0.
    """
    data = records(rows)
    if not data:
        return empty_figure(title)
    times = sorted({str(row[when]) for row in data})
    names = list(dict.fromkeys(str(row[series]) for row in data))
    found = {(str(row[series]), str(row[when])): row[value] for row in data}
    lines = [label_lines(name, theme.LABEL_WIDTH) for name in names]
    top = max((number for number in found.values() if number is not None), default=0) or 1
    import plotly.graph_objects as go

    figure = go.Figure(
        layout=theme.layout(
            max(ROW, theme.row_height(lines, ROW)) * len(names) + 34,
            meta={"min_width": theme.label_margin(lines) + COLUMN * len(times) + 16},
            margin={"l": theme.label_margin(lines), "r": 16, "t": 28, "b": 6},
            xaxis=theme.axis(
                side="top",
                tickvals=list(range(len(times))),
                ticktext=[chart_text([_time(time)]) for time in times],
                tickangle=0,
                range=[-0.5, len(times) - 0.5],
            ),
            yaxis=theme.label_axis(lines, [chart_text(part) for part in lines]),
        )
    )
    for row, name in enumerate(names):
        numbers = [found.get((name, time), 0) for time in times]
        shown = [cell(number, "count", hidden=hidden) for number in numbers]
        floor = row + 0.36
        figure.add_shape(
            type="line",
            x0=-0.5,
            x1=len(times) - 0.5,
            y0=floor,
            y1=floor,
            line={"color": theme.GRID, "width": 1},
            layer="below",
        )
        figure.add_scatter(
            x=list(range(len(times))),
            y=[floor - REACH * (number or 0) / top for number in numbers],
            mode="lines+markers+text",
            line={"color": theme.BLUE, "width": 2},
            marker={
                "size": 8,
                "color": theme.BLUE,
                "symbol": ["circle-open" if number is None else "circle" for number in numbers],
            },
            text=[chart_text([text]) for text in shown],
            textposition="top center",
            textfont={"size": 11},
            hovertext=[
                chart_text([f"{name}, {_time(time)}: {text}"])
                for time, text in zip(times, shown, strict=True)
            ],
            hoverinfo="text",
            cliponaxis=False,
        )
    wide = [{series: name} | {time: found.get((name, time), 0) for time in times} for name in names]
    behind = table(
        wide,
        {series: (headers or {}).get(series, series)} | {time: _time(time) for time in times},
        message("charts.parts.caption", title=title),
        formats=dict.fromkeys(times, "count"),
        hidden=hidden,
    )
    groups = [(_time(time), [(name, found.get((name, time), 0)) for name in names]) for time in times]
    text = explain_hidden(note, list(found.values()), hidden)
    return Figure(title, summary or per_series(groups), figure, behind, text)


def _time(text: str) -> str:
    """Return a date as day.month.year and a month as month.year; other text as it is."""
    month = MONTH.fullmatch(text)
    return "{1}.{0}".format(*month.groups()) if month else day(text)
