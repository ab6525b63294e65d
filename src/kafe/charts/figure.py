"""A chart that never travels alone: its title, text summary and table always come along."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from kafe.blocks.blocks import MIME, Table, lab_style, table
from kafe.messages import message

PLOTLY_MIME = "application/vnd.plotly.v1+json"
CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,
    "responsive": True,
    "displayModeBar": "hover",
    "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"],
}
PART = {"kafe": {"part": True}}
"""Output metadata of the pieces shown in JupyterLab beside the piece that carries the whole figure."""


@dataclass(frozen=True)
class Figure:
    """Title, one-sentence summary, plotly figure (None: nothing to draw), table behind and note.

    `table` may be given as rows. In JupyterLab the chart is interactive; `kafe.report` reads the
    output of type `MIME`, which carries everything.
    """

    title: str
    summary: str
    figure: Any
    table: Table | Sequence[Mapping[str, Any]]
    note: str = ""
    table_open: bool = False

    @property
    def data(self) -> Table:
        """The table behind the figure."""
        if isinstance(self.table, Table):
            return self.table
        return table(self.table, caption=message("charts.parts.caption", title=self.title))

    def payload(self) -> dict[str, Any]:
        """Return the figure as JSON data, the same bytes for the same figure."""
        return {
            "kind": "figure",
            "title": self.title,
            "summary": self.summary,
            "note": self.note,
            "plotly": None if self.figure is None else _plotly_data(self.figure),
            "table": self.data.html if self.data.cells else "",
            "table_open": self.table_open,
        }

    def _caption_html(self) -> str:
        return f"<figcaption><strong>{escape(self.title)}</strong><p>{escape(self.summary)}</p></figcaption>"

    def _rest_html(self) -> str:
        note = f'<p class="kafe-note">{escape(self.note)}</p>' if self.note else ""
        if not self.data.cells:
            return note
        state = " open" if self.table_open else ""
        label = escape(message("charts.parts.table"))
        return f"{note}<details{state}><summary>{label}</summary>{self.data.html}</details>"

    def _repr_html_(self) -> str:
        return f'{lab_style()}<div class="kafe-figure">{self._caption_html()}{self._rest_html()}</div>'

    def _text(self) -> str:
        return "\n".join(part for part in (self.title, self.summary, self.data.text, self.note) if part)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/plain": self._text(), "text/html": self._repr_html_(), MIME: self.payload()}

    def _ipython_display_(self) -> None:
        """Show caption, interactive chart and table below each other, as JupyterLab shows one type an output."""
        from IPython.display import publish_display_data

        payload = self.payload()
        head = f'{lab_style()}<div class="kafe-figure">{self._caption_html()}</div>'
        publish_display_data({"text/plain": self._text(), "text/html": head, MIME: payload})
        if payload["plotly"] is not None:
            publish_display_data({PLOTLY_MIME: {**payload["plotly"], "config": CONFIG}}, metadata=PART)
        publish_display_data({"text/html": lab_style() + self._rest_html()}, metadata=PART)


def _plotly_data(figure: Any) -> dict[str, Any]:
    drawn = json.loads(figure.to_json(engine="json"))
    layout = {key: value for key, value in drawn["layout"].items() if key != "template"}
    return {"data": drawn["data"], "layout": layout}


def empty_figure(title: str) -> Figure:
    """Return a figure without a chart that says there is nothing to show."""
    return Figure(title, message("charts.empty.figure"), None, table([]))
