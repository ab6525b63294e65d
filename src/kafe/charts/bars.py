"""Bars with wrapped labels and the number written at each bar."""

from typing import Any

from kafe.blocks.blocks import table
from kafe.blocks.formatting import DEFAULT_HIDDEN, cell, chart_text, explain_hidden, label_lines, records
from kafe.charts import theme
from kafe.charts.figure import Figure, empty_figure
from kafe.charts.summary import per_series, ranking
from kafe.messages import message


def bars(
    rows: Any,
    label: str,
    value: str,
    *,
    title: str,
    summary: str | None = None,
    unit: str = "innspill",
    colour: str = theme.BLUE,
    detail: str | None = None,
    sort: bool = True,
    headers: dict[str, str] | None = None,
    hidden: str = DEFAULT_HIDDEN,
    note: str = "",
) -> Figure:
    """Return horizontal bars, the largest at the top; a value of None is a hidden count.

    `detail` names a column shown on hover and in the table; `headers` maps column to table header.
    """
    data = records(rows)
    if not data:
        return empty_figure(title)
    if sort:
        data.sort(key=lambda row: (row[value] is None, -(row[value] or 0)))
    values = [row[value] for row in data]
    lines = [label_lines(row[label], theme.LABEL_WIDTH) for row in data]
    shown = [cell(number, "count", hidden=hidden) for number in values]
    hover = [
        chart_text([f"{row[label]}: {text}", *(label_lines(row[detail], 48, 6) if detail else ())])
        for row, text in zip(data, shown, strict=True)
    ]
    import plotly.graph_objects as go

    top = max((number for number in values if number is not None), default=0) or 1
    height = theme.row_height(lines, 30) * len(data) + 16
    figure = go.Figure(
        go.Bar(
            x=[number or 0 for number in values],
            y=list(range(len(data))),
            orientation="h",
            text=[chart_text([text]) for text in shown],
            textposition="outside",
            cliponaxis=False,
            hovertext=hover,
            hoverinfo="text",
            marker={"color": colour},
            width=0.68,
        ),
        theme.layout(
            height,
            margin={"l": theme.label_margin(lines), "r": theme.number_margin(shown), "t": 4, "b": 4},
            xaxis=theme.axis(visible=False, range=[0, top]),
            yaxis=theme.label_axis(lines, [chart_text(part) for part in lines]),
        ),
    )
    columns = {label: label, value: value} | ({detail: detail} if detail else {})
    columns = {key: (headers or {}).get(key, key) for key in columns}
    behind = table(
        data,
        columns,
        message("charts.parts.caption", title=title),
        formats={value: "count"},
        hidden=hidden,
    )
    pairs = [(str(row[label]), row[value]) for row in data]
    return Figure(
        title, summary or ranking(pairs, unit, hidden), figure, behind, explain_hidden(note, values, hidden)
    )


def grouped_bars(
    rows: Any,
    label: str,
    series: str,
    value: str,
    *,
    title: str,
    summary: str | None = None,
    headers: dict[str, str] | None = None,
    hidden: str = DEFAULT_HIDDEN,
    note: str = "",
) -> Figure:
    """Return bars in groups: one row for each label and series, at most five series, in the order met.

    Series differ by colour and pattern. A row whose value is None is a hidden count; a missing row is 0.
    """
    data = records(rows)
    if not data:
        return empty_figure(title)
    labels = list(dict.fromkeys(str(row[label]) for row in data))
    names = list(dict.fromkeys(str(row[series]) for row in data))
    if len(names) > len(theme.SERIES):
        raise ValueError(f"at most {len(theme.SERIES)} series can be told apart, not {len(names)}")
    found = {(str(row[label]), str(row[series])): row[value] for row in data}
    lines = [label_lines(text, theme.LABEL_WIDTH) for text in labels]
    import plotly.graph_objects as go

    figure = go.Figure(layout=theme.layout(100))
    thickness = 0.8 / len(names)
    for position, name in enumerate(names):
        values = [found.get((text, name), 0) for text in labels]
        shown = [cell(number, "count", hidden=hidden) for number in values]
        figure.add_bar(
            x=[number or 0 for number in values],
            y=[at - 0.4 + (position + 0.5) * thickness for at in range(len(labels))],
            orientation="h",
            width=thickness * 0.86,
            name=chart_text(label_lines(name, 40, 1)),
            text=[chart_text([text]) for text in shown],
            textposition="outside",
            cliponaxis=False,
            hovertext=[chart_text([f"{text}, {name}: {s}"]) for text, s in zip(labels, shown, strict=True)],
            hoverinfo="text",
            marker={
                "color": theme.SERIES[position],
                "pattern": {
                    "shape": theme.PATTERNS[position],
                    "fgcolor": "#ffffff",
                    "bgcolor": theme.SERIES[position],
                    "size": 6,
                    "solidity": 0.25,
                },
            },
        )
    written = [cell(number, "count", hidden=hidden) for number in found.values()]
    top = max((number for number in found.values() if number is not None), default=0) or 1
    row = theme.row_height(lines, 20 * len(names) + 14)
    legend = 26 * len(names)
    figure.update_layout(
        height=row * len(labels) + legend + 16,
        margin={"l": theme.label_margin(lines), "r": theme.number_margin(written), "t": legend, "b": 4},
        xaxis=theme.axis(visible=False, range=[0, top]),
        yaxis=theme.label_axis(lines, [chart_text(part) for part in lines]),
        barmode="overlay",
        showlegend=True,
        legend={**theme.LEGEND, "xref": "container", "yref": "container"},
    )
    wide = [{label: text} | {name: found.get((text, name), 0) for name in names} for text in labels]
    columns = {label: (headers or {}).get(label, label)} | {name: name for name in names}
    behind = table(
        wide,
        columns,
        message("charts.parts.caption", title=title),
        formats=dict.fromkeys(names, "count"),
        hidden=hidden,
    )
    groups = [(name, [(text, found.get((text, name), 0)) for text in labels]) for name in names]
    note = explain_hidden(note, list(found.values()), hidden)
    return Figure(title, summary or per_series(groups), figure, behind, note)
