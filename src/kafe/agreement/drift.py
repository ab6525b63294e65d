"""Drift: does a coder, coming back to a note, code it as before?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from kafe.agreement.units import AgreementRow, agreement
from kafe.records import Codebook, Coding, Unit

Mark = tuple[str, str, str, str]
"""Coder, note id, `finish` or `unfinish`, time."""

FIRST, LAST = "first:", "last:"
"""Before a coder's name: the same coder, then and now, as two."""


def recoded(marks: Iterable[Mark], coder: str) -> dict[str, str]:
    """Return note id → when the coder first finished it, for notes taken up again and finished anew.

    `marks` come in order. A note that was changed but not finished a second time is left out: what the
    coder did not touch there cannot be told from what was not read again.
    """
    first: dict[str, str] = {}
    opened: set[str] = set()
    again: set[str] = set()
    for who, note_id, action, at in marks:
        if who != coder:
            continue
        if action == "unfinish":
            again.discard(note_id)
            opened.add(note_id)
        elif note_id in opened:
            again.add(note_id)
        else:
            first.setdefault(note_id, at)
    return {note_id: first[note_id] for note_id in sorted(again) if note_id in first}


def coder_drift(
    history: Iterable[Coding],
    marks: Iterable[Mark],
    units: Iterable[Unit],
    codebook: Codebook,
    coder: str,
    *,
    seed: int = 1,
) -> list[AgreementRow]:
    """Return agreement of the coder's first coding with the last, as `agreement` does for two people.

    `history` holds every event in order. Only notes that were finished twice are compared, as they stood
    when first finished and as they stand now, on the text as it is now. No rows when there are none.
    """
    since = recoded(marks, coder)
    if not since:
        return []
    names = (f"{FIRST}{coder}", f"{LAST}{coder}")
    own = [event for event in history if event.coder == coder and event.note_id in since]
    latest = {event.note_id: event.text_hash for event in own if event.action == "add"}
    own = [event for event in own if event.text_hash == latest.get(event.note_id)]
    before = [event for event in own if _moment(event.at) <= _moment(since[event.note_id])]
    both = [
        replace(event, coder=name)
        for name, events in zip(names, (before, own), strict=True)
        for event in _standing(events)
    ]
    finished = [(name, note_id) for name in names for note_id in since]
    return agreement(both, finished, units, codebook, names, seed=seed)


def _standing(events: Sequence[Coding]) -> list[Coding]:
    state: dict[tuple[str, int, int, str], Coding] = {}
    for event in events:
        key = (event.note_id, event.start, event.end, event.code)
        state.pop(key, None)
        if event.action == "add":
            state[key] = event
    return list(state.values())


def _moment(at: str) -> datetime:
    """Return the time in UTC; a time without a zone is taken as it stands, none at all as the earliest."""
    try:
        time = datetime.fromisoformat(at)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time
