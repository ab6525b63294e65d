"""The store of a project: notes in versions, and all that people do as appended events."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, func, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from kafe.records import CodebookOperation, Coding, Decision, KafeError, Memo, Note, text_hash
from kafe.settings import Paths, Settings
from kafe.store import codings, events, rows, schema, versions
from kafe.store.database import Database
from kafe.store.events import ASSIGNMENTS, CODERS, CODINGS, DECISIONS, MARKS, MEMOS, OPERATIONS, VERSIONS, Row
from kafe.store.merge import MergeReport, merge
from kafe.store.names import name_key, tidy_name
from kafe.store.remask import Mask, remask
from kafe.text import tekst

FILE = "kafe.sqlite"
Mark = tuple[str, str, str]
"""Coder, note id, time."""


@dataclass(frozen=True, slots=True)
class Change:
    """How many notes a `put_notes` added, found unchanged, changed and marked as withdrawn."""

    added: int
    unchanged: int
    changed: int
    withdrawn: int


class Store:
    """Notes, codings and decisions behind one SQLAlchemy address; use it in a `with` statement.

    Nothing is ever deleted: notes get new versions or are marked withdrawn, everything else is events
    that are appended, each once by its id; only `remask` rewrites, for privacy. Every method is one
    transaction; when it has returned, the disk has it. Where several may write at once, they take turns.
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

    @property
    def name(self) -> str:
        """The file's name, or server and database, as shown to people; never a password."""
        return self._database.name

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
        self._database.check()
        with self._database.writing() as connection:
            old = {note.id: note for note in versions.note_list(connection)}
            gone = versions.withdrawn_ids(connection)
            unseen = [note_id for note_id in new if note_id not in old]
            back = [note_id for note_id in new if note_id in gone]
            lost = [note_id for note_id in old if note_id not in new and note_id not in gone]
            stay = [note_id for note_id in new if note_id in old and note_id not in gone]
            events.put(connection, schema.notes, [{"id": note_id, "first_seen": at} for note_id in unseen])
            changed = [note for note in new.values() if old.get(note.id) != note]
            versions.add_versions(connection, changed, at)
            versions.mark_withdrawn(connection, back, None)
            versions.mark_withdrawn(connection, lost, at)
        same = sum(rows.same_content(old[note_id], new[note_id]) for note_id in stay)
        return Change(len(unseen) + len(back), same, len(stay) - same, len(lost))

    def remask(self, mask: Mask) -> int:
        """Return how many texts of earlier versions and withdrawn notes, and quotes, `mask` changed.

        What is current is taken to be masked already. Nothing else in the store is ever rewritten.
        """
        current = frozenset(note.text for note in self.notes())
        with self._database.writing() as connection:
            return remask(connection, mask, current)

    def notes(self, ids: Iterable[str] | None = None, *, include_withdrawn: bool = False) -> list[Note]:
        """Return the latest version of the notes with these ids, or of every note, ordered by id.

        Withdrawn ones come only when asked for.
        """
        wanted = None if ids is None else list(ids)
        with self._database.reading() as connection:
            hidden = set() if include_withdrawn else versions.withdrawn_ids(connection)
            return [note for note in versions.note_list(connection, wanted) if note.id not in hidden]

    def withdrawn_notes(self) -> list[Note]:
        """Return the latest version of the notes that are no longer in the source, ordered by id."""
        with self._database.reading() as connection:
            return versions.note_list(connection, versions.withdrawn_ids(connection))

    def note_history(self, note_id: str) -> list[tuple[str, Note]]:
        """Return `(at, note)` for every version of a note, the oldest first."""
        with self._database.reading() as connection:
            found = versions.all_versions(connection, [note_id]).get(note_id, [])
        return [(row["at"], rows.note_of(row)) for row in found]

    def append_codings(self, new_events: Iterable[Coding]) -> int:
        """Return how many events were new; events whose id is stored already are passed over.

        An addition must fit the note's latest text (hash, positions and quote), a removal any version
        of it. Raises KafeError, and appends nothing, when one does not.
        """
        given = list(new_events)
        by_id = {coding.id: coding for coding in given}
        with self._database.writing() as connection:
            new = events.unstored(connection, CODINGS, map(rows.coding_row, given), _event_clash)
            texts = versions.all_versions(connection, sorted({row["note_id"] for row in new}))
            for row in new:
                _check_fit(by_id[row["id"]], [version["text"] for version in texts.get(row["note_id"], [])])
            return events.add(connection, CODINGS, new)

    def codings(
        self, note_ids: Iterable[str] | None = None, coders: Iterable[str] | None = None
    ) -> list[Coding]:
        """Return the codings that stand on the text as it is now, in the order they were appended.

        Only those of the notes and coders given, where they are. Codings on withdrawn notes stand;
        those whose text has changed are in `stale_codings`.
        """
        with self._database.reading() as connection:
            return codings.standing(connection, note_ids, coders, stale=False)

    def stale_codings(
        self, note_ids: Iterable[str] | None = None, coders: Iterable[str] | None = None
    ) -> list[Coding]:
        """Return the codings that stand, but on an earlier version of their note's text."""
        with self._database.reading() as connection:
            return codings.standing(connection, note_ids, coders, stale=True)

    def history(
        self, note_ids: Iterable[str] | None = None, coders: Iterable[str] | None = None
    ) -> list[Coding]:
        """Return every coding event in the order it was appended, undone ones too."""
        with self._database.reading() as connection:
            return codings.history(connection, note_ids, coders)

    def append_finished(self, coder: str, note_id: str, at: str) -> None:
        """Record that `coder` has finished a note; where that stands already, nothing changes.

        Raises KafeError when there is no such note.
        """
        self.append_finished_marks([(coder, note_id, at)])

    def append_finished_marks(self, marks: Iterable[Mark], origin: str = "") -> int:
        """Return how many of the `(coder, note_id, at)` marks were new, in one transaction.

        A mark that was taken back does not come back when the same mark is given again.
        """
        return self._append_marks("finish", marks, origin)

    def unfinish(self, coder: str, note_id: str, at: str) -> int:
        """Return 1 when the coder's finished mark was taken back, 0 when there was none."""
        return self._append_marks("unfinish", [(coder, note_id, at)], "")

    def _append_marks(self, action: str, marks: Iterable[Mark], origin: str) -> int:
        first: dict[tuple[str, str], str] = {}
        for coder, note_id, at in marks:
            first.setdefault((coder, note_id), at)
        with self._database.writing() as connection:
            for note_id in versions.unknown(connection, (note_id for _, note_id in first)):
                raise _unknown_note(note_id, next(coder for coder, note in first if note == note_id))
            finished = _finished(connection, [note_id for _, note_id in first])
            new = [
                rows.mark_row(coder, note_id, action, at, origin)
                for (coder, note_id), at in first.items()
                if ((coder, note_id) in finished) != (action == "finish")
            ]
            return events.append(connection, MARKS, new, _event_clash)

    def finished(self, note_ids: Iterable[str] | None = None) -> set[tuple[str, str]]:
        """Return the `(coder, note_id)` pairs that are finished, of the notes given or of all."""
        with self._database.reading() as connection:
            return _finished(connection, note_ids)

    def mark_history(self) -> list[tuple[str, str, str, str]]:
        """Return `(coder, note_id, "finish" or "unfinish", at)` for every mark, the oldest first."""
        with self._database.reading() as connection:
            found = events.read(connection, MARKS)
        found.sort(key=lambda row: events.rank(MARKS, row))
        return [(row["coder"], row["note_id"], row["action"], row["at"]) for row in found]

    def append_decisions(self, decisions: Iterable[Decision]) -> int:
        """Return how many decisions were new; one that is equal in every field is passed over."""
        with self._database.writing() as connection:
            return events.append(connection, DECISIONS, map(rows.decision_row, decisions), _event_clash)

    def decisions(self) -> list[Decision]:
        """Return the decision in force for each target: the latest by date, then by order appended.

        Ordered by target.
        """
        with self._database.reading() as connection:
            found = events.read(connection, DECISIONS)
        latest: dict[str, Row] = {}
        for row in found:
            rival = latest.get(row["target"])
            if rival is None or events.rank(DECISIONS, row) > events.rank(DECISIONS, rival):
                latest[row["target"]] = row
        return [rows.decision_of(latest[target]) for target in sorted(latest)]

    def decision_history(self) -> list[Decision]:
        """Return every decision in the order it was appended."""
        with self._database.reading() as connection:
            return [rows.decision_of(row) for row in events.read(connection, DECISIONS)]

    def append_memos(self, memos: Iterable[Memo]) -> int:
        """Return how many events were new; one that is equal in every field is passed over.

        Two events of one memo need different times, or the second may be taken for the first.
        """
        with self._database.writing() as connection:
            return events.append(connection, MEMOS, map(rows.memo_row, memos), _event_clash)

    def memos(self, targets: Iterable[str] | None = None) -> list[Memo]:
        """Return the memos as they stand, about the targets given or all, in the order they were appended.

        The latest event of an id holds; a memo whose text is empty is taken away.
        """
        with self._database.reading() as connection:
            found = _memo_rows(connection, targets)
        return [rows.memo_of(row) for row in events.standing(MEMOS, found) if row["text"]]

    def memo_history(self, targets: Iterable[str] | None = None) -> list[Memo]:
        """Return every event of every memo in the order it was appended."""
        with self._database.reading() as connection:
            return [rows.memo_of(row) for row in _memo_rows(connection, targets)]

    def append_operations(
        self, operations: Iterable[CodebookOperation], texts: Mapping[str, str] | None = None
    ) -> int:
        """Return how many changes of the codebook were new; `texts` maps a version to its YAML text.

        Raises KafeError when an id is taken by another operation.
        """
        with self._database.writing() as connection:
            written = [rows.version_row(version, text) for version, text in (texts or {}).items()]
            events.append(connection, VERSIONS, written, _event_clash)
            given = map(rows.operation_row, operations)
            return events.append(connection, OPERATIONS, given, _event_clash)

    def operations(self) -> list[CodebookOperation]:
        """Return the changes of the codebook, the oldest first."""
        with self._database.reading() as connection:
            found = events.read(connection, OPERATIONS)
        return [rows.operation_of(row) for row in sorted(found, key=lambda row: events.rank(OPERATIONS, row))]

    def codebook_text(self, version: str) -> str | None:
        """Return the YAML text of a codebook version as it was last stored; None where it never was."""
        with self._database.reading() as connection:
            found = events.read(connection, VERSIONS, schema.codebook_versions.c.version == version)
        return events.standing(VERSIONS, found)[0]["text"] if found else None

    def assign(self, coder: str, note_ids: Sequence[str], at: str, label: str = "") -> None:
        """Give a coder notes to code, in order; the same label again replaces what it held for that coder.

        Raises KafeError when a note does not exist.
        """
        self.assign_all({coder: note_ids}, at, label)

    def assign_all(self, shares: Mapping[str, Sequence[str]], at: str, label: str = "") -> None:
        """Give each coder notes to code, all in one transaction."""
        with self._database.writing() as connection:
            for coder, note_ids in shares.items():
                for note_id in versions.unknown(connection, note_ids):
                    raise _unknown_note(note_id, coder)
            new = [rows.assignment_row(coder, ids, at, label) for coder, ids in shares.items()]
            events.append(connection, ASSIGNMENTS, new, _event_clash)

    def assignments(self, label: str | None = None) -> dict[str, list[str]]:
        """Return coder → note ids in order, each once, of one label or of all in the order given out."""
        with self._database.reading() as connection:
            found = events.standing(ASSIGNMENTS, events.read(connection, ASSIGNMENTS))
        given: dict[str, dict[str, None]] = {}
        for row in sorted(found, key=lambda row: events.rank(ASSIGNMENTS, row)):
            if label is None or row["label"] == label:
                given.setdefault(row["coder"], {}).update(dict.fromkeys(json.loads(row["note_ids"])))
        return {coder: list(ids) for coder, ids in given.items() if ids}

    def coders(self) -> list[str]:
        """Return every name that is registered or has coded, finished or been given notes, sorted."""
        with self._database.reading() as connection:
            return events.coders(connection)

    def name_coder(self, name: str, at: str) -> str:
        """Return the project's spelling of a coder's name, and register the name where it is new.

        «kari» is «Kari» when Kari is known. Raises KafeError when the name is empty.
        """
        wanted = tidy_name(name)
        if not wanted:
            raise KafeError(tekst("store.error.no_name"), remedy=tekst("store.remedy.no_name"))
        with self._database.writing() as connection:
            known = events.coders(connection)
            if wanted in known:
                return wanted
            for spelling in known:
                if name_key(spelling) == name_key(wanted):
                    return spelling
            events.append(connection, CODERS, [rows.coder_row(wanted, at)], _event_clash)
        return wanted

    def merge(self, other: "Store", at: str, *, dry_run: bool = False) -> MergeReport:
        """Bring everything of `other` in and return what was new and what does not agree.

        A `dry_run` says the same and leaves the store as it is. See `kafe.store.merge`.
        """
        for store in (self, other):
            store._database.check()
        with other._database.reading() as there, self._database.writing() as here:
            report = merge(here, there, at)
            if dry_run:
                here.rollback()
        return report

    def revision(self, apart_from: str = "") -> list[int]:
        """Return numbers that grow when codings, marks or memos are appended.

        Events whose origin ends with `apart_from` do not count.
        """
        marks = []
        with self._database.reading() as connection:
            for log in (CODINGS, MARKS, MEMOS):
                query = select(func.max(log.table.c.seq))
                if apart_from and "origin" in log.table.c:
                    query = query.where(~log.table.c.origin.endswith(apart_from, autoescape=True))
                marks.append(connection.scalar(query) or 0)
        return marks


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


def _memo_rows(connection: Connection, targets: Iterable[str] | None) -> list[Row]:
    if targets is None:
        return events.read(connection, MEMOS)
    target = schema.memos.c.target
    found = [
        row for part in events.parts(targets) for row in events.read(connection, MEMOS, target.in_(part))
    ]
    return sorted(found, key=lambda row: row["seq"])


def _finished(connection: Connection, note_ids: Iterable[str] | None) -> set[tuple[str, str]]:
    table = schema.marks.c
    if note_ids is None:
        found = events.read(connection, MARKS)
    else:
        found = [
            row
            for part in events.parts(dict.fromkeys(note_ids))
            for row in events.read(connection, MARKS, table.note_id.in_(part))
        ]
    standing = events.standing(MARKS, found)
    return {(row["coder"], row["note_id"]) for row in standing if row["action"] == "finish"}


def _check_fit(event: Coding, texts: Sequence[str]) -> None:
    if not texts:
        raise _unknown_note(event.note_id, event.coder)
    allowed = texts if event.action == "remove" else texts[-1:]
    text = next((text for text in allowed if text_hash(text) == event.text_hash), None)
    if text is None:
        raise _refusal("text_hash", event)
    if not 0 <= event.start < event.end <= len(text) or text[event.start : event.end] != event.quote:
        raise _refusal("quote", event)


def _event_clash(row: Row) -> KafeError:
    return KafeError(
        tekst("store.error.event_id", id=row["id"]),
        remedy=tekst("store.remedy.event_id"),
    )


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
