"""Coders together: their codings side by side, differences first, settled as codings of their own.

Opened on purpose and only about notes that at least two people have finished; the sessions where they
code stay blind. The people's own codings are never touched.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kafe.agreement import ComparedCode, Outcome, Settlement, compare_codings
from kafe.messages import message
from kafe.origins import CONSENSUS_CODER
from kafe.records import Coding, KafeError, Note, Unit, derived_id
from kafe.workbench import serialize
from kafe.workbench.command_session import (
    Action,
    Answer,
    Command,
    CommandSession,
    Write,
    coder_name,
    memo_text,
)
from kafe.workbench.material import CodingMaterial

if TYPE_CHECKING:
    from kafe.store import Store

STATUSES = ("open", "discuss", "settled", "agree", "all")


class ConsensusSession(CommandSession):
    """The talk of the people who have coded the same notes. `coder` writes for them; empty: all of them."""

    def __init__(self, store: Store, material: CodingMaterial, *, now: Callable[[], str], coder: str = ""):
        super().__init__(store, material, now=now)
        self._commands |= {"settle": self._settle, "discuss": self._discuss}
        self._readers: dict[str, list[str]] = defaultdict(list)
        for who, note_id in sorted(store.finished()):
            if who != CONSENSUS_CODER and note_id in self._notes:
                self._readers[note_id].append(who)
        self._shared = [note.id for note in material.notes if len(self._readers[note.id]) > 1]
        self.people = sorted({who for note_id in self._shared for who in self._readers[note_id]})
        self._named = coder.strip().casefold() not in ("", CONSENSUS_CODER)
        self.coder = coder_name(coder) if self._named else ", ".join(self.people)
        self._rows: dict[str, list[ComparedCode]] = {}
        self._agreed: dict[str, list[Coding]] = {}
        self._settlements: dict[str, list[Coding]] = {}
        self._memos: dict[str, str] = {}
        self._read(self._shared)

    # What is shown

    def _open(self, command: Command) -> Answer:
        return {**super()._open(command), "people": self.people}

    def _state(self) -> Answer:
        differences = [row for rows in self._rows.values() for row in rows if row.kind != "agree"]
        left = Counter(row.code for row in differences if not row.settled)
        return {
            "progress": {"total": len(differences), "finished": len(differences) - left.total()},
            "left": dict(left),
            "to_discuss": sum(self._has_status(row, "discuss") for row in differences),
            "undo": self._done[-1].said if self._done else "",
            "redo": self._undone[-1].said if self._undone else "",
        }

    def _find(self, command: Command) -> Answer:
        """Answer with the rows, as pairs of note and row: note by note, each with its differences first."""
        query = command.get("query", {})
        status, code = str(query.get("status", "open")), str(query.get("code", ""))
        if status not in STATUSES:
            raise ValueError
        rows = [row for note_id in self._shared for row in self._rows.get(note_id, ())]
        wanted = [row for row in rows if self._has_status(row, status) and code in ("", row.code)]
        return {"ids": [[row.note_id, _name(row)] for row in wanted]}

    def _has_status(self, row: ComparedCode, status: str) -> bool:
        open_difference = row.kind != "agree" and not row.settled
        return {
            "open": open_difference,
            "discuss": open_difference and bool(self._memos.get(row.discussion)),
            "settled": bool(row.settled),
            "agree": row.kind == "agree",
            "all": True,
        }[status]

    def _note(self, note_id: str) -> Answer:
        if note_id not in self._shared:
            raise KafeError(message("workbench.error.note"), remedy=message("workbench.error.moved_remedy"))
        rows = self._rows.get(note_id, ())
        return {
            **serialize.note(self.material, self._notes[note_id]),
            "people": self._readers[note_id],
            "rows": [self._row(row) for row in rows],
        }

    def _row(self, row: ComparedCode) -> Answer:
        agreed = row.agreed(self._agreed.get(row.note_id, ()))
        return {
            "id": _name(row),
            "start": row.start,
            "end": row.end,
            "code": row.code,
            "kind": row.kind,
            "settled": row.settled,
            "memo": self._memos.get(row.discussion, ""),
            "codings": [{**serialize.coding(one), "coder": one.coder} for one in row.codings],
            "agreed": [serialize.coding(one) for one in sorted(agreed, key=lambda one: one.start)],
        }

    # What they decide

    def _settle(self, command: Command) -> Answer:
        note, row = self._note_and_row(command)
        outcome = command["outcome"]
        if outcome not in ("agree", "keep", "drop"):
            raise ValueError
        span = (int(command["start"]), int(command["end"])) if command.get("start") is not None else None
        if span and not 0 <= span[0] < span[1] <= len(note.text):
            raise ValueError
        before = row.agreed(self._agreed.get(note.id, ()))
        made = self._events(row, note, outcome, span, before)
        added = [event for event in made if event.action == "add"]
        if row.settled and _spans(added) == _spans(before):
            return self._reply(note.id, message("workbench.said.already_settled"))
        back = self._taken_back(row, note, before, added)
        said = message(f"workbench.said.{outcome}", name=self.material.code_name(row.code))
        return self._perform(command, Action(note.id, said, tuple(map(Write.of, made)), tuple(back)))

    def _taken_back(
        self, row: ComparedCode, note: Note, before: Sequence[Coding], added: Sequence[Coding]
    ) -> list[Write]:
        """Return what undoes a settlement: the one before it, with its memo, or none as if it never was."""
        if not row.settled:
            return [Write.of(event) for event in row.reopen(added)]
        place = (before[0].start, before[0].end) if row.settled == "agree" and before else None
        memo = next(one.memo for one in reversed(self._settlements[note.id]) if row.settled_by(one))
        events = self._events(row, note, row.settled, place, added)
        return [Write.of(replace(event, memo=memo)) for event in events]

    def _events(
        self,
        row: ComparedCode,
        note: Note,
        outcome: Outcome,
        span: tuple[int, int] | None,
        standing: Sequence[Coding],
    ) -> list[Coding]:
        who = self.coder if self._named else ", ".join(self._readers[note.id])
        version = self.material.codebook.version
        return row.settle(Settlement(outcome, who, span), note, standing=standing, codebook_version=version)

    def _discuss(self, command: Command) -> Answer:
        note, row = self._note_and_row(command)
        target, text = row.discussion, memo_text(str(command["text"]))
        key = "workbench.said.discuss" if text else "workbench.said.memo_gone"
        said = message(key, name=self.material.code_name(row.code))
        before = self._memos.get(target, "")
        return self._perform(
            command,
            Action(note.id, said, (Write("memo", target, text),), (Write("memo", target, before),)),
        )

    def _memo_id(self, target: str) -> str:
        return derived_id(CONSENSUS_CODER, target)

    def _refresh(self, writes: Sequence[Write]) -> None:
        for write in writes:
            if write.kind == "memo":
                self._memos[write.target] = str(write.what)
        self._read(list(dict.fromkeys(write.target for write in writes if write.kind == "coding")))

    def _read(self, note_ids: Sequence[str]) -> None:
        """Read from the store what everybody has on the notes, and what is settled."""
        codings: dict[str, list[Coding]] = defaultdict(list)
        for coding in self.store.codings(note_ids, [*self.people, CONSENSUS_CODER]):
            codings[coding.note_id].append(coding)
        history: dict[str, list[Coding]] = defaultdict(list)
        for event in self.store.history(note_ids, [*self.people, CONSENSUS_CODER]):
            history[event.note_id].append(event)
        for note_id in note_ids:
            spans = self.material.units.get(note_id, ())
            text = self._notes[note_id].text
            units = [Unit(note_id, start, end, text[start:end]) for start, end in spans]
            own, past = codings[note_id], history[note_id]
            self._rows[note_id] = compare_codings(own, self._readers[note_id], history=past, units=units)
            self._agreed[note_id] = [one for one in own if one.coder == CONSENSUS_CODER]
            self._settlements[note_id] = [one for one in past if one.coder == CONSENSUS_CODER]
        targets = [row.discussion for note_id in note_ids for row in self._rows[note_id]]
        mine = (memo for memo in self.store.memos(targets) if memo.id == self._memo_id(memo.target))
        self._memos |= {memo.target: memo.text for memo in mine}

    # Looking up

    def _note_and_row(self, command: Command) -> tuple[Note, ComparedCode]:
        note_id = str(command["note"])
        for row in self._rows.get(note_id, ()):
            if _name(row) == command["row"]:
                return self._notes[note_id], row
        raise KafeError(message("workbench.error.row"), remedy=message("workbench.error.moved_remedy"))


def _spans(codings: Iterable[Coding]) -> set[tuple[int, int]]:
    return {(one.start, one.end) for one in codings}


def _name(row: ComparedCode) -> str:
    """Return what a row is called as long as its codings are the same."""
    return derived_id(*(one.id for one in row.codings))[:16]
