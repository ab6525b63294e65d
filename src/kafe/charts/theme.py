"""What all charts share: colours, symbols, sizes and a light layout without plotly's template.

Colours: Okabe & Ito (2008) without yellow, sky blue and orange, which fall under 3:1 against white;
the purple is darkened for the same reason. Series also differ by symbol.
"""

from typing import Any

from kafe.charts.wrapping import chart_text
from kafe.formatting import THIN_SPACE

BLUE, VERMILION, GREEN, PURPLE, GREY = "#0072B2", "#D55E00", "#009E73", "#B0628F", "#737A82"
SERIES = (BLUE, VERMILION, GREEN, PURPLE, GREY)
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "x")
GRID = "rgba(128,128,128,0.28)"
INK = "#1b1f24"
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'
SIZE = 13
LABEL_WIDTH = 20
CELL = 34
LINE = 17


def figure(height: int, **more: Any) -> Any:
    """Return an empty plotly figure: transparent, of this height (px), in Norwegian number format."""
    import plotly.graph_objects as go

    base: dict[str, Any] = {
        "height": height,
        "separators": f",{THIN_SPACE}",
        "font": {"family": FONT, "size": SIZE, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "dragmode": False,
        "hoverlabel": {"align": "left", "font": {"family": FONT, "size": SIZE}},
        "showlegend": False,
    }
    return go.Figure(layout=base | more)


def axis(**more: Any) -> dict[str, Any]:
    """Return an axis with faint grid lines that cannot be dragged out of place."""
    base = {
        "fixedrange": True,
        "zeroline": False,
        "gridcolor": GRID,
        "linecolor": GRID,
        "ticks": "",
        "automargin": False,
    }
    return base | more


def title(text: str) -> dict[str, Any]:
    """Return the title of an axis, no larger than its labels."""
    return {"text": chart_text([text]), "font": {"size": SIZE}}


def label_axis(lines: list[list[str]]) -> dict[str, Any]:
    """Return a vertical axis with one wrapped label at 0, 1, 2 …, the first one at the top."""
    return axis(
        tickvals=list(range(len(lines))),
        ticktext=[chart_text(part) for part in lines],
        range=[len(lines) - 0.5, -0.5],
        showgrid=False,
        ticklabelstandoff=6,
    )


def label_margin(lines: list[list[str]]) -> int:
    """Return the left margin (px) that holds the longest label line."""
    longest = max((len(line) for label in lines for line in label), default=0)
    return round(longest * SIZE * 0.6) + 14


def number_margin(texts: list[str]) -> int:
    """Return the right margin (px) that holds the longest number written after a bar."""
    return round(max(map(len, texts), default=0) * SIZE * 0.62) + 12


def row_height(lines: list[list[str]], least: int) -> int:
    """Return the height (px) of a row that holds the label with most lines."""
    return max(least, LINE * max((len(label) for label in lines), default=1) + 9)


LEGEND = {
    "orientation": "h",
    "x": 0,
    "xanchor": "left",
    "y": 1,
    "yanchor": "top",
    "itemclick": False,
    "itemdoubleclick": False,
}
