"""Records to table rows and back, and the pure rule for which codings stand."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from kafe.records import Coding, Decision, Note, text_hash
from kafe.store.schema import CODING_FIELDS, DECISION_FIELDS, NOTE_FIELDS

WHERE_FIELDS = ("source_file", "source_place")
"""Say where a note was read; they may move without the note having changed."""


def note_row(note: Note, at: str) -> dict[str, Any]:
    """Return the row of `note_versions` for a note seen at `at`."""
    row = {name: getattr(note, name) for name in NOTE_FIELDS}
    return row | {"note_id": note.id, "text_hash": text_hash(note.text), "at": at}


def note_of(row: Mapping[Any, Any]) -> Note:
    """Return the note of a row of `note_versions`."""
    return Note(id=row["note_id"], **{name: row[name] for name in NOTE_FIELDS})


def same_content(old: Note, new: Note) -> bool:
    """Return whether the notes say the same; where in which file they stood does not count."""
    names = (name for name in NOTE_FIELDS if name not in WHERE_FIELDS)
    return all(getattr(old, name) == getattr(new, name) for name in names)


def coding_row(coding: Coding) -> dict[str, Any]:
    """Return the row of `codings` for an event."""
    return {"id": coding.id} | {name: getattr(coding, name) for name in CODING_FIELDS}


def coding_of(row: Mapping[Any, Any]) -> Coding:
    """Return the event of a row of `codings`."""
    return Coding(id=row["id"], **{name: row[name] for name in CODING_FIELDS})


def decision_row(decision: Decision) -> dict[str, Any]:
    """Return the row of `decisions`; its id is a hash of the content, so a file can be read again."""
    row = {name: getattr(decision, name) for name in DECISION_FIELDS}
    content = "\x1f".join(row.values())
    return row | {"id": hashlib.sha256(content.encode("utf-8")).hexdigest()}


def decision_of(row: Mapping[Any, Any]) -> Decision:
    """Return the decision of a row of `decisions`."""
    return Decision(**{name: row[name] for name in DECISION_FIELDS})


def span_key(coding: Coding) -> tuple[str, int, int, str, str]:
    """Return what an undo must name to take a coding away: note, span, code and coder."""
    return (coding.note_id, coding.start, coding.end, coding.code, coding.coder)


def standing(events: Iterable[Coding]) -> list[Coding]:
    """Return the codings that stand after all events in order, at most one per span, code and coder.

    A repeated addition replaces the earlier one (its memo is the newer); a removal takes it away.
    """
    state: dict[tuple[str, int, int, str, str], Coding] = {}
    for coding in events:
        state.pop(span_key(coding), None)
        if coding.action == "add":
            state[span_key(coding)] = coding
    return list(state.values())
