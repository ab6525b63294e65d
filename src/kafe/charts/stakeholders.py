"""The stakeholder map: how much each is affected, and how much influence they have."""

from typing import Any

from kafe.charts import theme
from kafe.charts.blocks import table
from kafe.charts.figure import Figure, empty_figure
from kafe.charts.rows import chart_text, is_number, label_lines, listed, records
from kafe.text import tekst

WIDTH, HEIGHT = 620, 520
"""The plot area (px) in which labels are laid out; narrower screens show the numbers only."""
RADIUS = 13
LABEL = 18
Box = tuple[float, float, float, float]


def stakeholder_map(
    rows: Any,
    label: str = "label",
    affected: str = "affected",
    influence: str = "influence",
    *,
    title: str,
    summary: str | None = None,
    scale: tuple[float, float] = (1, 5),
    headers: dict[str, str] | None = None,
    note: str = "",
) -> Figure:
    """Return stakeholders placed by degree affected (across) and influence (up) in four named quadrants.

    Each is a numbered dot explained in the table, with its name beside it where there is room. Both
    values lie on `scale`; rows without them are listed in the table but not drawn.
    """
    data = records(rows)
    placed = [row for row in data if is_number(row.get(affected)) and is_number(row.get(influence))]
    if not placed:
        return empty_figure(title, note)
    placed.sort(key=lambda row: (-row[influence], -row[affected], str(row[label])))
    middle = sum(scale) / 2
    order = {id(row): position + 1 for position, row in enumerate(placed)}
    spots = _spread([_pixel(row[affected], row[influence], scale) for row in placed])
    figure = _frame(scale)
    names = _labels(spots, [label_lines(row[label], LABEL, 2) for row in placed])
    width = scale[1] - scale[0] + 1
    points = [(scale[0] - 0.5 + x / WIDTH * width, scale[0] - 0.5 + y / HEIGHT * width) for x, y in spots]
    figure.add_scatter(
        x=[x for x, _ in points],
        y=[y for _, y in points],
        mode="markers+text",
        text=[str(order[id(row)]) for row in placed],
        textfont={"color": "#ffffff", "size": 12},
        marker={"size": 2 * RADIUS, "color": theme.BLUE, "line": {"color": "#ffffff", "width": 1}},
        hovertext=[chart_text([str(row[label])]) for row in placed],
        hoverinfo="text",
    )
    for (x, y), (lines, shift) in zip(points, names, strict=True):
        if lines:
            figure.add_annotation(
                x=x,
                y=y,
                text=chart_text(lines),
                showarrow=False,
                xshift=shift[0],
                yshift=shift[1],
                xanchor=shift[2],
                align="left",
                font={"size": 12},
                name="kafe-wide",
            )
    listed_rows = [
        {"nr": order.get(id(row)), "quadrant": _quadrant(row, affected, influence, middle)} | row
        for row in [*placed, *(row for row in data if id(row) not in order)]
    ]
    columns = {
        "nr": tekst("charts.columns.number"),
        label: label,
        affected: tekst("charts.stakeholders.affected"),
        influence: tekst("charts.stakeholders.influence"),
        "quadrant": tekst("charts.columns.quadrant"),
    }
    columns = {key: (headers or {}).get(key, head) for key, head in columns.items()}
    behind = table(listed_rows, columns, tekst("charts.parts.caption", title=title))
    text = summary or _summary(placed, label, affected, influence, middle)
    note = f"{tekst('charts.stakeholders.key')} {note}".strip()
    return Figure(title, text, figure, behind, note, table_open=True)


def _pixel(affected: float, influence: float, scale: tuple[float, float]) -> tuple[float, float]:
    width = scale[1] - scale[0] + 1
    return (
        (affected - scale[0] + 0.5) / width * WIDTH,
        (influence - scale[0] + 0.5) / width * HEIGHT,
    )


def _spread(spots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the spots moved downwards until no two dots overlap."""
    free: list[tuple[float, float]] = []
    step = 2 * RADIUS + 4
    for x, y in spots:
        while any(abs(x - a) < step and abs(y - b) < step for a, b in free):
            y -= step
        free.append((x, y))
    return free


def _labels(
    spots: list[tuple[float, float]], texts: list[list[str]]
) -> list[tuple[list[str], tuple[float, float, str]]]:
    """Return for each spot its label lines and shift, or no lines where every place is taken."""
    taken: list[Box] = [(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in spots]
    chosen: list[tuple[list[str], tuple[float, float, str]]] = []
    for (x, y), lines in zip(spots, texts, strict=True):
        wide, tall = max(map(len, lines)) * 6.6, 15.0 * len(lines)
        for side, anchor in ((1, "left"), (-1, "right")):
            start = x + side * (RADIUS + 4)
            left = start if side > 0 else start - wide
            box = (left, y - tall / 2, left + wide, y + tall / 2)
            if box[0] >= 0 and box[2] <= WIDTH and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                chosen.append((lines, (side * (RADIUS + 4), 0, anchor)))
                break
        else:
            chosen.append(([], (0, 0, "left")))
    return chosen


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _frame(scale: tuple[float, float]) -> Any:
    import plotly.graph_objects as go

    low, high = scale[0] - 0.5, scale[1] + 0.5
    ticks = {
        "tickvals": list(scale),
        "ticktext": [tekst("charts.stakeholders.low"), tekst("charts.stakeholders.high")],
    }
    figure = go.Figure(
        layout=theme.layout(
            HEIGHT + 70,
            margin={"l": 46, "r": 8, "t": 8, "b": 56},
            xaxis=theme.axis(
                range=[low, high],
                title=theme.title(tekst("charts.stakeholders.affected")),
                showgrid=False,
                **ticks,
            ),
            yaxis=theme.axis(
                range=[low, high],
                title=theme.title(tekst("charts.stakeholders.influence")),
                showgrid=False,
                tickangle=-90,
                **ticks,
            ),
        )
    )
    middle = sum(scale) / 2
    corners = (
        ("involve", low, middle, high, "left"),
        ("partner", middle, high, high, "right"),
        ("inform", low, middle, middle, "left"),
        ("empower", middle, high, middle, "right"),
    )
    for name, left, right, top, anchor in corners:
        figure.add_shape(
            type="rect",
            x0=left,
            x1=right,
            y0=top - (high - low) / 2,
            y1=top,
            line={"color": theme.GRID, "width": 1},
            fillcolor="rgba(0,114,178,0.10)" if name in ("partner", "empower") else "rgba(0,0,0,0)",
            layer="below",
        )
        figure.add_annotation(
            x=left if anchor == "left" else right,
            y=top,
            xanchor=anchor,
            yanchor="top",
            text=chart_text(label_lines(tekst(f"charts.stakeholders.{name}"), 20)),
            align=anchor,
            xshift=6 if anchor == "left" else -6,
            yshift=-4,
            showarrow=False,
            font={"size": 12, "weight": 600},
        )
    return figure


def _quadrant(row: dict, affected: str, influence: str, middle: float) -> str | None:
    if not (is_number(row.get(affected)) and is_number(row.get(influence))):
        return None
    much = row[affected] >= middle
    strong = row[influence] >= middle
    key = {(1, 1): "partner", (1, 0): "empower", (0, 1): "involve", (0, 0): "inform"}[much, strong]
    return tekst(f"charts.stakeholders.{key}")


def _summary(placed: list[dict], label: str, affected: str, influence: str, middle: float) -> str:
    groups: dict[str, list[str]] = {}
    for row in placed:
        groups.setdefault(str(_quadrant(row, affected, influence, middle)), []).append(str(row[label]))
    quadrants = " ".join(
        tekst("charts.summary.quadrant", name=name, labels=listed(labels)) for name, labels in groups.items()
    )
    return tekst("charts.summary.stakeholders", count=len(placed), quadrants=quadrants)
