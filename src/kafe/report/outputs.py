"""What notebook cells put out, as safe HTML; figures keep their data for the page's script."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

from kafe.blocks import MIME
from kafe.charts import PLOTLY_MIME
from kafe.messages import message
from kafe.report.markdown import Outline, render_markdown

PICTURES = ("image/png", "image/jpeg")
STYLE_OR_SCRIPT = re.compile(r"<(style|script)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
PART_HEADING = re.compile(r'<h(?P<level>[2-6]) class="kafe-part">(?P<text>.*?)</h(?P=level)>')
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
STRUCTURE = ("blockquote", "br", "details", "div", "hr", "p", "pre", "section", "span", "summary")
WORDS = ("a", "b", "code", "em", "i", "small", "strong", "sub", "sup", "u")
LISTS = ("dd", "dl", "dt", "li", "ol", "ul")
TABLES = ("caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr")
HEADINGS = ("h3", "h4", "h5", "h6")
ALLOWED = frozenset((*STRUCTURE, *WORDS, *LISTS, *TABLES, *HEADINGS))
ATTRIBUTES = {
    "*": ["class"],
    "th": ["scope", "colspan", "rowspan"],
    "td": ["colspan", "rowspan"],
    "ol": ["start"],
}


@dataclass
class PageIds:
    """The outline so far and the number of figures, so that ids follow the order on the page."""

    outline: Outline = field(default_factory=Outline)
    figures: int = 0


def render_output(output: Mapping[str, Any], ids: PageIds) -> str:
    """Return one output as HTML; what is written to stderr is never shown."""
    kind = output["output_type"]
    if kind == "error":
        return _error(output)
    if kind == "stream":
        return _plain(output["text"]) if output["name"] == "stdout" else ""
    if output.get("metadata", {}).get("kafe", {}).get("part"):
        return ""
    return _data(output["data"], ids)


def _data(data: Mapping[str, Any], ids: PageIds) -> str:
    if MIME in data:
        payload = data[MIME]
        if payload["kind"] == "figure":
            return figure_html(payload, ids)
        return PART_HEADING.sub(lambda found: _heading(found, ids), str(payload["html"]))
    if PLOTLY_MIME in data:
        return figure_html(_undescribed(data[PLOTLY_MIME]), ids)
    if "text/html" in data:
        return _foreign_html(_text(data["text/html"]))
    if "text/markdown" in data:
        return render_markdown(_text(data["text/markdown"]), ids.outline)
    for media in PICTURES:
        if media in data:
            alt = escape(message("report.output.image"))
            return f'<img src="data:{media};base64,{escape(_text(data[media]).strip())}" alt="{alt}">'
    return _plain(data.get("text/plain", ""))


def _heading(found: re.Match[str], ids: PageIds) -> str:
    """Return a heading of a block as one of the page: in the outline, with an id, no level skipped."""
    heading = ids.outline.add(int(found["level"]), unescape(found["text"]))
    if heading is None:
        return ""
    return f'<h{heading.level} class="kafe-part" id="{heading.id}" tabindex="-1">{found["text"]}</h{heading.level}>'


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "".join(value)


def _plain(text: Any) -> str:
    shown = ANSI.sub("", _text(text)).strip("\n")
    return f"<pre>{escape(shown)}</pre>" if shown.strip() else ""


def _error(output: Mapping[str, Any]) -> str:
    """Return a box that names the kind of error; its message may quote a note and stays in the notebook."""
    title = escape(message("report.output.error_title"))
    text = escape(message("report.output.error", kind=output["ename"]))
    return f'<div class="kafe-callout kafe-missing"><p class="kafe-label">{title}</p><p>{text}</p></div>'


def _foreign_html(html: str) -> str:
    """Return HTML that kafe did not make (a DataFrame, say) with only harmless tags left."""
    import bleach

    clean = bleach.clean(STYLE_OR_SCRIPT.sub("", html), tags=ALLOWED, attributes=ATTRIBUTES, strip=True)
    clean = clean.replace("<table", '<table class="kafe-table"')
    name = escape(message("report.page.scroll"))
    return f'<div class="kafe-scroll" role="group" tabindex="0" aria-label="{name}">{clean}</div>'


def _undescribed(plotly: Mapping[str, Any]) -> dict[str, Any]:
    layout = {
        key: value for key, value in plotly["layout"].items() if key not in ("template", "title", "width")
    }
    title = plotly["layout"].get("title") or {}
    return {
        "title": (title.get("text") if isinstance(title, Mapping) else title)
        or message("report.output.unnamed"),
        "summary": message("report.output.undescribed"),
        "note": "",
        "plotly": {"data": plotly["data"], "layout": layout},
        "table": "",
        "table_open": False,
    }


def figure_html(payload: Mapping[str, Any], ids: PageIds) -> str:
    """Return a figure with caption, summary, place for the chart and the table behind it."""
    ids.figures += 1
    name = f"figur-{ids.figures}"
    parts = [
        f"<figcaption><strong>{escape(payload['title'])}</strong><p>{escape(payload['summary'])}</p></figcaption>"
    ]
    if payload["plotly"] is not None:
        parts.append(_chart(payload, name))
    if payload["note"]:
        parts.append(f'<p class="kafe-note">{escape(payload["note"])}</p>')
    if payload["table"]:
        state = " open" if payload["table_open"] else ""
        label = escape(message("report.page.table"))
        parts.append(f"<details{state}><summary>{label}</summary>{payload['table']}</details>")
    return f'<figure class="kafe-figure" id="{name}">{"".join(parts)}</figure>'


def _chart(payload: Mapping[str, Any], name: str) -> str:
    layout = payload["plotly"]["layout"]
    label = escape(message("report.page.chart", title=payload["title"]))
    meta = layout.get("meta")
    least = int(meta.get("min_width", 0)) if isinstance(meta, Mapping) else 0
    size = f"min-height:{int(layout.get('height') or 420)}px" + (f";min-width:{least}px" if least else "")
    drawing = (
        f'<div class="kafe-chart" id="{name}-tegning" role="img" aria-label="{label}" style="{size}"></div>'
    )
    if least:
        drawing = f'<div class="kafe-scroll" role="group" tabindex="0" aria-label="{label}">{drawing}</div>'
    return (
        f"{drawing}<noscript><p>{escape(message('report.page.noscript'))}</p></noscript>"
        f'<script type="application/json" id="{name}-data">{embedded_json(payload["plotly"])}</script>'
    )


def embedded_json(value: Any) -> str:
    """Return JSON that no text in it can end the surrounding script element with."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
