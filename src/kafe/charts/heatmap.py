"""A table of counts as shaded cells, with the number written in each."""

from typing import Any, Unpack

from kafe.charts import theme
from kafe.charts.crosstab import Crosstab
from kafe.charts.figure import Figure, Frame, Labels
from kafe.charts.summary import darkest
from kafe.charts.wrapping import chart_text, label_lines
from kafe.formatting import cell, records
from kafe.messages import message

SHADES = ((0.0, "#F1F6FA"), (1.0, "#5BA3D0"))
"""Light enough for the dark numbers in the cells: at least 6:1."""
HIDDEN_SHADE = "#D9DCE0"
HEAD_WIDTH = 14
"""Characters in a line of a column's name."""
LEVEL_HEADS = 4
"""The names of more columns than these are turned on end."""


def heatmap(rows: Any, x: str, y: str, value: str, **labels: Unpack[Labels]) -> Figure:
    """Return a heat map: one row for each x and y, in the order met; a value of None is a hidden count.

    Pairs without a row are left blank.
    """
    frame = Frame(**labels)
    data = records(rows)
    if not data:
        return frame.nothing()
    found = Crosstab.of(data, x, y, value)
    drawn = _empty_cells(found, frame.hidden)
    counts = [[found.values.get((column, row)) for column in found.columns] for row in found.rows]
    veiled = [
        [1 if _is_hidden(found, column, row) else None for column in found.columns] for row in found.rows
    ]
    written = [["" if count is None else chart_text([cell(count)]) for count in line] for line in counts]
    marks = [["" if mark is None else chart_text([frame.hidden]) for mark in line] for line in veiled]
    _add_cells(drawn, found, counts, written, SHADES)
    _add_cells(drawn, found, veiled, marks, ((0, HIDDEN_SHADE), (1, HIDDEN_SHADE)))
    behind = frame.table(
        found.wide(y, found.columns, message("charts.format.missing")),
        {y: y} | {column: column for column in found.columns},
        dict.fromkeys(found.columns, "count"),
    )
    return frame.figure(drawn, behind, darkest(found), counts=found.values.values())


def _empty_cells(found: Crosstab, hidden: str) -> Any:
    """Return the drawing without its cells: as wide and high as names and numbers need."""
    tops = [label_lines(column, HEAD_WIDTH) for column in found.columns]
    lines = [label_lines(row, theme.LABEL_WIDTH) for row in found.rows]
    turned = len(tops) > LEVEL_HEADS
    head, left = _head_height(tops, turned), theme.label_margin(lines)
    widest = len(hidden) if None in found.values.values() else 0
    return theme.figure(
        theme.row_height(lines, 30) * len(lines) + head + 8,
        meta={"min_width": left + max(theme.CELL, 7 * widest + 4) * len(tops) + 8},
        margin={"l": left, "r": 8, "t": head, "b": 8},
        xaxis=theme.axis(
            side="top",
            tickvals=list(range(len(tops))),
            ticktext=[chart_text(part) for part in tops],
            tickangle=-90 if turned else 0,
            showgrid=False,
            range=[-0.5, len(tops) - 0.5],
        ),
        yaxis=theme.label_axis(lines),
    )


def _head_height(tops: list[list[str]], turned: bool) -> int:
    longest = max(len(line) for label in tops for line in label)
    lines = max(len(label) for label in tops)
    return round(longest * theme.SIZE * 0.58) + 12 if turned else lines * theme.LINE + 10


def _is_hidden(found: Crosstab, column: str, row: str) -> bool:
    return (column, row) in found.values and found.values[column, row] is None


def _add_cells(
    drawn: Any,
    found: Crosstab,
    grid: list[list[Any]],
    written: list[list[str]],
    shades: tuple[tuple[float, str], ...],
) -> None:
    """Add the cells that have a value, shaded by it, with what is written in each; none where no cell has one."""
    if all(number is None for line in grid for number in line):
        return
    drawn.add_heatmap(
        z=grid,
        text=written,
        texttemplate="%{text}",
        textfont={"color": theme.INK, "size": 12},
        hovertext=[
            [
                chart_text([f"{row} / {column}: {text}"])
                for column, text in zip(found.columns, texts, strict=True)
            ]
            for row, texts in zip(found.rows, written, strict=True)
        ],
        hoverinfo="text",
        hoverongaps=False,
        colorscale=[list(step) for step in shades],
        zmin=0,
        zmax=max((number or 0 for line in grid for number in line), default=1) or 1,
        showscale=False,
        xgap=2,
        ygap=2,
    )
