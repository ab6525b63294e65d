"""A table of counts as shaded cells, with the number written in each."""

from typing import Any

from kafe.blocks.blocks import table
from kafe.blocks.formatting import DEFAULT_HIDDEN, cell, chart_text, explain_hidden, label_lines, records
from kafe.charts import theme
from kafe.charts.figure import Figure, empty_figure
from kafe.charts.summary import cells
from kafe.messages import message

SHADES = ((0.0, "#F1F6FA"), (1.0, "#5BA3D0"))
"""Light enough for the dark numbers in the cells: at least 6:1."""
HIDDEN_SHADE = "#D9DCE0"


def heatmap(
    rows: Any,
    x: str,
    y: str,
    value: str,
    *,
    title: str,
    summary: str | None = None,
    unit: str = "innspill",
    headers: dict[str, str] | None = None,
    hidden: str = DEFAULT_HIDDEN,
    note: str = "",
) -> Figure:
    """Return a heat map: one row for each x and y, in the order met; a value of None is a hidden count.

    Pairs without a row are left blank.
    """
    data = records(rows)
    if not data:
        return empty_figure(title)
    columns = list(dict.fromkeys(str(row[x]) for row in data))
    names = list(dict.fromkeys(str(row[y]) for row in data))
    found = {(str(row[x]), str(row[y])): row[value] for row in data}
    tops = [label_lines(text, 14) for text in columns]
    lines = [label_lines(text, theme.LABEL_WIDTH) for text in names]
    turned = len(columns) > 4
    head = _head(tops, turned)
    height = theme.row_height(lines, 30) * len(names)
    import plotly.graph_objects as go

    figure = go.Figure(
        layout=theme.layout(
            height + head + 8,
            meta={"min_width": theme.label_margin(lines) + _cell_width(found, hidden) * len(columns) + 8},
            margin={"l": theme.label_margin(lines), "r": 8, "t": head, "b": 8},
            xaxis=theme.axis(
                side="top",
                tickvals=list(range(len(columns))),
                ticktext=[chart_text(part) for part in tops],
                tickangle=-90 if turned else 0,
                showgrid=False,
                range=[-0.5, len(columns) - 0.5],
            ),
            yaxis=theme.label_axis(lines, [chart_text(part) for part in lines]),
        )
    )
    plain = [[found.get((column, name)) for column in columns] for name in names]
    veiled = [[1 if _hidden(found, column, name) else None for column in columns] for name in names]
    for grid, shades, text in (
        (plain, SHADES, "shown"),
        (veiled, ((0, HIDDEN_SHADE), (1, HIDDEN_SHADE)), "hidden"),
    ):
        if all(number is None for line in grid for number in line):
            continue
        written = [[_written(number, text, hidden) for number in line] for line in grid]
        figure.add_heatmap(
            z=grid,
            text=written,
            texttemplate="%{text}",
            textfont={"color": theme.INK, "size": 12},
            hovertext=[
                [chart_text([f"{names[r]} / {columns[c]}: {written[r][c]}"]) for c in range(len(columns))]
                for r in range(len(names))
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
    blank = message("charts.format.missing")
    wide = [{y: name} | {column: found.get((column, name), blank) for column in columns} for name in names]
    behind = table(
        wide,
        {y: (headers or {}).get(y, y)} | {column: column for column in columns},
        message("charts.parts.caption", title=title),
        formats=dict.fromkeys(columns, "count"),
        hidden=hidden,
    )
    triples = [(column, name, number) for (column, name), number in found.items()]
    summary = summary or cells(triples, unit, (len(names), len(columns)))
    return Figure(title, summary, figure, behind, explain_hidden(note, list(found.values()), hidden))


def _cell_width(found: dict[tuple[str, str], Any], hidden: str) -> int:
    longest = len(hidden) if None in found.values() else 0
    return max(theme.CELL, 7 * longest + 4)


def _head(tops: list[list[str]], turned: bool) -> int:
    longest = max(len(line) for label in tops for line in label)
    lines = max(len(label) for label in tops)
    return round(longest * theme.SIZE * 0.58) + 12 if turned else lines * theme.LINE + 10


def _hidden(found: dict[tuple[str, str], Any], column: str, name: str) -> bool:
    return (column, name) in found and found[column, name] is None


def _written(number: Any, kind: str, hidden: str) -> str:
    if number is None:
        return ""
    return chart_text([hidden if kind == "hidden" else cell(number)])
