"""The pilot in the store: decisions, and what people read notes as saying to proposals; events, the latest in force."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import func, select

from kafe.records import Decision, Link, Stance
from kafe.store.store_part import StorePart, event_clash, unknown_note
from kafe.store.tables import events, rows, schema, versions
from kafe.store.tables.events import DECISIONS, LINKS, Row

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
