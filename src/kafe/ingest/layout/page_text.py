"""Letters and line breaks of a page put right: ligatures, soft hyphens, tags, table cells, spread-out letters."""

import re

from kafe.ingest.layout.reflow import HARD_BREAK
from kafe.records import normalise_text

_LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\u2010": "-",
        "\u2011": "-",
    }
)
_TAGS = re.compile(
    r"</?(?:p|br|div|span|td|tr|th|table|li|ul|ol|b|i|em|strong|h[1-6])\b[^>]*>", re.IGNORECASE
)
_MARKUP = re.compile(r"\*\*(.+?)\*\*|(?<!!)\[([^\]]+)\]\([^)]*\)")
_SPREAD = re.compile(r"(?<!\S)(?:[^\W\d_] ){4,}[^\W\d_](?!\S)")


def page_lines(page: str) -> list[str]:
    """Return the lines of a page: ligatures apart, tags and soft hyphens mended, table cells on lines."""
    page = re.sub(r"\u00ad[ \t]*\n[ \t]*", "\u00ad", page.translate(_LIGATURES))
    lines: list[str] = []
    for line in page.split("\n"):
        for part in (
            re.split(r"\t(?=\s*\S)", _TAGS.sub("\n", line))
            if "\t" in line.strip()
            else [_TAGS.sub("\n", line)]
        ):
            pieces = part.split("\n")
            for piece in pieces:
                lines += [_put_together(piece)] + [HARD_BREAK] * (len(pieces) > 1)
            if part != line:
                lines.append(HARD_BREAK)
    return lines


def _put_together(line: str) -> str:
    """Return a line without control characters, letters spread out by spaces (`V e d t a k`) put together."""
    indent = re.match(r"[ \u00a0]*", line)
    text = normalise_text(_MARKUP.sub(lambda found: found[1] or found[2], line))
    parts = re.split(r"( {2,})", text)
    if any(_SPREAD.search(part) for part in parts):
        text = " ".join(
            _SPREAD.sub(lambda found: found[0].replace(" ", ""), part) for part in parts if part.strip()
        )
    return (indent[0] if indent else "") + text


def one_line(text: str) -> str:
    """Return a paragraph as one line, its letters put right as those of a page."""
    return " ".join(_put_together(text.translate(_LIGATURES)).split())
