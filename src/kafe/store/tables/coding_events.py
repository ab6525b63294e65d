"""Reading coding events quickly: a workbench opens thousands of notes at once."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, select

from kafe.records import Coding
from kafe.store.tables import events, schema, versions
from kafe.store.tables.events import CODINGS

_COLUMNS = ("seq", "clock_at", "clock_n", *CODINGS.fields, "id")
_SEQ = itemgetter(0)
_ABOUT = itemgetter(*map(_COLUMNS.index, CODINGS.key))
_RANK = itemgetter(slice(1, None))
_CODING = itemgetter(*map(_COLUMNS.index, ("id", *schema.CODING_FIELDS)))
_ACTION, _NOTE, _HASH = map(_COLUMNS.index, ("action", "note_id", "text_hash"))
Ids = Iterable[str] | None
Event = Sequence[Any]


def history(connection: Connection, note_ids: Ids, coders: Ids) -> list[Coding]:
    """Return the coding events of the notes and coders given, or of all, in order of arrival."""
    return [Coding(*_CODING(event)) for event in _events(connection, note_ids, coders)]


def standing(connection: Connection, note_ids: Ids, coders: Ids, *, stale: bool) -> list[Coding]:
    """Return the codings that stand, on the text as it is now or (`stale`) on an earlier one."""
    wanted = None if note_ids is None else list(note_ids)
    latest = events.latest(_events(connection, wanted, coders), _ABOUT, _RANK)
    current = versions.text_hashes(connection, wanted)
    return [
        Coding(*_CODING(event))
        for event in latest
        if event[_ACTION] == "add" and (event[_HASH] != current[event[_NOTE]]) == stale
    ]


def _events(connection: Connection, note_ids: Ids, coders: Ids) -> list[Event]:
    table = schema.codings.c
    query = select(*(table[name] for name in _COLUMNS))
    if coders is not None:
        query = query.where(table.coder.in_(list(coders)))
    queries = [query]
    if note_ids is not None:
        queries = [query.where(table.note_id.in_(part)) for part in events.parts(dict.fromkeys(note_ids))]
    found = [event for one in queries for event in connection.execute(one).all()]
    return sorted(found, key=_SEQ)
