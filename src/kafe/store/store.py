"""The store of a project: notes in versions, codings as appended events, decisions with their history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Select, Table, func, insert, select, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from kafe.records import Coding, Decision, KafeError, Note, text_hash
from kafe.settings import Paths, Settings
from kafe.store import rows, schema
from kafe.store.database import Database
from kafe.store.remask import Mask, remask
from kafe.text import tekst

FILE = "kafe.sqlite"
_AT_A_TIME = 500
"""Values in one IN clause; SQLite builds may allow no more than 999."""


@dataclass(frozen=True, slots=True)
class Change:
    """How many notes a `put_notes` added, found unchanged, changed and marked as withdrawn."""

    added: int
    unchanged: int
    changed: int
    withdrawn: int


class Store:
    """Notes, codings and decisions behind one SQLAlchemy address; use it in a `with` statement.

    Nothing is ever deleted: notes get new versions or are marked withdrawn, codings and decisions
    are appended; only `remask` rewrites, for privacy. Every method is one transaction; when it has returned, the disk has it.
    Raises KafeError where the address, the file or its content cannot be used.
    """

    def __init__(self, url: str | URL):
        self._database = Database(url)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection to the database."""
        self._database.engine.dispose()

    def put_notes(self, notes: Iterable[Note], at: str) -> Change:
        """Return what changed when exactly these notes became the current ones, at the time `at`.

        A note whose content differs gets a new version; one that is missing is marked withdrawn, and
        one that comes back counts as added. Raises KafeError when two notes share an id.
        """
        new = {}
        for note in notes:
            if note.id in new:
                raise KafeError(
                    tekst("store.error.same_id", id=note.id),
                    file=note.source_file,
                    place=note.source_place,
                    remedy=tekst("store.remedy.same_id"),
                )
            new[note.id] = note
        with self._database.writing() as connection:
            old = {note.id: note for note in _notes(connection)}
            gone = _withdrawn_ids(connection)
            unseen = [note_id for note_id in new if note_id not in old]
            back = [note_id for note_id in new if note_id in gone]
            lost = [note_id for note_id in old if note_id not in new and note_id not in gone]
            stay = [note_id for note_id in new if note_id in old and note_id not in gone]
            _insert(connection, schema.notes, [{"id": note_id, "first_seen": at} for note_id in unseen])
            changed = [note for note in new.values() if old.get(note.id) != note]
            _insert(connection, schema.note_versions, [rows.note_row(note, at) for note in changed])
            _mark(connection, back, None)
            _mark(connection, lost, at)
        same = sum(rows.same_content(old[note_id], new[note_id]) for note_id in stay)
        return Change(len(unseen) + len(back), same, len(stay) - same, len(lost))

    def remask(self, mask: Mask) -> int:
        """Return how many texts of earlier versions and withdrawn notes, and quotes, `mask` changed.

        What is current is taken to be masked already. Nothing else in the store is ever rewritten.
        """
        current = frozenset(note.text for note in self.notes())
        with self._database.writing() as connection:
            return remask(connection, mask, current)

    def notes(self, include_withdrawn: bool = False) -> list[Note]:
        """Return the latest version of every note, ordered by id; withdrawn ones only when asked for."""
        with self._database.reading() as connection:
            hidden = set() if include_withdrawn else _withdrawn_ids(connection)
            return [note for note in _notes(connection) if note.id not in hidden]

    def withdrawn_notes(self) -> list[Note]:
        """Return the latest version of the notes that are no longer in the source, ordered by id."""
        with self._database.reading() as connection:
            hidden = _withdrawn_ids(connection)
            return [note for note in _notes(connection) if note.id in hidden]

    def note_history(self, note_id: str) -> list[tuple[str, Note]]:
        """Return `(at, note)` for every version of a note, the oldest first."""
        table = schema.note_versions
        query = select(table).where(table.c.note_id == note_id).order_by(table.c.seq)
        with self._database.reading() as connection:
            return [(row["at"], rows.note_of(row)) for row in connection.execute(query).mappings()]

    def append_codings(self, events: Iterable[Coding]) -> int:
        """Return how many events were new; events whose id is stored already are passed over.

        An addition must fit the note's latest text (hash, positions and quote), a removal any version
        of it. Raises KafeError, and appends nothing, when one does not.
        """
        given = list(events)
        with self._database.writing() as connection:
            stored = {event.id: event for event in _codings(connection, [event.id for event in given])}
            fresh: dict[str, Coding] = {}
            for event in given:
                twin = stored.get(event.id) or fresh.setdefault(event.id, event)
                if (rows.span_key(twin), twin.action) != (rows.span_key(event), event.action):
                    raise _refusal("event_id", event)
            texts = _texts(connection, sorted({event.note_id for event in fresh.values()}))
            for event in fresh.values():
                _check_fit(event, texts.get(event.note_id, []))
            _insert(connection, schema.codings, [rows.coding_row(event) for event in fresh.values()])
        return len(fresh)

    def codings(self) -> list[Coding]:
        """Return the codings that stand on the text as it is now, in the order they were appended.

        Codings on withdrawn notes stand; those whose text has changed are in `stale_codings`.
        """
        return self._standing(stale=False)

    def stale_codings(self) -> list[Coding]:
        """Return the codings that stand, but on an earlier version of their note's text."""
        return self._standing(stale=True)

    def _standing(self, *, stale: bool) -> list[Coding]:
        with self._database.reading() as connection:
            events = _codings(connection)
            latest = connection.execute(_latest("note_id", "text_hash"))
            current = {row.note_id: row.text_hash for row in latest}
        return [
            coding
            for coding in rows.standing(events)
            if (coding.text_hash != current[coding.note_id]) == stale
        ]

    def history(self) -> list[Coding]:
        """Return every coding event in the order it was appended, undone ones too."""
        with self._database.reading() as connection:
            return _codings(connection)

    def append_finished(self, coder: str, note_id: str, at: str) -> None:
        """Record that `coder` has finished a note; a second time changes nothing.

        Raises KafeError when there is no such note.
        """
        self.append_finished_marks([(coder, note_id, at)])

    def append_finished_marks(self, marks: Iterable[tuple[str, str, str]]) -> int:
        """Return how many of the `(coder, note_id, at)` marks were new, in one transaction."""
        fresh: dict[tuple[str, str], str] = {}
        for coder, note_id, at in marks:
            fresh.setdefault((coder, note_id), at)
        with self._database.writing() as connection:
            for mark in _finished(connection):
                fresh.pop(mark, None)
            known = set(connection.scalars(select(schema.notes.c.id)))
            for coder, note_id in fresh:
                if note_id not in known:
                    raise _unknown_note(note_id, coder)
            _insert(
                connection,
                schema.finished,
                [{"coder": coder, "note_id": note_id, "at": at} for (coder, note_id), at in fresh.items()],
            )
        return len(fresh)

    def finished(self) -> set[tuple[str, str]]:
        """Return the `(coder, note_id)` pairs that are finished."""
        with self._database.reading() as connection:
            return _finished(connection)

    def append_decisions(self, decisions: Iterable[Decision]) -> int:
        """Return how many decisions were new; one that is equal in every field is passed over."""
        given = {row["id"]: row for row in map(rows.decision_row, decisions)}
        table = schema.decisions
        with self._database.writing() as connection:
            for part in _parts(list(given)):
                for known in list(connection.scalars(select(table.c.id).where(table.c.id.in_(part)))):
                    del given[known]
            _insert(connection, table, list(given.values()))
        return len(given)

    def decisions(self) -> list[Decision]:
        """Return the decision in force for each target: the latest by date, then by order appended.

        Ordered by target.
        """
        latest: dict[str, Decision] = {}
        for decision in self.decision_history():
            if decision.target not in latest or decision.at >= latest[decision.target].at:
                latest[decision.target] = decision
        return [latest[target] for target in sorted(latest)]

    def decision_history(self) -> list[Decision]:
        """Return every decision in the order it was appended."""
        table = schema.decisions
        with self._database.reading() as connection:
            found = connection.execute(select(table).order_by(table.c.seq)).mappings()
            return [rows.decision_of(row) for row in found]


def open_store(paths: Paths, settings: Settings) -> Store:
    """Return the project's store: `store.url` of `kafe.toml`, or `data/coded/kafe.sqlite`.

    A relative SQLite file in the address counts from the project folder.
    Raises KafeError where the store cannot be opened.
    """
    if not settings.store.url:
        return Store(URL.create("sqlite", database=str(paths.coded / FILE)))
    try:
        address = make_url(settings.store.url)
    except ArgumentError:
        return Store(settings.store.url)
    file = address.database
    if address.get_backend_name() == "sqlite" and file and not file.startswith((":memory:", "file:")):
        address = address.set(database=str(paths.root / Path(file)))
    return Store(address)


def _insert(connection: Connection, table: Table, new: Sequence[Mapping[str, Any]]) -> None:
    if new:
        connection.execute(insert(table), list(new))


def _parts(values: Sequence[str]) -> list[Sequence[str]]:
    return [values[start : start + _AT_A_TIME] for start in range(0, len(values), _AT_A_TIME)]


def _latest(*columns: str) -> Select:
    table = schema.note_versions
    last = select(func.max(table.c.seq)).group_by(table.c.note_id)
    chosen = [table.c[name] for name in columns or table.c.keys()]
    return select(*chosen).where(table.c.seq.in_(last))


def _notes(connection: Connection) -> list[Note]:
    found = [rows.note_of(row) for row in connection.execute(_latest()).mappings()]
    return sorted(found, key=lambda note: note.id)


def _withdrawn_ids(connection: Connection) -> set[str]:
    return set(connection.scalars(select(schema.notes.c.id).where(schema.notes.c.withdrawn_at.is_not(None))))


def _mark(connection: Connection, note_ids: Sequence[str], withdrawn_at: str | None) -> None:
    for part in _parts(note_ids):
        chosen = update(schema.notes).where(schema.notes.c.id.in_(part))
        connection.execute(chosen.values(withdrawn_at=withdrawn_at))


def _codings(connection: Connection, ids: Sequence[str] | None = None) -> list[Coding]:
    table = schema.codings
    query = select(table).order_by(table.c.seq)
    queries = [query] if ids is None else [query.where(table.c.id.in_(part)) for part in _parts(ids)]
    return [rows.coding_of(row) for part in queries for row in connection.execute(part).mappings()]


def _finished(connection: Connection) -> set[tuple[str, str]]:
    table = schema.finished
    return {(coder, note_id) for coder, note_id in connection.execute(select(table.c.coder, table.c.note_id))}


def _texts(connection: Connection, note_ids: Sequence[str]) -> dict[str, list[str]]:
    """Return the texts of each note, the oldest version first."""
    table = schema.note_versions
    found: dict[str, list[str]] = {}
    for part in _parts(note_ids):
        query = select(table.c.note_id, table.c.text).where(table.c.note_id.in_(part)).order_by(table.c.seq)
        for note_id, text in connection.execute(query):
            found.setdefault(note_id, []).append(text)
    return found


def _check_fit(event: Coding, versions: Sequence[str]) -> None:
    if not versions:
        raise _unknown_note(event.note_id, event.coder)
    allowed = versions if event.action == "remove" else versions[-1:]
    text = next((text for text in allowed if text_hash(text) == event.text_hash), None)
    if text is None:
        raise _refusal("text_hash", event)
    if not 0 <= event.start < event.end <= len(text) or text[event.start : event.end] != event.quote:
        raise _refusal("quote", event)


def _refusal(reason: str, event: Coding) -> KafeError:
    return KafeError(
        tekst(f"store.error.{reason}", code=event.code, coder=event.coder),
        place=tekst("store.place.note", id=event.note_id, start=event.start, end=event.end),
        remedy=tekst(f"store.remedy.{reason}"),
    )


def _unknown_note(note_id: str, coder: str) -> KafeError:
    return KafeError(
        tekst("store.error.unknown_note", id=note_id, coder=coder),
        remedy=tekst("store.remedy.unknown_note"),
    )
