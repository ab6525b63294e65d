"""Coders together: their codings side by side, differences first, settled as codings of their own.

Opened on purpose and only about notes that at least two people have finished; the sessions where they
code stay blind. The people's own codings are never touched.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kafe.agreement.consensus import Comparison, compare, discuss, is_about, reopen, settle
from kafe.messages import message
from kafe.origins import CONSENSUS_CODER
from kafe.records import Coding, KafeError, Note, Unit
from kafe.workbench import serialize as shown
from kafe.workbench.command_session import Act, Answer, Command, Desk, Step, coder_name, derived, memo_text
from kafe.workbench.material import Material

if TYPE_CHECKING:
    from kafe.store.store import Store

STATUSES = ("open", "discuss", "settled", "agree", "all")


class Together(Desk):
    """The talk of the people who have coded the same notes. `coder` writes for them; empty: all of them."""

    def __init__(self, store: Store, material: Material, *, now: Callable[[], str], coder: str = ""):
        super().__init__(store, now=now)
        self.material = material
        self._notes = {note.id: note for note in material.notes}
        self._commands |= {
            "open": self._open,
            "find": self._find,
            "notes": self._show,
            "settle": self._settle,
            "discuss": self._discuss,
        }
        self._readers: dict[str, list[str]] = defaultdict(list)
        for who, note_id in sorted(store.finished()):
            if who != CONSENSUS_CODER and note_id in self._notes:
                self._readers[note_id].append(who)
        self._shared = [note.id for note in material.notes if len(self._readers[note.id]) > 1]
        self.people = sorted({who for note_id in self._shared for who in self._readers[note_id]})
        self._named = coder.strip().casefold() not in ("", CONSENSUS_CODER)
        self.coder = coder_name(coder) if self._named else ", ".join(self.people)
        self._rows: dict[str, list[Comparison]] = {}
        self._agreed: dict[str, list[Coding]] = {}
        self._settlements: dict[str, list[Coding]] = {}
        self._memos: dict[str, str] = {}
        self._read(self._shared)

    # What is shown

    def _open(self, _: Command) -> Answer:
        return {
            "coder": self.coder,
            "people": self.people,
            "codes": shown.codes(self.material),
            "problem": self.material.problem,
            **self._state(),
        }

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

    def _has_status(self, row: Comparison, status: str) -> bool:
        open_difference = row.kind != "agree" and not row.settled
        return {
            "open": open_difference,
            "discuss": open_difference and bool(self._memos.get(_target(row))),
            "settled": bool(row.settled),
            "agree": row.kind == "agree",
            "all": True,
        }[status]

    def _show(self, command: Command) -> Answer:
        return {"notes": [self._note(note_id) for note_id in command["ids"]]}

    def _about(self, note_id: str) -> Answer:
        return {"note": self._note(note_id)}

    def _note(self, note_id: str) -> Answer:
        if note_id not in self._shared:
            raise KafeError(message("workbench.error.note"), remedy=message("workbench.error.moved_remedy"))
        rows = self._rows.get(note_id, ())
        return {
            **shown.note(self.material, self._notes[note_id]),
            "people": self._readers[note_id],
            "rows": [self._row(row) for row in rows],
        }

    def _row(self, row: Comparison) -> Answer:
        agreed = [one for one in self._agreed.get(row.note_id, ()) if is_about(one, row)]
        return {
            "id": _name(row),
            "start": row.start,
            "end": row.end,
            "code": row.code,
            "kind": row.kind,
            "settled": row.settled,
            "memo": self._memos.get(_target(row), ""),
            "codings": [{**shown.coding(one), "coder": one.coder} for one in row.codings],
            "agreed": [shown.coding(one) for one in sorted(agreed, key=lambda one: one.start)],
        }

    # What they decide

    def _settle(self, command: Command) -> Answer:
        note, row = self._known(command)
        outcome = command["outcome"]
        if outcome not in ("agree", "keep", "drop"):
            raise ValueError
        span = (int(command["start"]), int(command["end"])) if command.get("start") is not None else None
        if span and not 0 <= span[0] < span[1] <= len(note.text):
            raise ValueError
        before = [one for one in self._agreed.get(note.id, ()) if is_about(one, row)]
        made = self._settlement(row, outcome, note, span, before)
        added = [event for event in made if event.action == "add"]
        if row.settled and {(one.start, one.end) for one in added} == {
            (one.start, one.end) for one in before
        }:
            return self._reply(note.id, message("workbench.said.already_settled"))
        if row.settled:
            place = (before[0].start, before[0].end) if row.settled == "agree" and before else None
            memo = next(one.memo for one in reversed(self._settlements[note.id]) if is_about(one, row))
            back = self._settlement(row, row.settled, note, place, added)
            back = [replace(event, memo=memo) for event in back]
        else:
            back = reopen(row, ids=_ids(row, added), at="", standing=added)
        said = message(f"workbench.said.{outcome}", name=self._code_name(row))
        return self._act(command, Act(note.id, said, _steps(made), _steps(back)))

    def _settlement(
        self,
        row: Comparison,
        outcome: object,
        note: Note,
        span: tuple[int, int] | None,
        standing: Sequence[Coding],
    ) -> list[Coding]:
        return settle(
            row,
            outcome,  # type: ignore[arg-type]
            note,
            ids=_ids(row, standing),
            who=self.coder if self._named else ", ".join(self._readers[note.id]),
            at="",
            span=span,
            codebook_version=self.material.codebook.version,
            standing=standing,
        )

    def _discuss(self, command: Command) -> Answer:
        note, row = self._known(command)
        target, text = _target(row), memo_text(str(command["text"]))
        key = "workbench.said.discuss" if text else "workbench.said.memo_gone"
        before = self._memos.get(target, "")
        act = Act(
            note.id,
            message(key, name=self._code_name(row)),
            (Step("memo", target, text),),
            (Step("memo", target, before),),
        )
        return self._act(command, act)

    def _memo_id(self, target: str) -> str:
        return derived(CONSENSUS_CODER, target)

    def _stored(self, steps: Sequence[Step]) -> None:
        for step in steps:
            if step.kind == "memo":
                self._memos[step.target] = str(step.what)
        self._read(list(dict.fromkeys(step.target for step in steps if step.kind == "coding")))

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
            self._rows[note_id] = compare(own, self._readers[note_id], history=past, units=units)
            self._agreed[note_id] = [one for one in own if one.coder == CONSENSUS_CODER]
            self._settlements[note_id] = [one for one in past if one.coder == CONSENSUS_CODER]
        targets = [_target(row) for note_id in note_ids for row in self._rows[note_id]]
        mine = (memo for memo in self.store.memos(targets) if memo.id == self._memo_id(memo.target))
        self._memos |= {memo.target: memo.text for memo in mine}

    # Looking up

    def _known(self, command: Command) -> tuple[Note, Comparison]:
        note_id = str(command["note"])
        for row in self._rows.get(note_id, ()):
            if _name(row) == command["row"]:
                return self._notes[note_id], row
        raise KafeError(message("workbench.error.row"), remedy=message("workbench.error.moved_remedy"))

    def _code_name(self, row: Comparison) -> str:
        codebook = self.material.codebook
        return codebook[row.code].name if row.code in codebook else row.code


def _ids(row: Comparison, standing: Sequence[Coding]) -> list[str]:
    """Return room for the ids that events get when they are stored."""
    return [""] * (len(row.codings) + len(standing))


def _steps(events: Iterable[Coding]) -> tuple[Step, ...]:
    return tuple(Step("coding", event.note_id, event) for event in events)


def _name(row: Comparison) -> str:
    """Return what a row is called as long as its codings are the same."""
    return derived(*(one.id for one in row.codings))[:16]


def _target(row: Comparison) -> str:
    return discuss(row, "", memo_id="", who="", at="").target
