"""The stakeholder matrix: how much influence each has, and how much each is affected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any, Unpack

from kafe.charts import theme
from kafe.charts.figure import Figure, Frame, Labels
from kafe.charts.wrapping import chart_text, label_lines
from kafe.formatting import Format, Row, is_number, listed, records
from kafe.messages import message

LOWEST, MIDDLE, HIGHEST = 1, 3, 5
"""The scale of both degrees; from the middle and up they count as high."""
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
    *,
    more: Mapping[str, str] | None = None,
    formats: Mapping[str, Format] | None = None,
    **labels: Unpack[Labels],
) -> Figure:
    """Return stakeholders placed by influence (across) and degree affected (up) in four named fields.

    `rows`: the name under `label`, `influence` and `affected` from 1 to 5, rounded to whole steps; rows
    without them are listed in the table but not drawn. Each is a numbered dot explained in the table,
    with its name beside it on a wide screen. `more` maps further columns of the table to their headers.
    """
    frame = Frame(**labels)
    data = records(rows)
    found = [_Stakeholder(str(row[label]), row) for row in data if _is_placed(row)]
    if not found:
        return frame.nothing()
    found.sort(key=lambda one: (-one.row["influence"], -one.row["affected"], one.name))
    levels = _levels(found)
    drawn = _fields(levels)
    spots = _spots(found, levels)
    _add_dots(drawn, found, spots)
    _add_names(drawn, found, spots)
    listing: list[Row] = [{"nr": number, "field": one.field} | one.row for number, one in enumerate(found, 1)]
    listing += [{"nr": None, "field": None, **row} for row in data if not _is_placed(row)]
    columns = {
        "nr": message("charts.columns.number"),
        label: message("charts.stakeholders.label"),
        "field": message("charts.columns.quadrant"),
        **(more or {}),
        "influence": message("charts.stakeholders.influence"),
        "affected": message("charts.stakeholders.affected"),
    }
    behind = frame.table(listing, columns, formats)
    key = message("charts.stakeholders.key")
    return frame.figure(drawn, behind, _summary(found), key=key, table_open=True)


@dataclass(frozen=True)
class _Stakeholder:
    """A row that can be placed: its cell, its field and the lines of its name."""

    name: str
    row: Row

    @property
    def influence(self) -> int:
        return _step(self.row["influence"])

    @property
    def affected(self) -> int:
        return _step(self.row["affected"])

    @property
    def field(self) -> str:
        """The name of its field of the matrix."""
        strong = self.influence >= MIDDLE
        if self.affected >= MIDDLE:
            return message(f"charts.stakeholders.{'follow_closely' if strong else 'inform_regularly'}")
        return message(f"charts.stakeholders.{'keep_informed' if strong else 'inform_when_needed'}")

    @property
    def lines(self) -> list[str]:
        return label_lines(self.name, LABEL, LINES)

    @property
    def height(self) -> int:
        """The height (px) that dot and name take."""
        return max(2 * RADIUS, LINE * len(self.lines)) + 10


@dataclass(frozen=True)
class _Level:
    """Where a step of the vertical scale begins, and its height (px)."""

    top: int
    height: int


def _is_placed(row: Row) -> bool:
    return is_number(row.get("affected")) and is_number(row.get("influence"))


def _step(value: float) -> int:
    return min(max(floor(value + 0.5), LOWEST), HIGHEST)


def _levels(found: Sequence[_Stakeholder]) -> dict[int, _Level]:
    """Return the levels of the drawing from above, the uppermost first; over each half is room for its names."""
    levels, y = {}, 0
    for step in range(HIGHEST, LOWEST - 1, -1):
        if step in (HIGHEST, MIDDLE - 1):
            y += HEAD
        columns = {one.influence for one in found if one.affected == step}
        needed = [
            sum(one.height for one in found if (one.influence, one.affected) == (column, step))
            for column in columns
        ]
        levels[step] = _Level(y, max([LEAST, *needed]))
        y += levels[step].height
    return levels


def _spots(found: Sequence[_Stakeholder], levels: Mapping[int, _Level]) -> list[tuple[float, float]]:
    """Return the point of each stakeholder: those of one cell under each other, in order."""
    free = {
        (column, step): float(levels[step].top) for column in range(LOWEST, HIGHEST + 1) for step in levels
    }
    spots = []
    for one in found:
        cell = (one.influence, one.affected)
        spots.append((one.influence - 0.5 + DOT, free[cell] + one.height / 2))
        free[cell] += one.height
    return spots


def _fields(levels: Mapping[int, _Level]) -> Any:
    """Return the drawing without anyone in it: both scales and the four named fields."""
    total = levels[LOWEST].top + levels[LOWEST].height
    drawn = theme.figure(
        total + 62,
        margin={"l": 58, "r": 4, "t": 4, "b": 58},
        xaxis=theme.axis(
            range=[LOWEST - 0.5, HIGHEST + 0.5],
            title=theme.title(message("charts.stakeholders.influence_axis")),
            showgrid=False,
            tickvals=list(range(LOWEST, HIGHEST + 1)),
            ticktext=[_tick("influence", step) for step in range(LOWEST, HIGHEST + 1)],
        ),
        yaxis=theme.axis(
            range=[total, 0],
            title=theme.title(message("charts.stakeholders.affected_axis")),
            showgrid=False,
            tickvals=[levels[step].top + levels[step].height / 2 for step in range(LOWEST, HIGHEST + 1)],
            ticktext=[_tick("affected", step) for step in range(LOWEST, HIGHEST + 1)],
        ),
    )
    left, split, right = LOWEST - 0.5, MIDDLE - 0.5, HIGHEST + 0.5
    border = levels[MIDDLE - 1].top - HEAD
    _add_field(drawn, "inform_regularly", (left, split), (0, border))
    _add_field(drawn, "follow_closely", (split, right), (0, border))
    _add_field(drawn, "inform_when_needed", (left, split), (border, total))
    _add_field(drawn, "keep_informed", (split, right), (border, total))
    return drawn


def _add_field(drawn: Any, name: str, across: tuple[float, float], down: tuple[int, int]) -> None:
    drawn.add_shape(
        type="rect",
        x0=across[0],
        x1=across[1],
        y0=down[0],
        y1=down[1],
        line={"color": theme.GRID, "width": 1},
        fillcolor="rgba(0,114,178,0.10)" if name == "follow_closely" else "rgba(0,0,0,0)",
        layer="below",
    )
    words = message(f"charts.stakeholders.{name}")
    drawn.add_annotation(
        x=across[0],
        y=down[0],
        xanchor="left",
        yanchor="top",
        text=chart_text(label_lines(words[:1].upper() + words[1:], HEAD_LABEL, 3)),
        align="left",
        xshift=4,
        yshift=-3,
        showarrow=False,
        font={"size": 11, "weight": 600},
    )


def _tick(axis: str, step: int) -> str:
    end = {LOWEST: "low", HIGHEST: "high"}.get(step)
    return chart_text([str(step), message(f"charts.stakeholders.{axis}_{end}")] if end else [str(step)])


def _add_dots(drawn: Any, found: Sequence[_Stakeholder], spots: Sequence[tuple[float, float]]) -> None:
    drawn.add_scatter(
        x=[x for x, _ in spots],
        y=[y for _, y in spots],
        mode="markers+text",
        text=[str(number) for number in range(1, len(found) + 1)],
        textfont={"color": "#ffffff", "size": 11},
        marker={"size": 2 * RADIUS, "color": theme.BLUE, "line": {"color": "#ffffff", "width": 1}},
        hovertext=[chart_text([one.name]) for one in found],
        hoverinfo="text",
        cliponaxis=False,
    )


def _add_names(drawn: Any, found: Sequence[_Stakeholder], spots: Sequence[tuple[float, float]]) -> None:
    """Add the name beside each dot, which narrow screens leave out."""
    for one, (x, y) in zip(found, spots, strict=True):
        drawn.add_annotation(
            x=x,
            y=y,
            text=chart_text(one.lines),
            showarrow=False,
            xshift=RADIUS + 3,
            xanchor="left",
            yanchor="middle",
            align="left",
            font={"size": 11},
            name="kafe-wide",
        )


def _summary(found: Sequence[_Stakeholder]) -> str:
    """Return how many each field holds, with the names of those to be followed up most closely."""
    groups: dict[str, list[str]] = {}
    for one in found:
        groups.setdefault(one.field, []).append(one.name)
    closest = message("charts.stakeholders.follow_closely")
    said = [
        message(
            f"charts.summary.{'field_named' if name == closest else 'field'}",
            name=name[:1].upper() + name[1:],
            count=len(names),
            labels=listed(names),
        )
        for name, names in groups.items()
    ]
    key = "stakeholders_one" if len(found) == 1 else "stakeholders"
    return message(f"charts.summary.{key}", count=len(found), fields=" ".join(said))
