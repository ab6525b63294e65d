"""Keyword in context: every place that a search found, with the words before and after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kafe.records import Note

Span = tuple[int, int]
WIDTH = 45
"""Characters on each side."""
CUT = "…"


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """One place: `left`, `keyword` and `right` are the note's text on one line, cut between words."""

    note_id: str
    left: str
    keyword: str
    right: str


def concordance(
    places: Mapping[str, Sequence[Span]], notes: Mapping[str, Note], width: int = WIDTH
) -> list[ConcordanceLine]:
    """Return a line for each place, sorted by keyword and then by what follows it.

    `places` are spans by note id; those of notes that are not in `notes` are left out. Contexts have at
    most `width` characters and do not cross the note's ends; a keyword longer than two contexts is cut.
    """
    lines = []
    for note_id, spans in places.items():
        if note_id not in notes:
            continue
        text = notes[note_id].text
        for start, end in spans:
            lines.append(
                ConcordanceLine(
                    note_id,
                    _last(_flat(text[:start]), width),
                    _first(_flat(text[start:end]), 2 * width),
                    _first(_flat(text[end:]), width),
                )
            )
    lines.sort(key=lambda line: (line.keyword.casefold(), line.right.casefold(), line.left, line.note_id))
    return lines


def _flat(text: str) -> str:
    return " ".join(text.split())


def _first(text: str, width: int) -> str:
    """Return the beginning of a text, cut after a whole word where there is one."""
    if len(text) <= width:
        return text
    head = text[: width - 1]
    if not text[width - 1].isspace():
        head = head.rpartition(" ")[0] or head
    return head.rstrip() + CUT


def _last(text: str, width: int) -> str:
    """Return the end of a text, cut before a whole word where there is one."""
    if len(text) <= width:
        return text
    tail = text[len(text) - width + 1 :]
    if not text[len(text) - width].isspace():
        tail = tail.partition(" ")[2] or tail
    return CUT + tail.lstrip()
