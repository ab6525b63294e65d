"""A desk that takes commands, stores what they mean as events before it answers, and can undo them."""

from __future__ import annotations

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from kafe.messages import message
from kafe.origins import CONSENSUS_CODER, is_machine_name
from kafe.records import Coding, KafeError, Memo

if TYPE_CHECKING:
    from kafe.store.store import Store

KEPT_ANSWERS = 500
NAME = re.compile(r"[^\W_]+([ .-]{1,2}[^\W_]+)*")
LONGEST_NAME = 40
LONGEST_MEMO = 20_000
Command = dict[str, Any]
Answer = dict[str, Any]


def coder_name(name: str) -> str:
    """Return a coder's name with single spaces. Raises KafeError for what cannot be the name of a person."""
    tidy = " ".join(name.split())
    taken = is_machine_name(tidy) or tidy.casefold() == CONSENSUS_CODER
    if not NAME.fullmatch(tidy) or len(tidy) > LONGEST_NAME or taken:
        raise KafeError(message("workbench.error.coder"), remedy=message("workbench.error.coder_remedy"))
    return tidy


def memo_text(text: str) -> str:
    """Return the text of a memo without space around it. Raises KafeError when it is too long."""
    if len(text.strip()) > LONGEST_MEMO:
        raise KafeError(
            message("workbench.error.long", most=LONGEST_MEMO), remedy=message("workbench.error.long_remedy")
        )
    return text.strip()


def derived(*parts: object) -> str:
    """Return an id of 32 hexadecimal digits that is the same for the same parts."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Step:
    """One event to be stored. `what` is a coding without id and time, or the text of a memo.

    `target` is the id of a note, or for a memo what it is about.
    """

    kind: Literal["coding", "memo", "finish", "unfinish"]
    target: str
    what: Coding | str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What was done, how it is done again, and how it is undone; `said` tells it in words.

    `note_id` is empty for what is about no note.
    """

    note_id: str
    said: str
    do: tuple[Step, ...]
    undo: tuple[Step, ...]


class Desk(ABC):
    """Answers commands one at a time. `now` gives the time of events (ISO 8601); `coder` may be empty."""

    def __init__(self, store: Store, *, now: Callable[[], str]):
        self.store = store
        self.now = now
        self.coder = ""
        self._done: list[Act] = []
        self._undone: list[Act] = []
        self._answers: dict[str, Answer] = {}
        self._one_at_a_time = Lock()
        self._commands: dict[str, Callable[[Command], Answer]] = {"undo": self._undo, "redo": self._redo}

    def handle(self, command: Command) -> Answer:
        """Return the answer to a command: `ok`, and what the command gives, or `message` and `remedy`.

        `id` makes sending a command again harmless: an act is stored once, also by another session.
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

    @abstractmethod
    def _state(self) -> Answer:
        """Return what every answer to an act tells."""

    @abstractmethod
    def _about(self, note_id: str) -> Answer:
        """Return what is shown of a note after an act."""

    @abstractmethod
    def _stored(self, steps: Sequence[Step]) -> None:
        """Take in that the steps are in the store."""

    def _memo_id(self, target: str) -> str:
        """Return the id of the memo about a target that this desk writes."""
        return derived(self.coder, target)

    def _earlier(self) -> Act | None:
        """Return the latest act of earlier sessions that is not undone yet."""
        return None

    def _reply(self, note_id: str, said: str) -> Answer:
        return {**(self._about(note_id) if note_id else {}), **self._state(), "said": said}

    def _act(self, command: Command, act: Act) -> Answer:
        self._store(command, act.do)
        self._done.append(act)
        self._undone.clear()
        return self._reply(act.note_id, act.said)

    def _undo(self, command: Command) -> Answer:
        if not self._done and (earlier := self._earlier()):
            self._done.append(earlier)
        if not self._done:
            return self._reply("", message("workbench.said.no_undo"))
        act = self._done[-1]
        self._store(command, act.undo)
        self._undone.append(self._done.pop())
        return self._reply(act.note_id, message("workbench.said.undone", what=act.said))

    def _redo(self, command: Command) -> Answer:
        if not self._undone:
            return self._reply("", message("workbench.said.no_redo"))
        act = self._undone[-1]
        self._store(command, act.do)
        self._done.append(self._undone.pop())
        return self._reply(act.note_id, message("workbench.said.redone", what=act.said))

    def _store(self, command: Command, steps: Sequence[Step]) -> None:
        """Append the steps' events, ids derived from the command's; those on codings go in together."""
        if not self.coder:
            raise KafeError(message("workbench.error.coder"), remedy=message("workbench.error.coder_remedy"))
        seed, at = str(command["id"]), self.now()
        if not seed:
            raise ValueError
        codings = [step.what for step in steps if isinstance(step.what, Coding)]
        if codings:
            self.store.append_codings(
                [replace(coding, id=derived(seed, place), at=at) for place, coding in enumerate(codings)]
            )
        for step in steps:
            if isinstance(step.what, str) and step.kind == "memo":
                memo = Memo(self._memo_id(step.target), step.target, step.what, self.coder, at)
                self.store.append_memos([memo])
            elif step.kind == "finish":
                self.store.append_finished(self.coder, step.target, at)
            elif step.kind == "unfinish":
                self.store.unfinish(self.coder, step.target, at)
        self._stored(steps)
