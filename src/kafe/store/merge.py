"""Bringing one store into another: nothing is lost, nothing comes twice, what does not agree is listed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, func, select, update

from kafe.store.names import spelling_conflicts
from kafe.store.remask import MEMO_COLUMNS, Mask, changes, written
from kafe.store.tables import events, schema, versions
from kafe.store.tables.events import CODINGS, LINKS, LOGS, Log, Row, coders
from kafe.store.tables.rows import CONTENT_FIELDS, digest

OWN_WORDS = {column.table.name: column.name for column in MEMO_COLUMNS}
"""Table → the column that has what people wrote."""
ConflictKind = Literal["same_id", "coder_spelling", "stale", "unknown_note", "codebook_version"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something in which two stores do not agree; `what` names it: an id, names, or a version."""

    kind: ConflictKind
    what: str
    count: int = 1


@dataclass(frozen=True)
class MergeReport:
    """What a merge brought in: `new` maps the name of a table to its number of new rows."""

    new: Mapping[str, int]
    conflicts: tuple[Conflict, ...] = field(default=())

    @property
    def total(self) -> int:
        """The number of all new rows."""
        return sum(self.new.values())


def merge(here: Connection, there: Connection, at: str, mask: Mask | None = None) -> MergeReport:
    """Bring the rows of `there` into `here` and return what was new and what does not agree.

    What people have written in memos goes through `mask` on its way in.

    Events keep their ids and clocks, so that the same state results whichever store is brought into the
    other, and a second time changes nothing. An id that says something else here comes in under an id
    of its own. Notes that are not here come in as withdrawn from the moment they were first seen, as they were
    never shown here: kept apart until the source has them, or until they are known as an earlier form of one.
    Another text of a note comes in as a version; the newest counts, and codings on others are stale.
    """
    books = _codebooks(here, there)
    said = changes(written(there), mask) if mask else {}
    new = {"notes": _bring_notes(here, there, at), "note_versions": _bring_versions(here, there)}
    conflicts: list[Conflict] = []
    for log in LOGS:
        new[log.table.name], clashes = _bring_events(here, there, log, said)
        conflicts += [Conflict("same_id", row_id) for row_id in clashes]
    conflicts += [Conflict("coder_spelling", " / ".join(names)) for names in spelling_conflicts(coders(here))]
    conflicts += _apart(here, there)
    return MergeReport(new, (*conflicts, *books))


def _bring_notes(here: Connection, there: Connection, at: str) -> int:
    theirs = [dict(row) for row in there.execute(select(schema.notes)).mappings()]
    unknown = set(versions.unknown(here, (row["id"] for row in theirs)))
    fresh = [{**row, "withdrawn_at": row["first_seen"] or at} for row in theirs if row["id"] in unknown]
    events.put(here, schema.notes, fresh)
    return len(fresh)


def _bring_versions(here: Connection, there: Connection) -> int:
    """Bring in the versions that change what the history of a note says; return how many.

    In the versions of both stores in order, those next to each other with the same content say it once.
    """
    ours, theirs = versions.all_versions(here), versions.all_versions(there)
    fresh: list[Row] = []
    for note_id in sorted(theirs):
        both = [(row, True) for row in ours.get(note_id, [])] + [(row, False) for row in theirs[note_id]]
        both.sort(key=lambda pair: versions.rank(pair[0]))
        for run in _runs(both):
            if not any(is_ours for _, is_ours in run):
                fresh.append(run[0][0])
    events.put(here, schema.note_versions, [_without(row, "seq") for row in fresh])
    return len(fresh)


def _content(row: Row) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in CONTENT_FIELDS)


def _runs(versions_in_order: Sequence[tuple[Row, bool]]) -> list[list[tuple[Row, bool]]]:
    runs: list[list[tuple[Row, bool]]] = []
    for pair in versions_in_order:
        if runs and _content(runs[-1][0][0]) == _content(pair[0]):
            runs[-1].append(pair)
        else:
            runs.append([pair])
    return runs


def _bring_events(
    here: Connection, there: Connection, log: Log, said: Mapping[str, str]
) -> tuple[int, list[str]]:
    """Bring in the events of a log; return how many were new and the ids that say different things.

    `said` has what to put for people's own words that name someone.
    """
    column = OWN_WORDS.get(log.table.name, "")
    theirs = [
        {**row, column: said[row[column]]} if column and row[column] in said else row
        for row in events.read(there, log)
    ]
    ours = {row["id"]: row for row in events.by_ids(here, log, (row["id"] for row in theirs))}
    fresh, clashes, later, mine = [], [], [], set()
    for row in theirs:
        twin = ours.get(row["id"])
        if twin is None:
            fresh.append(row)
        elif log.meaning(twin) != log.meaning(row):
            clashes.append(row["id"])
            mine.add(_own_id(log, twin))
            fresh.append({**row, "id": _own_id(log, row)})
        elif (row["clock_at"], row["clock_n"]) > (twin["clock_at"], twin["clock_n"]):
            later.append(row)
    known = mine | {row["id"] for row in events.by_ids(here, log, (row["id"] for row in fresh))}
    fresh = [_brought(log, row) for row in fresh if row["id"] not in known]
    events.put(here, log.table, fresh)
    for row in later:
        change = update(log.table).where(log.table.c.id == row["id"])
        here.execute(change.values(clock_at=row["clock_at"], clock_n=row["clock_n"]))
    return len(fresh), clashes


def _brought(log: Log, row: Row) -> Row:
    """Return the row as it comes in; a link is then no longer that of a file, which here has no such row."""
    bare = _without(row, "seq")
    return bare | {"origin": ""} if log is LINKS else bare


def _own_id(log: Log, row: Row) -> str:
    """Return the id of an event whose id is taken; the same from whichever store it comes."""
    return digest(row["id"], *map(str, log.meaning(row)))


def _apart(here: Connection, there: Connection) -> list[Conflict]:
    """Return the notes that only the other store has, and those whose codings stand on another text."""
    theirs = events.standing(CODINGS, events.read(there, CODINGS))
    used = Counter(row["note_id"] for row in theirs if row["action"] == "add")
    away = versions.withdrawn_ids(here) - versions.withdrawn_ids(there)
    found = [Conflict("unknown_note", note_id, used[note_id]) for note_id in sorted(away & set(used))]
    texts = versions.text_hashes(here)
    stale = Counter(
        row["note_id"]
        for row in events.standing(CODINGS, events.read(here, CODINGS))
        if row["action"] == "add" and row["text_hash"] != texts[row["note_id"]]
    )
    return found + [
        Conflict("stale", note_id, stale[note_id]) for note_id in sorted(stale) if note_id in used
    ]


def _codebooks(here: Connection, there: Connection) -> list[Conflict]:
    """Return the versions of the codebook that only the other store's codings were made with."""
    version = schema.codings.c.codebook_version
    ours = set(here.scalars(select(version).distinct()))
    counted = there.execute(select(version, func.count()).group_by(version))
    return [
        Conflict("codebook_version", name, count)
        for name, count in sorted(tuple(row) for row in counted)
        if name and name not in ours
    ]


def _without(row: Row, name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}
