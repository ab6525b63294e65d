"""Bars with wrapped labels and the number written at each bar."""

from typing import Any, Unpack

from kafe.charts import theme
from kafe.charts.figure import Figure, Frame, Labels
from kafe.charts.summary import ranking
from kafe.charts.wrapping import chart_text, label_lines
from kafe.formatting import records


def bars(rows: Any, label: str, value: str, **labels: Unpack[Labels]) -> Figure:
    """Return horizontal bars, the largest at the top; a value of None is a hidden count."""
    frame = Frame(**labels)
    data = sorted(records(rows), key=lambda row: (row[value] is None, -(row[value] or 0)))
    if not data:
        return frame.nothing()
    counts = [row[value] for row in data]
    names = [str(row[label]) for row in data]
    shown = [frame.count(count) for count in counts]
    lines = [label_lines(name, theme.LABEL_WIDTH) for name in names]
    drawn = theme.figure(
        theme.row_height(lines, 30) * len(data) + 16,
        margin={"l": theme.label_margin(lines), "r": theme.number_margin(shown), "t": 4, "b": 4},
        xaxis=theme.axis(visible=False, range=[0, max(filter(None, counts), default=1)]),
        yaxis=theme.label_axis(lines),
    )
    drawn.add_bar(
        x=[count or 0 for count in counts],
        y=list(range(len(data))),
        orientation="h",
        text=[chart_text([text]) for text in shown],
        textposition="outside",
        cliponaxis=False,
        hovertext=[chart_text([f"{name}: {text}"]) for name, text in zip(names, shown, strict=True)],
        hoverinfo="text",
        marker={"color": theme.BLUE},
        width=0.68,
    )
    behind = frame.table(data, {label: label, value: value}, {value: "count"})
    summary = ranking(list(zip(names, counts, strict=True)), frame.hidden)
    return frame.figure(drawn, behind, summary, counts=counts)
