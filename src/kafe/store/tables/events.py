"""Logs of events: appended once by id, never changed, the latest event about a thing holds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache, partial
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, insert, select
from sqlalchemy.sql.elements import ColumnElement

from kafe.store.tables import schema

T = TypeVar("T")
Row = Mapping[str, Any]
Clock = tuple[str, int]
_BOOKKEEPING = ("seq", "id", "clock_at", "clock_n")
AT_A_TIME = 500
"""Values in one IN clause; SQLite builds may allow no more than 999."""


@dataclass(frozen=True)
class Log:
    """A table of events. The columns of `key` are an event's subject; two events of one id must share those of `same`.

    `at` is the column of the time, or empty; the first column of `key` is indexed, or the table is short.
    """

    table: Table
    key: tuple[str, ...]
    same: tuple[str, ...]
    at: str = "at"

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The columns that say what happened."""
        return tuple(column.name for column in self.table.c if column.name not in _BOOKKEEPING)

    def subject(self, row: Row) -> tuple[Any, ...]:
        """Return the event's values of `key`: of the events that share them, the one with the latest clock holds."""
        return tuple([row[name] for name in self.key])

    def meaning(self, row: Row) -> tuple[Any, ...]:
        """Return what must not differ between two events of the same id."""
        return tuple(row[name] for name in self.same)


_SPAN = ("note_id", "start", "end", "code", "coder")
_OPERATION = schema.OPERATION_FIELDS
CODINGS = Log(schema.codings, _SPAN, (*_SPAN, "action", "memo", "at"))
MARKS = Log(schema.marks, ("coder", "note_id"), ("coder", "note_id", "action"))
MEMOS = Log(schema.memos, ("memo_id",), ("memo_id", *schema.MEMO_FIELDS))
DECISIONS = Log(schema.decisions, ("target", "at"), schema.DECISION_FIELDS)
LINKS = Log(schema.links, ("note_id", "proposal", "who"), schema.LINK_FIELDS)
OPERATIONS = Log(schema.operations, (), _OPERATION)
VERSIONS = Log(schema.codebook_versions, ("version",), ("version", "text"), at="")
ASSIGNMENTS = Log(schema.assignments, ("coder", "label"), ("coder", "label", "at", "note_ids"))
CORRECTIONS = Log(schema.corrections, ("old", "new"), ("old", "new", "action", "who"))
FOLLOWED = Log(schema.followed, ("link", "act"), ("link", "kind", "act", "into"))
CODERS = Log(schema.coders, ("name",), ("name",))
LOGS = (
    CODINGS, MARKS, MEMOS, DECISIONS, LINKS, OPERATIONS, VERSIONS, ASSIGNMENTS, CODERS, CORRECTIONS, FOLLOWED,
)  # fmt: skip


def parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the values in lists that fit one question to the database."""
    whole = list(values)
    for start in range(0, len(whole), AT_A_TIME):
        yield whole[start : start + AT_A_TIME]


def put(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert the rows."""
    if rows:
        connection.execute(insert(table), [dict(row) for row in rows])


def append(connection: Connection, log: Log, given: Iterable[Row], clash: Callable[[Row], Exception]) -> int:
    """Append the events whose id is not stored, in the order given; return how many they were.

    Raises what `clash` makes of an event whose id is taken by one that says something else.
    """
    return add(connection, log, unstored(connection, log, given, clash))


def unstored(
    connection: Connection, log: Log, given: Iterable[Row], clash: Callable[[Row], Exception]
) -> list[Row]:
    """Return the events whose id is not stored, each once, in the order given."""
    rows = list(given)
    known = {row["id"]: log.meaning(row) for row in by_ids(connection, log, [row["id"] for row in rows])}
    fresh: list[Row] = []
    for row in rows:
        if row["id"] not in known:
            known[row["id"]] = log.meaning(row)
            fresh.append(row)
        elif known[row["id"]] != log.meaning(row):
            raise clash(row)
    return fresh


def add(connection: Connection, log: Log, fresh: Sequence[Row]) -> int:
    """Store events that are not stored yet, with clocks; return how many."""
    put(connection, log.table, stamp(log, fresh, clocks(connection, log, fresh)))
    return len(fresh)


def by_ids(connection: Connection, log: Log, ids: Iterable[str]) -> list[Row]:
    """Return the stored events with these ids."""
    column = log.table.c.id
    return [row for part in parts(ids) for row in read(connection, log, column.in_(part))]


def read(connection: Connection, log: Log, *where: ColumnElement[bool]) -> list[Row]:
    """Return events in order of arrival."""
    found = dicts(connection, select(log.table).where(*where))
    return sorted(found, key=itemgetter("seq"))


def dicts(connection: Connection, query: Select) -> list[Row]:
    """Return the rows that a question finds."""
    result = connection.execute(query)
    names = tuple(result.keys())
    return [dict(zip(names, row, strict=True)) for row in result.all()]


def clocks(connection: Connection, log: Log, rows: Sequence[Row]) -> dict[tuple[Any, ...], Clock]:
    """Return subject → the greatest clock stored, for the subjects of the events."""
    if not rows:
        return {}
    columns = [log.table.c[name] for name in (*log.key, "clock_at", "clock_n")]
    queries = [select(*columns)]
    if log.key:
        first = log.table.c[log.key[0]]
        queries = [queries[0].where(first.in_(part)) for part in parts({row[log.key[0]] for row in rows})]
    found: dict[tuple[Any, ...], Clock] = {}
    for query in queries:
        for *values, at, n in connection.execute(query):
            subject = tuple(values)
            found[subject] = max(found.get(subject, (at, n)), (at, n))
    return found


def stamp(log: Log, rows: Sequence[Row], latest: Mapping[tuple[Any, ...], Clock]) -> list[Row]:
    """Return the rows with `clock_at` and `clock_n`, each later than every event before it with the same subject.

    `latest` holds the greatest clock of each subject so far; rows come and go in the order of their events.
    The clock is the event's own time unless that is not later: then it counts on (Lamport 1978, Time, clocks,
    and the ordering of events in a distributed system, CACM 21(7)).
    """
    at_last = dict(latest)
    stamped: list[Row] = []
    for row in rows:
        subject = log.subject(row)
        at_last[subject] = after(at_last.get(subject), row[log.at] if log.at else "")
        stamped.append({**row, "clock_at": at_last[subject][0], "clock_n": at_last[subject][1]})
    return stamped


def after(last: Clock | None, at: str) -> Clock:
    """Return the clock of an event at the time `at` that comes after `last`."""
    time = moment(at)
    return (time, 0) if last is None or time > last[0] else (last[0], last[1] + 1)


@lru_cache(maxsize=1024)
def moment(at: str) -> str:
    """Return an ISO 8601 time as one that sorts as text: UTC, to the microsecond; empty where there is none.

    A time without a zone is taken as it stands.
    """
    try:
        time = datetime.fromisoformat(at)
    except ValueError:
        return ""
    if time.tzinfo is not None:
        try:
            time = time.astimezone(UTC).replace(tzinfo=None)
        except OverflowError:
            time = time.replace(tzinfo=None)
    return time.isoformat(timespec="microseconds")


def standing(log: Log, rows: Iterable[Row]) -> list[Row]:
    """Return the event that holds for each subject, in the order of the rows."""
    return latest(rows, log.subject, partial(rank, log))


def rank(log: Log, row: Row) -> tuple[Any, ...]:
    """Return what orders events of one subject: their clock.

    Where two stores gave them the same clock, what they say decides, so that the outcome is the same
    whichever store was brought into the other.
    """
    return (row["clock_at"], row["clock_n"], *[row[name] for name in log.fields], row["id"])


def latest(events: Iterable[T], subject: Callable[[T], Any], rank: Callable[[T], Any]) -> list[T]:
    """Return the event of the highest rank for each subject, in the order given."""
    found: dict[Any, T] = {}
    for event in events:
        key = subject(event)
        if key not in found:
            found[key] = event
        elif rank(event) > rank(found[key]):
            del found[key]
            found[key] = event
    return list(found.values())


def coders(connection: Connection) -> list[str]:
    """Return every name that is registered or has coded, finished or been given notes, sorted."""
    named = ((CODERS, "name"), (CODINGS, "coder"), (MARKS, "coder"), (ASSIGNMENTS, "coder"))
    found = (connection.scalars(select(log.table.c[name]).distinct()) for log, name in named)
    return sorted({name for names in found for name in names})
