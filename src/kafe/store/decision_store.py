"""What is decided, in the store: fates of notes, what they say to proposals, and which note another became."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from kafe.records import Correction, Decision, Followed, Link, Stance
from kafe.store.store_part import StorePart, event_clash, unknown_note
from kafe.store.tables import events, rows, schema, versions
from kafe.store.tables.events import CORRECTIONS, DECISIONS, FOLLOWED, LINKS, MARKS, Row

LINK_FILE = "data/coded/lenker.csv"
"""Origin of links that were read from people's file; when their row is gone from it, they are taken back."""


class DecisionStore(StorePart):
    """The decisions of a store."""

    def append_decisions(self, decisions: Iterable[Decision]) -> int:
        """Return how many decisions were new; one that is equal in every field is passed over."""
        with self._database.writing() as connection:
            return events.append(connection, DECISIONS, map(rows.decision_row, decisions), event_clash)

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


class LinkStore(StorePart):
    """What people have read the notes of a store as saying to the proposals."""

    def append_links(self, links: Iterable[Link], origin: str = "") -> int:
        """Return how many readings were new; one that is equal in every field is passed over.

        Raises KafeError, and appends nothing, when there is no such note.
        """
        given = list(links)
        with self._database.writing() as connection:
            for note_id in versions.unknown(connection, (link.note_id for link in given)):
                raise unknown_note(note_id, next(link.who for link in given if link.note_id == note_id))
            found = [rows.link_row(link, origin) for link in given]
            return events.append(connection, LINKS, found, event_clash)

    def links(self) -> list[Link]:
        """Return what each reader says of each note and proposal now, in the order of note, proposal and reader.

        Readings that were taken back are left out.
        """
        return [link for link, _ in self._standing() if link.stance is not Stance.UNREAD]

    def sync_links(self, read: Iterable[Link], *, at: str) -> None:
        """Append what makes the store say what people's file says: new rows, and rows that are gone as taken back.

        What was read elsewhere (in another store, by another command) stands; nothing is deleted. A row that
        is as it was does not stand again over what its reader has said since.
        """
        given = sorted(read, key=lambda link: link.at)
        wanted = {_pair(link): link for link in given}
        self.append_links(given, LINK_FILE)
        standing = {_pair(link): (link, origin) for link, origin in self._standing()}
        again = [
            replace(link, at=at)
            for pair, link in wanted.items()
            if standing[pair][1] == LINK_FILE
            and (standing[pair][0].stance, standing[pair][0].remark) != (link.stance, link.remark)
        ]
        gone = [
            replace(link, stance=Stance.UNREAD, at=at, remark="")
            for pair, (link, origin) in standing.items()
            if origin == LINK_FILE and link.stance is not Stance.UNREAD and pair not in wanted
        ]
        self.append_links([*again, *gone], LINK_FILE)

    def link_revision(self) -> int:
        """Return a number that grows when readings are appended that come from no file."""
        with self._database.reading() as connection:
            query = select(func.max(schema.links.c.seq)).where(schema.links.c.origin != LINK_FILE)
            return connection.scalar(query) or 0

    def _standing(self) -> list[tuple[Link, str]]:
        with self._database.reading() as connection:
            found = events.standing(LINKS, events.read(connection, LINKS))
        found.sort(key=lambda row: (row["note_id"], row["proposal"], row["who"]))
        return [(rows.link_of(row), row["origin"]) for row in found]


def _pair(link: Link) -> tuple[str, str, str]:
    return link.note_id, link.proposal, link.who


@dataclass(frozen=True, slots=True)
class FinishedMark:
    """A finished mark as it stands: who finished which note, when, and where the mark came from."""

    coder: str
    note_id: str
    at: str
    origin: str


class CorrectionStore(StorePart):
    """The corrections of a store."""

    def append_corrections(self, new_events: Iterable[Correction]) -> int:
        """Return how many events were new. Raises KafeError when an id is taken by another one."""
        with self._database.writing() as connection:
            return events.append(connection, CORRECTIONS, map(rows.correction_row, new_events), event_clash)

    def corrections(self) -> list[Correction]:
        """Return the latest event about each two notes, the oldest first."""
        with self._database.reading() as connection:
            found = events.standing(CORRECTIONS, events.read(connection, CORRECTIONS))
        found.sort(key=lambda row: events.rank(CORRECTIONS, row))
        return [rows.correction_of(row) for row in found]

    def correction_history(self) -> list[Correction]:
        """Return every event, the oldest first."""
        with self._database.reading() as connection:
            found = events.read(connection, CORRECTIONS)
        found.sort(key=lambda row: events.rank(CORRECTIONS, row))
        return [rows.correction_of(row) for row in found]

    def append_followed(self, followed: Iterable[Followed]) -> int:
        """Return how many acts had not been told to have followed."""
        with self._database.writing() as connection:
            return events.append(connection, FOLLOWED, map(rows.followed_row, followed), event_clash)

    def followed(self) -> list[Followed]:
        """Return every act that followed a correction, those of corrections that were undone too."""
        with self._database.reading() as connection:
            return [rows.followed_of(row) for row in events.read(connection, FOLLOWED)]

    def finished_marks(self) -> list[FinishedMark]:
        """Return the finished marks that stand."""
        with self._database.reading() as connection:
            found = events.standing(MARKS, events.read(connection, MARKS))
        return [
            FinishedMark(row["coder"], row["note_id"], row["at"], row["origin"])
            for row in found
            if row["action"] == "finish"
        ]

    def shown_periods(self) -> dict[str, tuple[str, str]]:
        """Return note id → when it was first seen, and since when it is withdrawn (empty: it is shown)."""
        table = schema.notes.c
        with self._database.reading() as connection:
            found = connection.execute(select(table.id, table.first_seen, table.withdrawn_at)).all()
        return {note_id: (first, gone or "") for note_id, first, gone in found}
