"""One coder at work, blind: every command is an event in the store before it is answered, and can be undone.

The widget sends commands as dictionaries and shows the answers; nothing here knows of a browser.
Only the coder's own codings, memos and marks are read (`CoderView`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kafe.messages import message
from kafe.origins import WORKBENCH, refused, reopened
from kafe.records import Coding, KafeError, Note, Suggestion, text_hash
from kafe.workbench.answers import CodingAnswers
from kafe.workbench.coder_view import CoderView
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
from kafe.workbench.undo_history import EarlierChange, as_action, earlier_changes

if TYPE_CHECKING:
    from kafe.store import Store


class CodingSession(CommandSession):
    """A coder's work on the material; `coder` may be empty at first, and then nothing can be stored."""

    def __init__(self, store: Store, material: CodingMaterial, *, now: Callable[[], str], coder: str = ""):
        super().__init__(store, material, now=now)
        self._commands |= {
            "coder": self._name_coder,
            "tally": self._tally,
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
        self._past: list[EarlierChange] | None = None
        self._own = CoderView(self.store, self.coder, self._notes)
        self._shown = CodingAnswers(self.material, self._own)

    # What is shown

    def _open(self, command: Command) -> Answer:
        return {**super()._open(command), **self._shown.choices()}

    def _name_coder(self, command: Command) -> Answer:
        self._start(str(command["name"]))
        return self._open(command)

    def _tally(self, _: Command) -> Answer:
        """Answer with how often codes are used, and which lately; reading it all may wait for the first note."""
        self._own.read_codings()
        return self._state()

    def _find(self, command: Command) -> Answer:
        return self._shown.found(command.get("query", {}))

    def _show(self, command: Command) -> Answer:
        self._own.read([self._known(note_id).id for note_id in command["ids"]])
        return super()._show(command)

    def _note(self, note_id: str) -> Answer:
        return self._shown.note(self._known(note_id).id)

    def _state(self) -> Answer:
        redo = self._undone[-1].said if self._undone else ""
        return {**self._shown.state(), "undo": self._undoable(), "redo": redo}

    def _undoable(self) -> str:
        """Return what undo would undo; before the past is read, that there is one."""
        if self._done:
            return self._done[-1].said
        if self._past is not None:
            return as_action(self._past[-1], self.material).said if self._past else ""
        own = self._own
        has_past = own.standing or own.finished or own.memos
        return message("workbench.said.earlier") if has_past else ""

    def _earlier(self) -> Action | None:
        if self._past is None:
            self._past = earlier_changes(self.store, self.coder, self._notes, before=self._began)
        return as_action(self._past.pop(), self.material) if self._past else None

    # What the coder does

    def _code(self, command: Command) -> Answer:
        note = self._current(command)
        start, end = int(command["start"]), int(command["end"])
        if text_hash(note.text) != command["hash"] or note.text[start:end] != command["quote"]:
            raise KafeError(message("workbench.error.moved"), remedy=message("workbench.error.moved_remedy"))
        return self._put(command, note, self._coding(note, (start, end), str(command["code"]), WORKBENCH))

    def _put(self, command: Command, note: Note, coding: Coding) -> Answer:
        self._check_code(coding.code)
        if not 0 <= coding.start < coding.end <= len(note.text):
            raise ValueError
        if (coding.start, coding.end, coding.code) in self._own.standing.get(note.id, {}):
            return self._reply(note.id, message("workbench.said.already"))
        said = message("workbench.said.coded", name=self.material.code_name(coding.code))
        removal = replace(coding, action="remove", origin=WORKBENCH)
        return self._perform(command, Action(note.id, said, (Write.of(coding),), (Write.of(removal),)))

    def _uncode(self, command: Command) -> Answer:
        note = self._current(command)
        coding = self._own.coding(note.id, str(command["coding"]))
        if coding is None:
            return self._reply(note.id, message("workbench.said.gone"))
        said = message("workbench.said.uncoded", name=self.material.code_name(coding.code))
        removal = replace(coding, action="remove", origin=WORKBENCH)
        return self._perform(command, Action(note.id, said, (Write.of(removal),), (Write.of(coding),)))

    def _accept(self, command: Command) -> Answer:
        note, one = self._suggestion(command)
        return self._put(command, note, self._coding(note, (one.start, one.end), one.code, one.source))

    def _refuse(self, command: Command) -> Answer:
        note, one = self._suggestion(command)
        put = self._coding(note, (one.start, one.end), one.code, refused(one.source))
        no = replace(put, action="remove")
        said = message("workbench.said.refused", name=self.material.code_name(one.code))
        back = replace(no, origin=reopened(one.source))
        return self._perform(command, Action(note.id, said, (Write.of(no),), (Write.of(back),)))

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
            action = Action(note.id, said, (Write.of(replace(coding, memo=text)),), (Write.of(coding),))
            return self._perform(command, action)
        if about == "code":
            self._check_code(target)
        elif about != "note":
            raise ValueError
        where = f"note:{note.id}" if about == "note" else f"code:{target}"
        before = self._own.memos.get(where, "")
        if text == before:
            return self._reply(note.id, said)
        action = Action(note.id, said, (Write("memo", where, text),), (Write("memo", where, before),))
        return self._perform(command, action)

    def _finish(self, command: Command) -> Answer:
        return self._mark(command, finished=True)

    def _unfinish(self, command: Command) -> Answer:
        return self._mark(command, finished=False)

    def _mark(self, command: Command, *, finished: bool) -> Answer:
        note = self._current(command)
        done, back = Write("finish", note.id), Write("unfinish", note.id)
        said = message("workbench.said.finished" if finished else "workbench.said.unfinished")
        if finished == (note.id in self._own.finished):
            return self._reply(note.id, said)
        writes = (done, back) if finished else (back, done)
        return self._perform(command, Action(note.id, said, writes[:1], writes[1:]))

    def _refresh(self, writes: Sequence[Write]) -> None:
        for write in writes:
            if write.kind == "memo":
                self._own.keep_memo(write.target, str(write.what))
                continue
            if isinstance(write.what, Coding) and write.what.action == "add":
                self._own.use(write.what.code)
            self._own.read([write.target])

    # Looking up

    def _coding(self, note: Note, span: tuple[int, int], code: str, origin: str) -> Coding:
        start, end = span
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

    def _current(self, command: Command) -> Note:
        """Return the note that a command is about; what is stored on it is read if it never was."""
        note = self._known(command["note"])
        self._own.read_once(note.id)
        return note

    def _check_code(self, code: str) -> None:
        if not self.material.in_use(code):
            raise KafeError(
                message("workbench.error.code", name=self.material.code_name(code)),
                remedy=message("workbench.error.code_remedy"),
            )

    def _suggestion(self, command: Command) -> tuple[Note, Suggestion]:
        note = self._current(command)
        wanted = (int(command["start"]), int(command["end"]), str(command["code"]))
        for one in self.material.suggestions.get(note.id, ()):
            if (one.start, one.end, one.code) == wanted:
                return note, one
        raise KafeError(message("workbench.error.suggestion"), remedy=message("workbench.error.moved_remedy"))
