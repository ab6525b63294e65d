"""One coder at work, blind: every command is an event in the store before it is answered, and can be undone.

The widget sends commands as dictionaries and shows the answers; nothing here knows of a browser.
Only the coder's own codings, memos and marks are read (`Own`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from kafe.messages import message
from kafe.origins import WORKBENCH, refused, reopened
from kafe.records import Coding, KafeError, Note, Suggestion, text_hash
from kafe.workbench import serialize as shown
from kafe.workbench import undo_history as past
from kafe.workbench.coder_view import Own
from kafe.workbench.command_session import Act, Answer, Command, Desk, Step, coder_name, memo_text
from kafe.workbench.material import Material
from kafe.workbench.note_filter import ORDERS, STATUSES, Progress, Query, fold, select

if TYPE_CHECKING:
    from kafe.store.store import Store


class Session(Desk):
    """A coder's work on the material; `coder` may be empty at first, and then nothing can be stored."""

    def __init__(self, store: Store, material: Material, *, now: Callable[[], str], coder: str = ""):
        super().__init__(store, now=now)
        self.material = material
        self._notes = {note.id: note for note in material.notes}
        self._commands |= {
            "open": self._open,
            "coder": self._name_coder,
            "tally": self._tally,
            "find": self._find,
            "notes": self._show,
            "code": self._code,
            "uncode": self._uncode,
            "accept": self._accept,
            "refuse": self._refuse,
            "memo": self._memo,
            "finish": self._finish,
            "unfinish": self._unfinish,
        }
        self._start(coder)

    def _start(self, coder: str) -> None:
        self.coder = self.store.name_coder(coder_name(coder), self.now()) if coder else ""
        self._began = self.now()
        self._done, self._undone = [], []
        self._past: list[past.Change] | None = None
        self._own = Own(self.store, self.coder, self._notes)

    # What is shown

    def _open(self, _: Command) -> Answer:
        notes, material = self.material.notes, self.material
        return {
            "coder": self.coder,
            "codes": shown.codes(material),
            "problem": material.problem,
            "sessions": shown.choices([note.session for note in notes], material.titles),
            "questions": shown.choices([note.question for note in notes], material.questions),
            "groups": shown.choices([note.group for note in notes], {}),
            "assigned": bool(self._own.assigned),
            **self._state(),
        }

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {note.id: fold(note.text) for note in self.material.notes}

    def _name_coder(self, command: Command) -> Answer:
        self._start(str(command["name"]))
        return self._open(command)

    def _tally(self, _: Command) -> Answer:
        """Answer with how often codes are used, and which lately; reading it all may wait for the first note."""
        self._own.read_codings()
        return self._state()

    def _find(self, command: Command) -> Answer:
        asked = {key: str(value) for key, value in command.get("query", {}).items()}
        if asked.get("status", "all") not in STATUSES or asked.get("order", "source") not in ORDERS:
            raise ValueError
        query, own = Query(**asked), self._own  # type: ignore[arg-type]
        if query.status == "uncoded":
            own.read_codings()
        coded = {note_id for note_id, codings in own.standing.items() if codings}
        suggested: dict[str, list[Suggestion]] = {}
        if query.status == "suggested" or query.order == "uncertain":
            own.read_refusals()
            suggested = {note_id: self._open_suggestions(note_id) for note_id in self.material.suggestions}
        progress = Progress(coded, own.finished, own.assigned, suggested, self.material.turn)
        found = select(self.material.notes, self._folded if query.search else {}, query, progress)
        first = next((place for place, note_id in enumerate(found) if note_id not in own.finished), 0)
        return {"ids": found, "first_unfinished": first}

    def _show(self, command: Command) -> Answer:
        wanted = [self._known(note_id).id for note_id in command["ids"]]
        self._own.read(wanted)
        return {"notes": [self._note(note_id) for note_id in wanted]}

    def _about(self, note_id: str) -> Answer:
        return {"note": self._note(note_id)}

    def _note(self, note_id: str) -> Answer:
        codings = self._own.standing.get(note_id, {}).values()
        in_order = sorted(codings, key=lambda one: (one.start, -one.end, one.code))
        return {
            **shown.note(self.material, self._known(note_id)),
            "codings": [shown.coding(one) for one in in_order],
            "suggestions": [shown.suggestion(one) for one in self._open_suggestions(note_id)],
            "memo": self._own.memos.get(f"note:{note_id}", ""),
            "finished": note_id in self._own.finished,
        }

    def _open_suggestions(self, note_id: str) -> list[Suggestion]:
        """Return suggestions of codes in use that the coder has not answered."""
        given = [one for one in self.material.suggestions.get(note_id, ()) if self._usable(one.code)]
        return self._own.unanswered(note_id, given)

    def _state(self) -> Answer:
        current, own = self._notes.keys(), self._own
        return {
            "progress": {"total": len(current), "finished": len(own.finished & current)},
            "recent": list(own.recent),
            "used": dict(+own.times),
            "memos": {
                target.removeprefix("code:"): text
                for target, text in own.memos.items()
                if target.startswith("code:")
            },
            "undo": self._undoable(),
            "redo": self._undone[-1].said if self._undone else "",
        }

    def _undoable(self) -> str:
        """Return what undo would undo; before the past is read, that there is one."""
        if self._done:
            return self._done[-1].said
        if self._past is not None:
            return self._act_of(self._past[-1]).said if self._past else ""
        own = self._own
        has_past = own.standing or own.finished or own.memos
        return message("workbench.said.earlier") if has_past else ""

    def _earlier(self) -> Act | None:
        if self._past is None:
            self._past = past.past(self.store, self.coder, self._notes, before=self._began)
        return self._act_of(self._past.pop()) if self._past else None

    def _act_of(self, change: past.Change) -> Act:
        return past.act(change, self.material.codebook)

    # What the coder does

    def _code(self, command: Command) -> Answer:
        note = self._current(command)
        start, end = int(command["start"]), int(command["end"])
        if text_hash(note.text) != command["hash"] or note.text[start:end] != command["quote"]:
            raise KafeError(message("workbench.error.moved"), remedy=message("workbench.error.moved_remedy"))
        return self._put(command, note, start, end, str(command["code"]), WORKBENCH)

    def _put(self, command: Command, note: Note, start: int, end: int, code: str, origin: str) -> Answer:
        self._check_code(code)
        if not 0 <= start < end <= len(note.text):
            raise ValueError
        if (start, end, code) in self._own.standing.get(note.id, {}):
            return self._reply(note.id, message("workbench.said.already"))
        coding = self._coding(note, start, end, code, origin)
        said = message("workbench.said.coded", name=self._name(code))
        removal = replace(coding, action="remove", origin=WORKBENCH)
        return self._act(command, Act(note.id, said, (_put(coding),), (_put(removal),)))

    def _uncode(self, command: Command) -> Answer:
        note = self._current(command)
        coding = self._own.coding(note.id, str(command["coding"]))
        if coding is None:
            return self._reply(note.id, message("workbench.said.gone"))
        said = message("workbench.said.uncoded", name=self._name(coding.code))
        removal = replace(coding, action="remove", origin=WORKBENCH)
        return self._act(command, Act(note.id, said, (_put(removal),), (_put(coding),)))

    def _accept(self, command: Command) -> Answer:
        note, one = self._suggestion(command)
        return self._put(command, note, one.start, one.end, one.code, one.source)

    def _refuse(self, command: Command) -> Answer:
        note, one = self._suggestion(command)
        no = replace(self._coding(note, one.start, one.end, one.code, refused(one.source)), action="remove")
        said = message("workbench.said.refused", name=self._name(one.code))
        back = replace(no, origin=reopened(one.source))
        return self._act(command, Act(note.id, said, (_put(no),), (_put(back),)))

    def _memo(self, command: Command) -> Answer:
        note = self._current(command)
        about, target = str(command["about"]), str(command["target"])
        text = memo_text(str(command["text"]))
        said = message("workbench.said.memo" if text else "workbench.said.memo_gone")
        if about == "coding":
            coding = self._own.coding(note.id, target)
            if coding is None:
                raise KafeError(
                    message("workbench.error.coding"), remedy=message("workbench.error.coding_remedy")
                )
            act = Act(note.id, said, (_put(replace(coding, memo=text)),), (_put(coding),))
            return self._act(command, act)
        if about == "code":
            self._check_code(target)
        elif about != "note":
            raise ValueError
        where = f"note:{note.id}" if about == "note" else f"code:{target}"
        before = self._own.memos.get(where, "")
        if text == before:
            return self._reply(note.id, said)
        act = Act(note.id, said, (Step("memo", where, text),), (Step("memo", where, before),))
        return self._act(command, act)

    def _finish(self, command: Command) -> Answer:
        return self._mark(command, finished=True)

    def _unfinish(self, command: Command) -> Answer:
        return self._mark(command, finished=False)

    def _mark(self, command: Command, *, finished: bool) -> Answer:
        note = self._current(command)
        done, back = Step("finish", note.id), Step("unfinish", note.id)
        said = message("workbench.said.finished" if finished else "workbench.said.unfinished")
        if finished == (note.id in self._own.finished):
            return self._reply(note.id, said)
        steps = (done, back) if finished else (back, done)
        return self._act(command, Act(note.id, said, steps[:1], steps[1:]))

    def _stored(self, steps: Sequence[Step]) -> None:
        for step in steps:
            if step.kind == "memo":
                self._own.remember(step.target, str(step.what))
                continue
            if isinstance(step.what, Coding) and step.what.action == "add":
                self._own.use(step.what.code)
            self._own.read([step.target])

    # Looking up

    def _coding(self, note: Note, start: int, end: int, code: str, origin: str) -> Coding:
        return Coding(
            id="",
            note_id=note.id,
            start=start,
            end=end,
            quote=note.text[start:end],
            text_hash=text_hash(note.text),
            code=code,
            coder=self.coder,
            at="",
            origin=origin,
            codebook_version=self.material.codebook.version,
        )

    def _known(self, note_id: str) -> Note:
        if note_id not in self._notes:
            raise KafeError(message("workbench.error.note"), remedy=message("workbench.error.moved_remedy"))
        return self._notes[note_id]

    def _current(self, command: Command) -> Note:
        """Return the note that a command is about; what is stored on it is read if it never was."""
        note = self._known(command["note"])
        self._own.read_once(note.id)
        return note

    def _name(self, code: str) -> str:
        return self.material.codebook[code].name if code in self.material.codebook else code

    def _usable(self, code: str) -> bool:
        codebook = self.material.codebook
        return code in codebook and codebook[code].codable and codebook[code].status != "retired"

    def _check_code(self, code: str) -> None:
        if not self._usable(code):
            raise KafeError(
                message("workbench.error.code", name=self._name(code)),
                remedy=message("workbench.error.code_remedy"),
            )

    def _suggestion(self, command: Command) -> tuple[Note, Suggestion]:
        note = self._current(command)
        wanted = (int(command["start"]), int(command["end"]), str(command["code"]))
        for one in self.material.suggestions.get(note.id, ()):
            if (one.start, one.end, one.code) == wanted:
                return note, one
        raise KafeError(message("workbench.error.suggestion"), remedy=message("workbench.error.moved_remedy"))


def _put(coding: Coding) -> Step:
    return Step("coding", coding.note_id, coding)
