"""A growing number in the order things came, against what other orders would have given."""

from typing import Any

from kafe.blocks.blocks import table
from kafe.blocks.formatting import cell, chart_text, is_number, records
from kafe.charts import theme
from kafe.charts.figure import Figure, empty_figure
from kafe.messages import message

FILL = "rgba(115,122,130,0.28)"


def band(
    rows: Any,
    x: str,
    y: str,
    middle: str,
    low: str,
    high: str,
    *,
    title: str,
    names: tuple[str, str, str],
    summary: str,
    detail: str | None = None,
    headers: dict[str, str] | None = None,
    note: str = "",
) -> Figure:
    """Return a line of `y` over numeric `x`, with a dashed line (`middle`) in a grey band from `low` to `high`.

    `names` are the words for line, middle and band; `detail` is a column shown on hover and in the table.
    Rows without x or y are not drawn.
    """
    data = [row for row in records(rows) if is_number(row.get(x)) and is_number(row.get(y))]
    if not data:
        return empty_figure(title)
    data.sort(key=lambda row: row[x])
    head = {key: (headers or {}).get(key, key) for key in (x, y)}
    at = [row[x] for row in data]
    import plotly.graph_objects as go

    legend = 24 * len(names) + 4
    figure = go.Figure(
        layout=theme.layout(
            340 + legend,
            margin={"l": 58, "r": 20, "t": legend, "b": 52},
            xaxis=theme.axis(title=theme.title(head[x]), nticks=10, showgrid=False),
            yaxis=theme.axis(title=theme.title(head[y]), nticks=6, rangemode="tozero"),
            showlegend=True,
            legend={**theme.LEGEND, "traceorder": "normal", "xref": "container", "yref": "container"},
        )
    )
    quiet = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    figure.add_scatter(x=at, y=[row[low] for row in data], showlegend=False, **quiet)
    figure.add_scatter(
        x=at,
        y=[row[high] for row in data],
        name=chart_text([names[2]]),
        fill="tonexty",
        fillcolor=FILL,
        legendrank=3,
        **quiet,
    )
    figure.add_scatter(
        x=at,
        y=[row[middle] for row in data],
        mode="lines",
        name=chart_text([names[1]]),
        line={"color": theme.GREY, "width": 2, "dash": "dash"},
        hoverinfo="skip",
        legendrank=2,
    )
    figure.add_scatter(
        x=at,
        y=[row[y] for row in data],
        mode="lines+markers",
        name=chart_text([names[0]]),
        line={"color": theme.BLUE, "width": 2.5},
        marker={"size": 8},
        hovertext=[
            chart_text([f"{head[x]} {cell(row[x])}: {cell(row[y])}", *([str(row[detail])] if detail else ())])
            for row in data
        ],
        hoverinfo="text",
        legendrank=1,
    )
    keys = [x, *([detail] if detail else ()), y, middle, low, high]
    defaults = {
        middle: names[1],
        low: message("charts.columns.low"),
        high: message("charts.columns.high"),
    }
    columns = {key: (headers or {}).get(key, defaults.get(key, key)) for key in keys}
    behind = table(
        data,
        columns,
        message("charts.parts.caption", title=title),
        formats=dict.fromkeys((middle, low, high), "short"),
    )
    return Figure(title, summary, figure, behind, note)
