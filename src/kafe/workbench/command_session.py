"""A session that takes commands, stores what they mean as events before it answers, and can undo them."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from kafe.messages import message
from kafe.origins import CONSENSUS_CODER, is_machine_name
from kafe.records import Coding, KafeError, Memo, Note, derived_id
from kafe.workbench import serialize
from kafe.workbench.material import CodingMaterial

if TYPE_CHECKING:
    from kafe.store import Store

KEPT_ANSWERS = 500
NAME = re.compile(r"[^\W_]+([ .-]{1,2}[^\W_]+)*")
LONGEST_NAME = 40
LONGEST_MEMO = 20_000
Command = dict[str, Any]
Answer = dict[str, Any]


def coder_name(name: str) -> str:
    """Return a coder's name with single spaces. Raises KafeError for what cannot be the name of a person."""
    spaced = " ".join(name.split())
    taken = is_machine_name(spaced) or spaced.casefold() == CONSENSUS_CODER
    if not NAME.fullmatch(spaced) or len(spaced) > LONGEST_NAME or taken:
        raise KafeError(message("workbench.error.coder"), remedy=message("workbench.error.coder_remedy"))
    return spaced


def memo_text(text: str) -> str:
    """Return the text of a memo without space around it. Raises KafeError when it is too long."""
    if len(text.strip()) > LONGEST_MEMO:
        raise KafeError(
            message("workbench.error.long", most=LONGEST_MEMO), remedy=message("workbench.error.long_remedy")
        )
    return text.strip()


@dataclass(frozen=True, slots=True)
class Write:
    """One event to be stored. `what` is a coding without id and time, or the text of a memo.

    `target` is the id of a note, or for a memo what it is about.
    """

    kind: Literal["coding", "memo", "finish", "unfinish"]
    target: str
    what: Coding | str = ""

    @classmethod
    def of(cls, coding: Coding) -> Write:
        """Return what stores a coding event."""
        return cls("coding", coding.note_id, coding)


@dataclass(frozen=True, slots=True)
class Action:
    """What was done, how it is done again, and how it is undone; `said` tells it in words.

    `note_id` is empty for what is about no note.
    """

    note_id: str
    said: str
    do: tuple[Write, ...]
    undo: tuple[Write, ...]


class CommandSession(ABC):
    """Answers commands one at a time. `now` gives the time of events (ISO 8601); `coder` may be empty."""

    def __init__(self, store: Store, material: CodingMaterial, *, now: Callable[[], str]):
        self.store = store
        self.material = material
        self.now = now
        self.coder = ""
        self._notes = {note.id: note for note in material.notes}
        self._done: list[Action] = []
        self._undone: list[Action] = []
        self._answers: dict[str, Answer] = {}
        self._one_at_a_time = Lock()
        self._commands: dict[str, Callable[[Command], Answer]] = {
            "open": self._open,
            "find": self._find,
            "notes": self._show,
            "undo": self._undo,
            "redo": self._redo,
        }

    def handle(self, command: Command) -> Answer:
        """Return the answer to a command: `ok`, and what the command gives, or `message` and `remedy`.

        `id` makes sending a command again harmless: an action is stored once, also by another session.
        Never raises: what is wrong with the command or the store is told in the answer.
        """
        with self._one_at_a_time:
            return self._handle(command)

    def _handle(self, command: Command) -> Answer:
        identity = str(command.get("id", ""))
        if identity in self._answers:
            return self._answers[identity]
        try:
            answer = {"ok": True, **self._commands[command["do"]](command)}
        except KafeError as error:
            answer = {"ok": False, "message": error.message, "remedy": error.remedy}
        except (KeyError, TypeError, ValueError):
            answer = {
                "ok": False,
                "message": message("workbench.error.command"),
                "remedy": message("workbench.error.command_remedy"),
            }
        answer = {"id": identity, **answer}
        if identity and answer["ok"]:
            self._answers[identity] = answer
            if len(self._answers) > KEPT_ANSWERS:
                del self._answers[next(iter(self._answers))]
        return answer

    # What a session shows

    def _open(self, _: Command) -> Answer:
        return {
            "coder": self.coder,
            "codes": serialize.codes(self.material),
            "problem": self.material.problem,
            **self._state(),
        }

    @abstractmethod
    def _find(self, command: Command) -> Answer:
        """Return what fits the command's query."""

    def _show(self, command: Command) -> Answer:
        return {"notes": [self._note(note_id) for note_id in command["ids"]]}

    @abstractmethod
    def _note(self, note_id: str) -> Answer:
        """Return what is shown of a note. Raises KafeError for one that the session does not have."""

    @abstractmethod
    def _state(self) -> Answer:
        """Return what every answer to an action tells."""

    def _known(self, note_id: str) -> Note:
        if note_id not in self._notes:
            raise KafeError(message("workbench.error.note"), remedy=message("workbench.error.moved_remedy"))
        return self._notes[note_id]

    # What is stored

    @abstractmethod
    def _refresh(self, writes: Sequence[Write]) -> None:
        """Read again what the writes have changed in the store."""

    def _memo_id(self, target: str) -> str:
        """Return the id of the memo about a target that this session writes."""
        return derived_id(self.coder, target)

    def _earlier(self) -> Action | None:
        """Return the latest action of earlier sessions that is not undone yet."""
        return None

    def _reply(self, note_id: str, said: str) -> Answer:
        shown = {"note": self._note(note_id)} if note_id else {}
        return {**shown, **self._state(), "said": said}

    def _perform(self, command: Command, action: Action) -> Answer:
        self._store(command, action.do)
        self._done.append(action)
        self._undone.clear()
        return self._reply(action.note_id, action.said)

    def _undo(self, command: Command) -> Answer:
        if not self._done and (earlier := self._earlier()):
            self._done.append(earlier)
        if not self._done:
            return self._reply("", message("workbench.said.no_undo"))
        action = self._done[-1]
        self._store(command, action.undo)
        self._undone.append(self._done.pop())
        return self._reply(action.note_id, message("workbench.said.undone", what=action.said))

    def _redo(self, command: Command) -> Answer:
        if not self._undone:
            return self._reply("", message("workbench.said.no_redo"))
        action = self._undone[-1]
        self._store(command, action.do)
        self._done.append(self._undone.pop())
        return self._reply(action.note_id, message("workbench.said.redone", what=action.said))

    def _store(self, command: Command, writes: Sequence[Write]) -> None:
        """Append the events, ids derived from the command's; those on codings go in together."""
        if not self.coder:
            raise KafeError(message("workbench.error.coder"), remedy=message("workbench.error.coder_remedy"))
        seed, at = str(command["id"]), self.now()
        if not seed:
            raise ValueError
        codings = [write.what for write in writes if isinstance(write.what, Coding)]
        if codings:
            self.store.append_codings(
                [replace(coding, id=derived_id(seed, place), at=at) for place, coding in enumerate(codings)]
            )
        for write in writes:
            if isinstance(write.what, str) and write.kind == "memo":
                memo = Memo(self._memo_id(write.target), write.target, write.what, self.coder, at)
                self.store.append_memos([memo])
            elif write.kind == "finish":
                self.store.append_finished(self.coder, write.target, at)
            elif write.kind == "unfinish":
                self.store.unfinish(self.coder, write.target, at)
        self._refresh(writes)
