"""A notebook's prose as safe HTML, and its headings as an outline.

Raw HTML is shown as text; links lead only within the report or to what lies beside it, since a report
makes no requests; other addresses are written out. Pictures must be embedded in the notebook.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

from kafe.messages import message
from kafe.strings import ascii_slug

TAGS = re.compile(r"<[^>]*>")
LOCAL_LINK = re.compile(r"(#[\w.~-]*|[\w~-][\w.~-]*\.(?:html(?:#[\w.~-]*)?|xlsx))")
PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+")
SHOWN_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 or deeper, as plain text, and the id it has on the page."""

    level: int
    text: str
    id: str


@dataclass
class Outline:
    """The headings met so far; the notebook's first heading of level 1 is its `title`."""

    title: str = ""
    headings: list[Heading] = field(default_factory=list)

    def add(self, level: int, text: str) -> Heading | None:
        """Return the heading on the page, or None for the title, which the page itself shows.

        Levels never skip: a heading is at most one deeper than the one before it.
        """
        if level == 1 and not self.title and not self.headings:
            self.title = text
            return None
        previous = self.headings[-1].level if self.headings else 1
        heading = Heading(min(max(level, 2), previous + 1), text, self._free(ascii_slug(text) or "del"))
        self.headings.append(heading)
        return heading

    def _free(self, name: str) -> str:
        used = {heading.id for heading in self.headings}
        if name not in used:
            return name
        return next(f"{name}-{n}" for n in range(2, len(used) + 3) if f"{name}-{n}" not in used)


def render_markdown(source: str, outline: Outline, attachments: Mapping[str, Any] | None = None) -> str:
    """Return the Markdown as safe HTML and add its headings to the outline.

    `attachments`: pictures pasted into the cell, name → {media type: base64}, as in nbformat.
    """
    import mistune

    class Renderer(mistune.HTMLRenderer):
        def heading(self, text: str, level: int, **attrs: Any) -> str:
            heading = outline.add(level, unescape(TAGS.sub("", text)).strip())
            if heading is None:
                return ""
            return f'<h{heading.level} id="{heading.id}" tabindex="-1">{text}</h{heading.level}>\n'

        def link(self, text: str, url: str, title: str | None = None) -> str:
            if LOCAL_LINK.fullmatch(url):
                return f'<a href="{escape(url)}">{text}</a>'
            if not SHOWN_ADDRESS.match(url):
                return text
            address = escape(SHOWN_ADDRESS.sub("", url).rstrip("/"))
            return text if address in text else f'{text} <span class="address">({address})</span>'

        def image(self, text: str, url: str, title: str | None = None) -> str:
            name = url.removeprefix("attachment:")
            for media, data in (attachments or {}).get(name, {}).items():
                url = f"data:{media};base64,{''.join(data).strip()}"
            alt = unescape(TAGS.sub("", text)) or message("report.output.image")
            if not PICTURE.fullmatch(url):
                return f"<em>{escape(alt)}</em>"
            return f'<img src="{url}" alt="{escape(alt)}">'

    renderer = Renderer(escape=True)
    convert = mistune.create_markdown(renderer=renderer, plugins=["table", "strikethrough"])
    renderer.register("table", lambda renderer, text: _table(text, outline))
    renderer.register("table_cell", _table_cell)
    return str(convert(source))


def _table(text: str, outline: Outline) -> str:
    """Return a table in a frame that can be scrolled, named after the heading above it."""
    name = escape(outline.headings[-1].text if outline.headings else message("report.page.scroll"))
    return (
        f'<div class="kafe-scroll" role="group" tabindex="0" aria-label="{name}">'
        f'<table class="kafe-table">{text}</table></div>\n'
    )


def _table_cell(renderer: Any, text: str, align: str | None = None, head: bool = False) -> str:
    kind = ' class="num"' if align == "right" else ""
    return f'<th scope="col"{kind}>{text}</th>' if head else f"<td{kind}>{text}</td>"
