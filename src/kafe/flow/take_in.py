"""Codings in people's files and codings in the store, kept alike by events; nothing is deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kafe.flow.project import Row
from kafe.records import Coding
from kafe.text import tekst

if TYPE_CHECKING:
    from kafe.store import Store

FROM_FILE = "data/coded/kodinger"
"""Origin of codings read from files; when their row is gone from the file, they are taken away again.

A change of the codebook puts its own name before it (`operation:ID data/coded/kodinger`).
"""


def take_in(store: Store, wanted: Sequence[Coding], *, at: str) -> None:
    """Append what makes the store's standing codings from files equal `wanted`; nothing is deleted.

    A coding whose row is gone gets a `remove` event; one that comes back gets a new `add` event.
    Codings of notes that are withdrawn stand as they are.
    """
    current = {note.id for note in store.notes()}
    standing = {span(coding): coding for coding in store.codings()}
    seen = {coding.id for coding in store.history()}
    keys = {span(coding) for coding in wanted}
    events = []
    for coding in wanted:
        if span(coding) not in standing:
            again = coding.id in seen
            events.append(replace(coding, id=derived_id(coding, "add", at), at=at) if again else coding)
    for key, coding in standing.items():
        if coding.origin.endswith(FROM_FILE) and coding.note_id in current and key not in keys:
            events.append(replace(coding, id=derived_id(coding, "remove", at), at=at, action="remove"))
    store.append_codings(events)


def spelling_problems(store: Store) -> list[Row]:
    """Return a problem for each group of coders' names that may be the same person."""
    from kafe.store.names import spelling_conflicts

    return [
        {
            "file": FROM_FILE,
            "place": tekst("store.place.coders", names=", ".join(f"«{name}»" for name in names)),
            "message": tekst("store.error.spelling"),
            "remedy": tekst("store.remedy.spelling"),
            "unusable": False,
        }
        for names in spelling_conflicts(store.coders())
    ]


def span(coding: Coding) -> tuple[str, int, int, str, str]:
    """Return what a coding is about: note, positions, code, coder."""
    return coding.note_id, coding.start, coding.end, coding.code, coding.coder


def derived_id(coding: Coding, action: str, at: str) -> str:
    """Return the id of an event that follows an earlier one."""
    return hashlib.sha256(f"{coding.id}\x1f{action}\x1f{at}".encode()).hexdigest()[:32]
