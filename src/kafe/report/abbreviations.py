"""Abbreviations in a finished report body: explained where they stand, and in a list at the end."""

import re
from collections.abc import Callable, Iterable
from html import escape

from kafe.messages import message

Find = Callable[[str], Iterable[tuple[int, int, str, str]]]
"""Returns (start, end, short, long) of each abbreviation in a text."""

PIECE = re.compile(r"(<[^>]*>|&[#\w]+;)")
TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)")
CLOSED = frozenset(
    (
        "a",
        "abbr",
        "button",
        "caption",
        "code",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "noscript",
        "pre",
        "script",
    )
)
"""Elements whose text stays as it is: code, data, links, headings and hidden captions."""
SECTION = "h2"


def explain_abbreviations(body: str, find: Find, anchor: str = "forkortelser") -> str:
    """Return the body with each abbreviation marked at its first place in every section, and the list of them.

    `anchor` is the id of the list's heading. `body` is escaped HTML as `render` makes it: only text between
    tags is touched, never an attribute, a character reference or the text of an element in `CLOSED`.
    Without abbreviations it comes back as it is.
    """
    pieces: list[str] = []
    used: dict[str, str] = {}
    marked: set[str] = set()
    inside: list[str] = []
    for piece in PIECE.split(body):
        tag = TAG.match(piece)
        if tag:
            name = tag["name"].lower()
            if name == SECTION and not tag["end"]:
                marked.clear()
            _enter_or_leave(inside, name, leaving=bool(tag["end"]))
            pieces.append(piece)
        elif inside or not piece or piece[0] in "<&":
            pieces.append(piece)
        else:
            pieces.append(_mark(piece, find, used, marked))
    return "".join(pieces) + (_listed(used, anchor) if used else "")


def _enter_or_leave(inside: list[str], name: str, *, leaving: bool) -> None:
    if name in CLOSED and not leaving:
        inside.append(name)
    elif leaving and inside and inside[-1] == name:
        inside.pop()


def _mark(text: str, find: Find, used: dict[str, str], marked: set[str]) -> str:
    done, position = [], 0
    for start, end, short, long in find(text):
        used[short] = long
        if short in marked:
            continue
        marked.add(short)
        done.append(f'{text[position:start]}<abbr title="{escape(long)}">{text[start:end]}</abbr>')
        position = end
    return "".join(done) + text[position:]


def _listed(used: dict[str, str], anchor: str) -> str:
    rows = "".join(
        f"<div><dt>{escape(short)}</dt><dd>{escape(used[short])}</dd></div>"
        for short in sorted(used, key=lambda short: (short.casefold(), short))
    )
    title = escape(message("report.page.abbreviations"))
    return (
        f'\n<section class="kafe-abbreviations" aria-labelledby="{anchor}">'
        f'<h2 id="{anchor}" tabindex="-1">{title}</h2><dl>{rows}</dl></section>'
    )
