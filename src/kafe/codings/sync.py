"""Codings in people's files and codings in the store, kept alike by events; nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kafe.codings.files import Finished
from kafe.origins import FROM_FILE, Act, is_from_file, parse_origin
from kafe.records import Coding, derived_id

if TYPE_CHECKING:
    from kafe.store import Store

Span = tuple[str, int, int, str, str]


def sync_codings(store: Store, read: Sequence[Coding], finished: Iterable[Finished] = (), *, at: str) -> None:
    """Append what makes the store's standing codings from files equal those that were `read`; nothing is deleted.

    A coding whose row is gone gets a `remove` event; one that comes back gets a new `add` event. What
    people did in the store holds against the files: what they put there is not taken away, and what they
    removed does not come back. Codings of notes that are withdrawn stand as they are, and what followed a
    correction of a note stands until its row, under the note's earlier id, is gone from the file. A mark `finished`
    that was taken back in the store does not come back either.
    """
    wanted = [replace(coding, origin=FROM_FILE) for coding in read]
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
            events.append(replace(coding, id=derived_id(coding.id, "add", at), at=at) if again else coding)
    for key, coding in standing.items():
        if is_from_file(coding.origin) and coding.note_id in current and key not in keys:
            events.append(replace(coding, id=derived_id(coding.id, "remove", at), at=at, action="remove"))
    events += _gone_with_their_rows(store, standing, current, keys, at)
    store.append_codings(events)
    store.append_finished_marks(finished, FROM_FILE)


def _gone_with_their_rows(
    store: Store, standing: Mapping[Span, Coding], current: set[str], keys: set[Span], at: str
) -> list[Coding]:
    """Return what takes away codings whose rows named a note by an earlier id, where they stood and where they followed."""
    became = {one.act: one.into for one in store.followed() if one.kind == "coding"}
    by_id = {coding.id: coding for coding in standing.values()}
    found = []
    for key, coding in standing.items():
        if coding.origin == FROM_FILE and coding.note_id not in current and key not in keys:
            copy = by_id.get(became.get(coding.id, ""))
            if copy and span(copy) not in keys:
                found += [coding, copy]
    return [
        replace(coding, id=derived_id(coding.id, "remove", at), at=at, action="remove", origin=FROM_FILE)
        for coding in found
    ]


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


def span(coding: Coding) -> Span:
    """Return what a coding is about: note, positions, code, coder."""
    return coding.note_id, coding.start, coding.end, coding.code, coding.coder
