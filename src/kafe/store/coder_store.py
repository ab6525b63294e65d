"""Who codes what: coders, each with one spelling, and the notes they have been given."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from kafe.messages import message
from kafe.origins import FROM_FILE
from kafe.records import KafeError, Problem, Severity
from kafe.store.names import name_key, spelling_conflicts, tidy_name
from kafe.store.store_part import StorePart, event_clash, unknown_note
from kafe.store.tables import events, rows, versions
from kafe.store.tables.events import ASSIGNMENTS, CODERS, CORRECTIONS


class CoderStore(StorePart):
    """The coders of a store and their assignments."""

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
                    raise unknown_note(note_id, coder)
            new = [rows.assignment_row(coder, ids, at, label) for coder, ids in shares.items()]
            events.append(connection, ASSIGNMENTS, new, event_clash)

    def assignments(self, label: str | None = None) -> dict[str, list[str]]:
        """Return coder → note ids in order, each once, of one label or of all in the order given out.

        A note that was corrected is given by what it became.
        """
        with self._database.reading() as connection:
            found = events.standing(ASSIGNMENTS, events.read(connection, ASSIGNMENTS))
            became = _became(connection)
        given: dict[str, dict[str, None]] = {}
        for row in sorted(found, key=lambda row: events.rank(ASSIGNMENTS, row)):
            if label is None or row["label"] == label:
                given.setdefault(row["coder"], {}).update(
                    dict.fromkeys(_now(one, became) for one in json.loads(row["note_ids"]))
                )
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
            raise KafeError(message("store.error.no_name"), remedy=message("store.remedy.no_name"))
        with self._database.writing() as connection:
            known = events.coders(connection)
            if wanted in known:
                return wanted
            for spelling in known:
                if name_key(spelling) == name_key(wanted):
                    return spelling
            events.append(connection, CODERS, [rows.coder_row(wanted, at)], event_clash)
        return wanted

    def spelling_problems(self) -> list[Problem]:
        """Return a remark for each group of coders' names that may be the same person."""
        return [
            Problem(
                FROM_FILE,
                message("store.place.coders", names=", ".join(f"«{name}»" for name in names)),
                message("store.error.spelling"),
                message("store.remedy.spelling"),
                Severity.REMARK,
            )
            for names in spelling_conflicts(self.coders())
        ]


def _became(connection: Connection) -> dict[str, str]:
    """Return withdrawn note → the one it became by a correction that holds."""
    gone = versions.withdrawn_ids(connection)
    found = events.standing(CORRECTIONS, events.read(connection, CORRECTIONS))
    return {row["old"]: row["new"] for row in found if row["action"] == "follow" and row["old"] in gone}


def _now(note_id: str, became: Mapping[str, str]) -> str:
    seen = {note_id}
    while note_id in became and became[note_id] not in seen:
        note_id = became[note_id]
        seen.add(note_id)
    return note_id
