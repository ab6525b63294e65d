"""Measured values: dots with their interval, and curves over a number."""

from collections.abc import Sequence
from typing import Any

from kafe.blocks.blocks import table
from kafe.blocks.formatting import cell, chart_text, is_number, label_lines, records
from kafe.charts import theme
from kafe.charts.figure import Figure, empty_figure
from kafe.charts.summary import curve as curve_summary
from kafe.charts.summary import ranges
from kafe.messages import message

AGREEMENT_LINES = (
    (0.667, message("charts.agreement.tentative")),
    (0.8, message("charts.agreement.reliable")),
)
"""Krippendorff (2004), Content Analysis, ch. 11: .800 to rely on, .667 for tentative conclusions."""


def dot_range(
    rows: Any,
    label: str,
    value: str,
    low: str | None = None,
    high: str | None = None,
    *,
    title: str,
    summary: str | None = None,
    before: str | None = None,
    names: tuple[str, str] | None = None,
    lines: Sequence[tuple[float, str]] = AGREEMENT_LINES,
    span: tuple[float, float] = (0, 1),
    headers: dict[str, str] | None = None,
    sort: bool = True,
    note: str = "",
) -> Figure:
    """Return a dot for each label with its interval from `low` to `high`, the highest at the top.

    `before` names an earlier value, drawn as an open diamond joined to the dot; `names` are the words
    for before and now. `lines` are marked values with a name; None as value means not measured.
    """
    data = records(rows)
    if not data:
        return empty_figure(title)
    if sort:
        data.sort(key=lambda row: (row[value] is None, -(row[value] or 0)))
    wrapped = [label_lines(row[label], theme.LABEL_WIDTH) for row in data]
    keys = [key for key in (value, low, high, before) if key]
    numbers: list[float] = [row[key] for row in data for key in keys if is_number(row.get(key))]
    left, right = min([span[0], *numbers]), max([span[1], *numbers])
    import plotly.graph_objects as go

    legend = 30 if before else 0
    height = theme.row_height(wrapped, 32) * len(data)
    figure = go.Figure(
        layout=theme.layout(
            height + legend + 76,
            margin={"l": theme.label_margin(wrapped), "r": 20, "t": 40 + legend, "b": 30},
            xaxis=theme.axis(range=[left - 0.03 * (right - left), right + 0.03 * (right - left)], nticks=6),
            yaxis=theme.label_axis(wrapped, [chart_text(part) for part in wrapped]),
            showlegend=bool(before),
            legend={**theme.LEGEND, "xref": "container", "yref": "container"},
        )
    )
    for at, name in lines:
        figure.add_vline(x=at, line={"color": theme.GREY, "width": 1.5, "dash": "dot"})
        figure.add_annotation(
            x=at,
            y=1,
            yref="paper",
            xanchor="left" if at == lines[-1][0] else "right",
            yanchor="bottom",
            text=chart_text([cell(round(at, 2)), name]),
            showarrow=False,
            font={"size": 11},
        )
    first, second = names or (message("charts.agreement.before"), message("charts.agreement.after"))
    drawn = [(at, row) for at, row in enumerate(data) if is_number(row[value])]
    for at, row in enumerate(data):
        if not is_number(row[value]):
            text = chart_text([message("charts.agreement.missing")])
            figure.add_annotation(x=left, y=at, xanchor="left", text=text, showarrow=False)
    if before:
        _add_before(figure, before, value, drawn, first)
    figure.add_scatter(
        x=[row[value] for _, row in drawn],
        y=[at for at, _ in drawn],
        mode="markers",
        name=chart_text([second]),
        marker={"size": 12, "color": theme.BLUE},
        error_x=_interval(drawn, value, low, high),
        hovertext=[chart_text([f"{row[label]}: {cell(row[value])}"]) for _, row in drawn],
        hoverinfo="text",
    )
    heads = {label: label} | (
        {before: first, value: second} if before else {value: message("charts.agreement.value")}
    )
    heads |= (
        {low: message("charts.columns.low"), high: message("charts.columns.high")} if low and high else {}
    )
    heads = {key: (headers or {}).get(key, head) for key, head in heads.items()}
    formats = {key: "decimal" for key in heads if key != label}
    behind = table(data, heads, message("charts.parts.caption", title=title), formats=formats)
    pairs = [(str(row[label]), row[value]) for row in data]
    text = summary or " ".join(
        filter(None, (_change(data, value, before, first, second), ranges(pairs, _line(lines))))
    )
    return Figure(title, text, figure, behind, note)


def _line(lines: Sequence[tuple[float, str]]) -> tuple[float, str] | None:
    return lines[-1] if lines else None


def _interval(drawn: list[tuple[int, dict]], value: str, low: str | None, high: str | None) -> dict | None:
    if not (low and high):
        return None

    def reach(row: dict, key: str) -> float:
        return abs(row[key] - row[value]) if is_number(row.get(key)) else 0

    return {
        "type": "data",
        "symmetric": False,
        "array": [reach(row, high) for _, row in drawn],
        "arrayminus": [reach(row, low) for _, row in drawn],
        "color": theme.BLUE,
        "thickness": 2,
        "width": 5,
    }


def _add_before(figure: Any, before: str, value: str, drawn: list[tuple[int, dict]], name: str) -> None:
    pairs = [(at, row) for at, row in drawn if is_number(row.get(before))]
    for at, row in pairs:
        figure.add_shape(
            type="line",
            x0=row[before],
            x1=row[value],
            y0=at,
            y1=at,
            line={"color": theme.GREY, "width": 2},
            layer="below",
        )
    figure.add_scatter(
        x=[row[before] for _, row in pairs],
        y=[at for at, _ in pairs],
        mode="markers",
        name=chart_text([name]),
        marker={"size": 11, "symbol": "diamond-open", "color": theme.VERMILION, "line": {"width": 2}},
        hovertext=[chart_text([f"{name}: {cell(row[before])}"]) for _, row in pairs],
        hoverinfo="text",
    )


def _change(data: list[dict], value: str, before: str | None, first: str, second: str) -> str:
    if not before:
        return ""
    pairs = [
        (row[before], row[value]) for row in data if is_number(row.get(before)) and is_number(row[value])
    ]
    up = sum(1 for old, new in pairs if new > old)
    down = sum(1 for old, new in pairs if new < old)
    return message("charts.summary.change", up=up, down=down, before=first, after=second)


def curve(
    rows: Any,
    x: str,
    y: str,
    *,
    title: str,
    summary: str | None = None,
    series: str | None = None,
    low: str | None = None,
    high: str | None = None,
    chosen: float | None = None,
    headers: dict[str, str] | None = None,
    note: str = "",
) -> Figure:
    """Return one line for each series (at most five) over numeric x, with an interval when given.

    `chosen` marks one x; `headers` give the axes and the table their names. Rows without x or y are not drawn.
    """
    data = records(rows)
    usable = [row for row in data if is_number(row.get(x)) and is_number(row.get(y))]
    if not usable:
        return empty_figure(title)
    usable.sort(key=lambda row: row[x])
    head = {key: (headers or {}).get(key, key) for key in (x, y)}
    grouped: dict[str, list[dict]] = {}
    for row in usable:
        grouped.setdefault(str(row[series]) if series else head[y], []).append(row)
    if len(grouped) > len(theme.SERIES):
        raise ValueError(f"at most {len(theme.SERIES)} series can be told apart, not {len(grouped)}")
    import plotly.graph_objects as go

    legend = 34 if series else 0
    figure = go.Figure(
        layout=theme.layout(
            340 + legend,
            margin={"l": 58, "r": 20, "t": 24 + legend, "b": 52},
            xaxis=theme.axis(title=theme.title(head[x]), nticks=10, showgrid=False),
            yaxis=theme.axis(title=theme.title(head[y]), nticks=6, rangemode="tozero"),
            showlegend=bool(series),
            legend={**theme.LEGEND, "xref": "container", "yref": "container"},
        )
    )
    for position, (name, points) in enumerate(grouped.items()):
        figure.add_scatter(
            x=[row[x] for row in points],
            y=[row[y] for row in points],
            mode="lines+markers",
            name=chart_text([name]),
            line={"color": theme.SERIES[position], "width": 2.5},
            marker={"size": 9, "symbol": theme.SYMBOLS[position]},
            error_y=_error(points, y, low, high, theme.SERIES[position]),
            hovertext=[chart_text([f"{head[x]} {cell(row[x])}: {cell(row[y])}"]) for row in points],
            hoverinfo="text",
        )
    if chosen is not None:
        figure.add_vline(x=chosen, line={"color": theme.VERMILION, "width": 2, "dash": "dash"})
        text = chart_text([message("charts.summary.chosen", x=head[x], at=cell(chosen)).rstrip(".")])
        figure.add_annotation(x=chosen, y=1, yref="paper", yanchor="bottom", text=text, showarrow=False)
    keys = [*([series] if series else []), x, y, *([low, high] if low and high else [])]
    defaults = {low: message("charts.columns.low"), high: message("charts.columns.high")}
    columns = {key: (headers or {}).get(key, defaults.get(key, key)) for key in keys}
    behind = table(usable, columns, message("charts.parts.caption", title=title))
    points_of = [(name, [(row[x], row[y]) for row in points]) for name, points in grouped.items()]
    return Figure(title, summary or curve_summary(points_of, head[x], head[y], chosen), figure, behind, note)


def _error(points: list[dict], y: str, low: str | None, high: str | None, colour: str) -> dict | None:
    interval = _interval(list(enumerate(points)), y, low, high)
    return {**interval, "color": colour, "thickness": 1.5} if interval else None
