"""The stakeholder matrix: how much influence each has, and how much each is affected."""

from collections.abc import Mapping
from math import floor
from typing import Any

from kafe.blocks.blocks import table
from kafe.blocks.formatting import (
    DEFAULT_HIDDEN,
    Format,
    Row,
    chart_text,
    is_number,
    label_lines,
    listed,
    records,
)
from kafe.charts import theme
from kafe.charts.figure import Figure, empty_figure
from kafe.messages import message

RADIUS = 11
LABEL, LINES, LINE = 16, 3, 13
"""Characters and lines of a name beside its dot, and the height (px) of a line."""
HEAD, HEAD_LABEL = 50, 14
"""Height (px) of the band with the names of two fields, and their characters in a line."""
LEAST = 44
"""Height (px) of a row without anyone."""
DOT = 0.16
"""Where in its column (0 to 1) a dot lies; its name takes the rest."""


def stakeholder_map(
    rows: Any,
    label: str = "label",
    affected: str = "affected",
    influence: str = "influence",
    *,
    title: str,
    summary: str | None = None,
    scale: tuple[int, int] = (1, 5),
    more: Mapping[str, str] | None = None,
    formats: Mapping[str, Format] | None = None,
    headers: dict[str, str] | None = None,
    hidden: str = DEFAULT_HIDDEN,
    note: str = "",
) -> Figure:
    """Return stakeholders placed by influence (across) and degree affected (up) in four named fields.

    Each is a numbered dot explained in the table, with its name beside it on a wide screen. Values are
    rounded to whole steps of `scale`; from its middle and up they count as high. Rows without them are
    listed in the table but not drawn. `more` maps further columns of the table to their headers.
    """
    data = records(rows)
    placed = [row for row in data if is_number(row.get(affected)) and is_number(row.get(influence))]
    if not placed:
        return empty_figure(title)
    placed.sort(key=lambda row: (-row[influence], -row[affected], str(row[label])))
    order = {id(row): position + 1 for position, row in enumerate(placed)}
    names = {id(row): label_lines(row[label], LABEL, LINES) for row in placed}
    cells: dict[tuple[int, int], list[Row]] = {}
    for row in placed:
        cells.setdefault((_step(row[influence], scale), _step(row[affected], scale)), []).append(row)
    tops, heights, total = _rows(cells, names, scale)
    figure = _frame(scale, tops, heights, total)
    spots = []
    for (column, line), members in cells.items():
        y = float(tops[line])
        for row in members:
            spots.append((column - 0.5 + DOT, y + _height(names[id(row)]) / 2, row))
            y += _height(names[id(row)])
    figure.add_scatter(
        x=[x for x, _, _ in spots],
        y=[y for _, y, _ in spots],
        mode="markers+text",
        text=[str(order[id(row)]) for *_, row in spots],
        textfont={"color": "#ffffff", "size": 11},
        marker={"size": 2 * RADIUS, "color": theme.BLUE, "line": {"color": "#ffffff", "width": 1}},
        hovertext=[chart_text([str(row[label])]) for *_, row in spots],
        hoverinfo="text",
        cliponaxis=False,
    )
    for x, y, row in spots:
        figure.add_annotation(
            x=x,
            y=y,
            text=chart_text(names[id(row)]),
            showarrow=False,
            xshift=RADIUS + 3,
            xanchor="left",
            yanchor="middle",
            align="left",
            font={"size": 11},
            name="kafe-wide",
        )
    behind = table(
        [
            {"nr": order.get(id(row)), "field": _field(row, affected, influence, scale)} | row
            for row in [*placed, *(row for row in data if id(row) not in order)]
        ],
        {
            key: (headers or {}).get(key, head)
            for key, head in {
                "nr": message("charts.columns.number"),
                label: message("charts.stakeholders.label"),
                "field": message("charts.columns.quadrant"),
                **(more or {}),
                influence: message("charts.stakeholders.influence"),
                affected: message("charts.stakeholders.affected"),
            }.items()
        },
        message("charts.parts.caption", title=title),
        formats=formats,
        hidden=hidden,
    )
    text = summary or _summary(placed, label, affected, influence, scale)
    note = f"{message('charts.stakeholders.key')} {note}".strip()
    return Figure(title, text, figure, behind, note, table_open=True)


def _step(value: float, scale: tuple[int, int]) -> int:
    return min(max(floor(value + 0.5), scale[0]), scale[1])


def _height(lines: list[str]) -> int:
    return max(2 * RADIUS, LINE * len(lines)) + 10


def _rows(
    cells: Mapping[tuple[int, int], list[Row]], names: Mapping[int, list[str]], scale: tuple[int, int]
) -> tuple[dict[int, int], dict[int, int], int]:
    """Return where each step of the vertical scale begins, its height, and the height of all (px)."""
    tops, heights, y = {}, {}, 0
    for line in range(scale[1], scale[0] - 1, -1):
        if line in (scale[1], _middle(scale) - 1):
            y += HEAD
        needed = (
            sum(_height(names[id(row)]) for row in members)
            for (_, at), members in cells.items()
            if at == line
        )
        tops[line], heights[line] = y, max([LEAST, *needed])
        y += heights[line]
    return tops, heights, y


def _middle(scale: tuple[int, int]) -> int:
    """Return the least step that counts as high."""
    return floor(sum(scale) / 2)


def _frame(scale: tuple[int, int], tops: dict[int, int], heights: dict[int, int], total: int) -> Any:
    import plotly.graph_objects as go

    low, high = scale
    left, split, right = low - 0.5, _middle(scale) - 0.5, high + 0.5
    border = tops[_middle(scale) - 1] - HEAD
    steps = range(low, high + 1)
    figure = go.Figure(
        layout=theme.layout(
            total + 62,
            margin={"l": 58, "r": 4, "t": 4, "b": 58},
            xaxis=theme.axis(
                range=[left, right],
                title=theme.title(message("charts.stakeholders.influence_axis")),
                showgrid=False,
                tickvals=list(steps),
                ticktext=[_tick("influence", step, scale) for step in steps],
            ),
            yaxis=theme.axis(
                range=[total, 0],
                title=theme.title(message("charts.stakeholders.affected_axis")),
                showgrid=False,
                tickvals=[tops[step] + heights[step] / 2 for step in steps],
                ticktext=[_tick("affected", step, scale) for step in steps],
            ),
        )
    )
    fields = (
        ("inform_regularly", left, split, 0, border),
        ("follow_closely", split, right, 0, border),
        ("inform_when_needed", left, split, border, total),
        ("keep_informed", split, right, border, total),
    )
    for name, start, end, top, bottom in fields:
        figure.add_shape(
            type="rect",
            x0=start,
            x1=end,
            y0=top,
            y1=bottom,
            line={"color": theme.GRID, "width": 1},
            fillcolor="rgba(0,114,178,0.10)" if name == "follow_closely" else "rgba(0,0,0,0)",
            layer="below",
        )
        words = message(f"charts.stakeholders.{name}")
        lines = label_lines(words[:1].upper() + words[1:], HEAD_LABEL, 3)
        figure.add_annotation(
            x=start,
            y=top,
            xanchor="left",
            yanchor="top",
            text=chart_text(lines),
            align="left",
            xshift=4,
            yshift=-3,
            showarrow=False,
            font={"size": 11, "weight": 600},
        )
    return figure


def _tick(axis: str, step: int, scale: tuple[int, int]) -> str:
    end = {scale[0]: "low", scale[1]: "high"}.get(step)
    return chart_text([str(step), message(f"charts.stakeholders.{axis}_{end}")] if end else [str(step)])


def _field(row: Row, affected: str, influence: str, scale: tuple[int, int]) -> str | None:
    if not (is_number(row.get(affected)) and is_number(row.get(influence))):
        return None
    much, strong = (_step(row[key], scale) >= _middle(scale) for key in (affected, influence))
    if much:
        return message(f"charts.stakeholders.{'follow_closely' if strong else 'inform_regularly'}")
    return message(f"charts.stakeholders.{'keep_informed' if strong else 'inform_when_needed'}")


def _summary(placed: list[Row], label: str, affected: str, influence: str, scale: tuple[int, int]) -> str:
    """Return how many each field holds, with the names of those to be followed up most closely."""
    groups: dict[str, list[str]] = {}
    for row in placed:
        groups.setdefault(str(_field(row, affected, influence, scale)), []).append(str(row[label]))
    closest = message("charts.stakeholders.follow_closely")
    said = [
        message(
            f"charts.summary.{'field_named' if name == closest else 'field'}",
            name=name[:1].upper() + name[1:],
            count=len(labels),
            labels=listed(labels),
        )
        for name, labels in groups.items()
    ]
    key = "stakeholders_one" if len(placed) == 1 else "stakeholders"
    return message(f"charts.summary.{key}", count=len(placed), fields=" ".join(said))
