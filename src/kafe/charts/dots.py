"""Measured values as dots with their intervals."""

from collections.abc import Sequence
from typing import Any, Unpack

from kafe.charts import theme
from kafe.charts.figure import Figure, Frame, Labels
from kafe.charts.summary import ranges
from kafe.charts.wrapping import chart_text, label_lines
from kafe.formatting import Row, cell, is_number, records
from kafe.messages import message

AGREEMENT_LINES = ((0.667, "tentative"), (0.8, "reliable"))
"""Krippendorff (2004), Content Analysis, ch. 11: .800 to rely on, .667 for tentative conclusions."""
Mark = tuple[float, str]


def dot_range(
    rows: Any,
    label: str,
    value: str,
    low: str | None = None,
    high: str | None = None,
    *,
    lines: Sequence[Mark] | None = None,
    span: tuple[float, float] = (0, 1),
    sort: bool = True,
    **labels: Unpack[Labels],
) -> Figure:
    """Return a dot for each label with its interval from `low` to `high`, the highest at the top unless told not to `sort`.

    `lines` are values that are marked, with a name (by default the limits of agreement), `span` what the
    axis shows at least; None as value means not measured.
    """
    frame = Frame(**labels)
    data = records(rows)
    if not data:
        return frame.nothing()
    if sort:
        data.sort(key=lambda row: (row[value] is None, -(row[value] or 0)))
    if lines is None:
        lines = [(at, message(f"charts.agreement.{name}")) for at, name in AGREEMENT_LINES]
    numbers = [row[key] for row in data for key in (value, low, high) if key and is_number(row.get(key))]
    left, right = min([span[0], *numbers]), max([span[1], *numbers])
    drawn = _empty_rows([str(row[label]) for row in data], left, right)
    for mark in lines:
        _add_mark(drawn, mark, last=mark[0] == lines[-1][0])
    _add_dots(drawn, data, (label, value, low, high), left)
    columns = {label: label, value: message("charts.agreement.value")}
    if low and high:
        columns |= {low: message("charts.columns.low"), high: message("charts.columns.high")}
    behind = frame.table(data, columns, {key: "decimal" for key in columns if key != label})
    pairs = [(str(row[label]), row[value]) for row in data]
    return frame.figure(drawn, behind, ranges(pairs, lines[-1] if lines else None))


def _empty_rows(names: list[str], left: float, right: float) -> Any:
    """Return the drawing without its dots: a row for each name, an axis a little wider than left to right."""
    lines = [label_lines(name, theme.LABEL_WIDTH) for name in names]
    beside = 0.03 * (right - left)
    return theme.figure(
        theme.row_height(lines, 32) * len(lines) + 76,
        margin={"l": theme.label_margin(lines), "r": 20, "t": 40, "b": 30},
        xaxis=theme.axis(range=[left - beside, right + beside], nticks=6),
        yaxis=theme.label_axis(lines),
        legend={**theme.LEGEND, "xref": "container", "yref": "container"},
    )


def _add_mark(drawn: Any, mark: Mark, *, last: bool) -> None:
    """Add a dotted line with value and name above it; the name of the last stands to the right of its line."""
    at, name = mark
    drawn.add_vline(x=at, line={"color": theme.GREY, "width": 1.5, "dash": "dot"})
    drawn.add_annotation(
        x=at,
        y=1,
        yref="paper",
        xanchor="left" if last else "right",
        yanchor="bottom",
        text=chart_text([cell(round(at, 2)), name]),
        showarrow=False,
        font={"size": 11},
    )


def _add_dots(
    drawn: Any, data: list[Row], keys: tuple[str, str, str | None, str | None], left: float
) -> None:
    """Add a dot with its interval for each row that has a value, and words at the left for those without."""
    label, value, low, high = keys
    measured = {at: row for at, row in enumerate(data) if is_number(row[value])}
    for at in range(len(data)):
        if at not in measured:
            text = chart_text([message("charts.agreement.missing")])
            drawn.add_annotation(x=left, y=at, xanchor="left", text=text, showarrow=False)
    shown = list(measured.values())
    drawn.add_scatter(
        x=[row[value] for row in shown],
        y=list(measured),
        mode="markers",
        name=message("charts.agreement.after"),
        marker={"size": 12, "color": theme.BLUE},
        error_x=_reach(shown, value, low, high) if low and high else None,
        hovertext=[chart_text([f"{row[label]}: {cell(row[value])}"]) for row in shown],
        hoverinfo="text",
    )


def _reach(rows: list[Row], value: str, low: str, high: str) -> dict[str, Any]:
    """Return how far the interval of each row reaches to either side of its value; 0 where it is unknown."""
    up, down = (
        [abs(row[key] - row[value]) if is_number(row.get(key)) else 0 for row in rows] for key in (high, low)
    )
    return {
        "type": "data",
        "symmetric": False,
        "array": up,
        "arrayminus": down,
        "color": theme.BLUE,
        "thickness": 2,
        "width": 5,
    }
