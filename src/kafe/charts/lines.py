"""Curves over a number: one or several series, or one beside what chance would have given."""

from typing import Any, Unpack

from kafe.charts import theme
from kafe.charts.figure import Figure, Frame, Labels
from kafe.charts.summary import extremes
from kafe.charts.wrapping import chart_text
from kafe.formatting import Row, cell, is_number, records
from kafe.messages import message

FILL = "rgba(115,122,130,0.28)"


def curve(
    rows: Any,
    x: str,
    y: str,
    *,
    series: str | None = None,
    chosen: float | None = None,
    **labels: Unpack[Labels],
) -> Figure:
    """Return one line for each series (at most five) over numeric x; rows without x or y are not drawn.

    `chosen` marks one x. Raises ValueError for more series than can be told apart.
    """
    frame = Frame(**labels)
    data = _in_order(rows, x, y)
    if not data:
        return frame.nothing()
    grouped: dict[str, list[Row]] = {}
    for row in data:
        grouped.setdefault(str(row[series]) if series else frame.header(y), []).append(row)
    if len(grouped) > len(theme.SERIES):
        raise ValueError(f"at most {len(theme.SERIES)} series can be told apart, not {len(grouped)}")
    legend = 34 if series else 0
    drawn = _plane(frame, x, y, legend, above=24)
    drawn.update_layout(showlegend=bool(series))
    for position, (name, points) in enumerate(grouped.items()):
        look = {
            "line": {"color": theme.SERIES[position], "width": 2.5},
            "marker": {"size": 9, "symbol": theme.SYMBOLS[position]},
        }
        _add_points(drawn, points, (x, y), name, hovertext=_hover(frame, points, x, y), **look)
    if chosen is not None:
        drawn.add_vline(x=chosen, line={"color": theme.VERMILION, "width": 2, "dash": "dash"})
        text = chart_text([message("charts.summary.chosen", x=frame.header(x), at=cell(chosen)).rstrip(".")])
        drawn.add_annotation(x=chosen, y=1, yref="paper", yanchor="bottom", text=text, showarrow=False)
    behind = frame.table(data, {key: key for key in (series, x, y) if key})
    points_of = [(name, [(row[x], row[y]) for row in points]) for name, points in grouped.items()]
    return frame.figure(drawn, behind, extremes(points_of, frame.header(x), frame.header(y), chosen))


def band(
    rows: Any,
    x: str,
    y: str,
    middle: str,
    low: str,
    high: str,
    *,
    names: tuple[str, str, str],
    detail: str | None = None,
    **labels: Unpack[Labels],
) -> Figure:
    """Return a line of `y` over numeric `x`, with a dashed line (`middle`) in a grey band from `low` to `high`.

    For a number that grows in the order things came, against what other orders would have given. `names`
    are the words for line, middle and band; `detail` is a column shown on hover and in the table. Rows
    without x or y are not drawn.
    """
    frame = Frame(**labels)
    data = _in_order(rows, x, y)
    if not data:
        return frame.nothing()
    drawn = _plane(frame, x, y, 24 * len(names) + 4)
    drawn.update_layout(showlegend=True, legend={"traceorder": "normal"})
    _add_band(drawn, data, x, (low, high), names[2])
    drawn.add_scatter(
        x=[row[x] for row in data],
        y=[row[middle] for row in data],
        mode="lines",
        name=chart_text([names[1]]),
        line={"color": theme.GREY, "width": 2, "dash": "dash"},
        hoverinfo="skip",
        legendrank=2,
    )
    look = {"line": {"color": theme.BLUE, "width": 2.5}, "marker": {"size": 8}, "legendrank": 1}
    _add_points(drawn, data, (x, y), names[0], hovertext=_hover(frame, data, x, y, detail), **look)
    columns = {key: key for key in (x, detail, y) if key} | {
        middle: names[1],
        low: message("charts.columns.low"),
        high: message("charts.columns.high"),
    }
    behind = frame.table(data, columns, dict.fromkeys((middle, low, high), "short"))
    points = [(names[0], [(row[x], row[y]) for row in data])]
    return frame.figure(drawn, behind, extremes(points, frame.header(x), frame.header(y), None))


def _in_order(rows: Any, x: str, y: str) -> list[Row]:
    usable = [row for row in records(rows) if is_number(row.get(x)) and is_number(row.get(y))]
    return sorted(usable, key=lambda row: row[x])


def _plane(frame: Frame, x: str, y: str, legend: int, above: int = 0) -> Any:
    """Return the drawing without its lines: two named axes, room (px) for the legend and above the lines."""
    return theme.figure(
        340 + legend,
        margin={"l": 58, "r": 20, "t": above + legend, "b": 52},
        xaxis=theme.axis(title=theme.title(frame.header(x)), nticks=10, showgrid=False),
        yaxis=theme.axis(title=theme.title(frame.header(y)), nticks=6, rangemode="tozero"),
        legend={**theme.LEGEND, "xref": "container", "yref": "container"},
    )


def _add_points(drawn: Any, points: list[Row], keys: tuple[str, str], name: str, **look: Any) -> None:
    x, y = keys
    drawn.add_scatter(
        x=[row[x] for row in points],
        y=[row[y] for row in points],
        mode="lines+markers",
        name=chart_text([name]),
        hoverinfo="text",
        **look,
    )


def _add_band(drawn: Any, data: list[Row], x: str, keys: tuple[str, str], name: str) -> None:
    """Add the area between the lines of the two columns."""
    quiet = {"x": [row[x] for row in data], "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    low, high = ([row[key] for row in data] for key in keys)
    drawn.add_scatter(y=low, showlegend=False, **quiet)
    drawn.add_scatter(y=high, name=chart_text([name]), fill="tonexty", fillcolor=FILL, legendrank=3, **quiet)


def _hover(frame: Frame, points: list[Row], x: str, y: str, detail: str | None = None) -> list[str]:
    head = frame.header(x)
    return [
        chart_text([f"{head} {cell(row[x])}: {cell(row[y])}", *([str(row[detail])] if detail else ())])
        for row in points
    ]
