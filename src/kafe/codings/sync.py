"""Codings in people's files and codings in the store, kept alike by events; nothing is deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kafe.messages import message
from kafe.origins import FROM_FILE, Act, parse_origin
from kafe.records import Coding, Problem, Severity

if TYPE_CHECKING:
    from kafe.store.store import Store

Span = tuple[str, int, int, str, str]


def take_in(store: Store, wanted: Sequence[Coding], *, at: str) -> None:
    """Append what makes the store's standing codings from files equal `wanted`; nothing is deleted.

    A coding whose row is gone gets a `remove` event; one that comes back gets a new `add` event. What
    people did in the store holds against the files: what they put there is not taken away, and what they
    removed does not come back. Codings of notes that are withdrawn stand as they are.
    """
    current = {note.id for note in store.notes()}
    standing = {span(coding): coding for coding in store.codings()}
    history = store.history()
    seen = {coding.id for coding in history}
    removed = removed_by_people(history)
    keys = {span(coding) for coding in wanted}
    events = []
    for coding in wanted:
        if span(coding) not in standing and span(coding) not in removed:
            again = coding.id in seen
            events.append(replace(coding, id=derived_id(coding, "add", at), at=at) if again else coding)
    for key, coding in standing.items():
        if coding.origin.endswith(FROM_FILE) and coding.note_id in current and key not in keys:
            events.append(replace(coding, id=derived_id(coding, "remove", at), at=at, action="remove"))
    store.append_codings(events)


def removed_by_people(history: Iterable[Coding]) -> set[Span]:
    """Return what people have removed or refused in the store since it was last put there.

    `history` is every event in the order it was appended. A refusal that was taken back leaves what was before it.
    """
    removed: set[Span] = set()
    refused: set[Span] = set()
    for event in history:
        key, act = span(event), parse_origin(event.origin).act
        if event.action == "add":
            removed.discard(key)
            refused.discard(key)
        elif act is Act.REFUSED:
            refused.add(key)
        elif act is Act.REOPENED:
            refused.discard(key)
        elif act in (Act.BY_HAND, Act.AGREED):
            removed.add(key)
    return removed | refused


def spelling_problems(store: Store) -> list[Problem]:
    """Return a problem for each group of coders' names that may be the same person."""
    from kafe.store.names import spelling_conflicts

    return [
        Problem(
            FROM_FILE,
            message("store.place.coders", names=", ".join(f"«{name}»" for name in names)),
            message("store.error.spelling"),
            message("store.remedy.spelling"),
            Severity.REMARK,
        )
        for names in spelling_conflicts(store.coders())
    ]


def span(coding: Coding) -> Span:
    """Return what a coding is about: note, positions, code, coder."""
    return coding.note_id, coding.start, coding.end, coding.code, coding.coder


def derived_id(coding: Coding, action: str, at: str) -> str:
    """Return the id of an event that follows an earlier one."""
    return hashlib.sha256(f"{coding.id}\x1f{action}\x1f{at}".encode()).hexdigest()[:32]
