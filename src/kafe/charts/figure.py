"""A chart that never travels alone: its title, text summary, table and note always come along."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Required, TypedDict

from kafe.blocks import MIME, Block, TableBlock, table
from kafe.formatting import Format, Row, cell, hidden_mark
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

    In JupyterLab the chart is interactive; `kafe.report` reads the output of type `MIME`, which carries
    everything.
    """

    title: str
    summary: str
    figure: Any
    data: TableBlock
    note: str = ""
    table_open: bool = False

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
        return _in_jupyterlab(f'<div class="kafe-figure">{self._caption_html()}{self._rest_html()}</div>')

    def _text(self) -> str:
        return "\n".join(part for part in (self.title, self.summary, self.data.text, self.note) if part)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"text/plain": self._text(), "text/html": self._repr_html_(), MIME: self.payload()}

    def _ipython_display_(self) -> None:
        """Show caption, interactive chart and table below each other, as JupyterLab shows one type an output."""
        from IPython.display import publish_display_data

        payload = self.payload()
        head = _in_jupyterlab(f'<div class="kafe-figure">{self._caption_html()}</div>')
        publish_display_data({"text/plain": self._text(), "text/html": head, MIME: payload})
        if payload["plotly"] is not None:
            publish_display_data({PLOTLY_MIME: {**payload["plotly"], "config": CONFIG}}, metadata=PART)
        publish_display_data({"text/html": _in_jupyterlab(self._rest_html())}, metadata=PART)


def _in_jupyterlab(html: str) -> str:
    return Block(html, "").in_jupyterlab()


def _plotly_data(figure: Any) -> dict[str, Any]:
    drawn = json.loads(figure.to_json(engine="json"))
    layout = {key: value for key, value in drawn["layout"].items() if key != "template"}
    return {"data": drawn["data"], "layout": layout}


class Labels(TypedDict, total=False):
    """The words around a chart, which every chart takes by name.

    `title`; `summary`: a sentence for those who cannot see the chart, made from the rows where it is not
    given; `headers`: column → header of axis and table; `hidden`: how a hidden count is written («<5»);
    `note`: what a reader must know of the numbers.
    """

    title: Required[str]
    summary: str
    headers: Mapping[str, str]
    hidden: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The words around a chart (see `Labels`), and what is made of them: headers, table behind, figure."""

    title: str
    summary: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    hidden: str = field(default_factory=hidden_mark)
    note: str = ""

    def header(self, column: str, otherwise: str = "") -> str:
        """Return the header of a column; where none is given `otherwise`, or the column's own name."""
        return self.headers.get(column, otherwise or column)

    def count(self, number: Any) -> str:
        """Return a count as text; None is a hidden one."""
        return cell(number, "count", hidden=self.hidden)

    def table(
        self, rows: Iterable[Row], columns: Mapping[str, str], formats: Mapping[str, Format] | None = None
    ) -> TableBlock:
        """Return the table behind the chart; `columns` maps column to the header it has if none is given."""
        headers = {column: self.header(column, otherwise) for column, otherwise in columns.items()}
        caption = message("charts.parts.caption", title=self.title)
        return table(list(rows), headers, caption, formats=formats, hidden=self.hidden)

    def figure(
        self,
        drawn: Any,
        behind: TableBlock,
        summary: str,
        *,
        counts: Iterable[Any] = (),
        key: str = "",
        table_open: bool = False,
    ) -> Figure:
        """Return the figure: `summary` where none is given, `key` (how it is read) before the note.

        `counts` are those that it shows; where one is None, the note says what a hidden count means.
        """
        words = [key, self.note]
        if any(count is None for count in counts):
            words.append(message("charts.parts.hidden_note", hidden=self.hidden))
        note = " ".join(filter(None, words))
        return Figure(self.title, self.summary or summary, drawn, behind, note, table_open)

    def nothing(self) -> Figure:
        """Return a figure without a chart that says there is nothing to show."""
        return Figure(self.title, message("charts.empty.figure"), None, table([]))
