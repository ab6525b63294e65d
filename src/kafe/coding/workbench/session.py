"""One coder at work: every command is an event in the store before it is answered, and can be undone.

The widget sends commands as dictionaries and shows the answers; nothing here knows of a browser.
Coding is blind: only the coder's own codings, memos and marks are read, all of them in `_read`; a view
that opens several coders' work reads more there and shares the rest.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from kafe.coding.origin import is_machine_name
from kafe.coding.workbench.material import Material
from kafe.coding.workbench.view import ORDERS, STATUSES, Progress, Query, fold, select
from kafe.records import Coding, KafeError, Memo, Note, Suggestion, text_hash
from kafe.text import tekst

if TYPE_CHECKING:
    from kafe.store import Store

ORIGIN = "workbench"
REFUSED = "refused:"
"""Start of the origin of the `remove` event that says no to a suggestion, before the suggestion's source."""
REOPENED = "reopened:"
"""Start of the origin of the `remove` event that takes a refusal back."""
RECENT = 9
"""Codes that have a number key."""
KEPT_ANSWERS = 500
NAME = re.compile(r"[^\W_]+([ .-]{1,2}[^\W_]+)*")
LONGEST_NAME = 40
LONGEST_MEMO = 20_000
Command = dict[str, Any]
Answer = dict[str, Any]
Key = tuple[int, int, str]


def coder_name(name: str) -> str:
    """Return a coder's name with single spaces. Raises KafeError for what cannot be the name of a person."""
    tidy = " ".join(name.split())
    if not NAME.fullmatch(tidy) or len(tidy) > LONGEST_NAME or is_machine_name(tidy):
        raise KafeError(tekst("workbench.error.coder"), remedy=tekst("workbench.error.coder_remedy"))
    return tidy


@dataclass(frozen=True)
class Step:
    """One event to be stored. `what` is a coding without id and time, or the text of a memo."""

    kind: Literal["coding", "memo", "finish", "unfinish"]
    target: str
    what: Coding | str = ""


@dataclass(frozen=True)
class Act:
    """What a coder did, how it is done again, and how it is undone; `said` tells it in words."""

    note_id: str
    said: str
    do: tuple[Step, ...]
    undo: tuple[Step, ...]


class Session:
    """A coder's work on the material. `now` gives the time of events (ISO 8601); `coder` may be empty at first."""

    def __init__(self, store: Store, material: Material, *, now: Callable[[], str], coder: str = ""):
        self.store = store
        self.material = material
        self.now = now
        self.coder = ""
        self._notes = {note.id: note for note in material.notes}
        self._answers: dict[str, Answer] = {}
        self._one_at_a_time = Lock()
        self._commands: dict[str, Callable[[Command], Answer]] = {
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
            "undo": self._undo,
            "redo": self._redo,
        }
        self._start(coder)

    def _start(self, coder: str) -> None:
        self.coder = self.store.name_coder(coder_name(coder), self.now()) if coder else ""
        self._done: list[Act] = []
        self._undone: list[Act] = []
        self._standing: dict[str, dict[Key, Coding]] = {}
        self._refused: dict[str, set[Key]] = {}
        self._memos: dict[str, str] = {}
        self._finished: set[str] = set()
        self._assigned: dict[str, int] = {}
        self._recent: list[str] = []
        self._used: list[str] = []
        self._times: Counter[str] = Counter()
        self._seen: set[str] = set()
        self._tallied = False
        self._refusals_known = False
        if not self.coder:
            return
        self._memos = {memo.target: memo.text for memo in self.store.memos() if memo.author == self.coder}
        self._finished = {note_id for who, note_id in self.store.finished() if who == self.coder}
        assigned = self.store.assignments().get(self.coder, [])
        self._assigned = {note_id: place for place, note_id in enumerate(assigned) if note_id in self._notes}

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
                "message": tekst("workbench.error.command"),
                "remedy": tekst("workbench.error.command_remedy"),
            }
        answer = {"id": identity, **answer}
        if identity and answer["ok"]:
            self._answers[identity] = answer
            if len(self._answers) > KEPT_ANSWERS:
                del self._answers[next(iter(self._answers))]
        return answer

    # What is shown

    def _open(self, _: Command) -> Answer:
        notes, codebook = self.material.notes, self.material.codebook
        return {
            "coder": self.coder,
            "codes": [
                {**asdict(code), "above": [step.name for step in codebook.path(code.id)[:-1]]}
                for code in codebook.codes
            ],
            "problem": self.material.problem,
            "sessions": self._choices([note.session for note in notes], self.material.titles),
            "questions": self._choices([note.question for note in notes], self.material.questions),
            "groups": self._choices([note.group for note in notes], {}),
            "assigned": bool(self._assigned),
            **self._state(),
        }

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {note.id: fold(note.text) for note in self.material.notes}

    @staticmethod
    def _choices(values: Sequence[str], names: dict[str, str] | Any) -> list[list[str]]:
        return [[value, names.get(value, value)] for value in sorted(set(values) - {""})]

    def _name_coder(self, command: Command) -> Answer:
        self._start(str(command["name"]))
        return self._open(command)

    def _tally(self, _: Command) -> Answer:
        """Answer with how often codes are used, and which lately; reading it all may wait for the first note."""
        self._read_codings()
        return self._state()

    def _find(self, command: Command) -> Answer:
        asked = {key: str(value) for key, value in command.get("query", {}).items()}
        if asked.get("status", "all") not in STATUSES or asked.get("order", "source") not in ORDERS:
            raise ValueError
        query = Query(**asked)  # type: ignore[arg-type]
        if query.status == "uncoded":
            self._read_codings()
        coded = {note_id for note_id, codings in self._standing.items() if codings}
        suggested: dict[str, list[Suggestion]] = {}
        if query.status == "suggested" or query.order == "uncertain":
            self._read_refusals()
            suggested = {note_id: self._open_suggestions(note_id) for note_id in self.material.suggestions}
        progress = Progress(coded, self._finished, self._assigned, suggested)
        found = select(self.material.notes, self._folded if query.search else {}, query, progress)
        first = next((place for place, note_id in enumerate(found) if note_id not in self._finished), 0)
        return {"ids": found, "first_unfinished": first}

    def _show(self, command: Command) -> Answer:
        wanted = [self._known(note_id).id for note_id in command["ids"]]
        self._read(wanted)
        return {"notes": [self._note(note_id) for note_id in wanted]}

    def _note(self, note_id: str) -> Answer:
        note = self._known(note_id)
        codings = self._standing.get(note_id, {}).values()
        return {
            "id": note_id,
            "text": note.text,
            "hash": text_hash(note.text),
            "context": self._context(note),
            "units": [list(span) for span in self.material.units.get(note_id, ((0, len(note.text)),))],
            "codings": [
                {
                    "id": coding.id,
                    "start": coding.start,
                    "end": coding.end,
                    "code": coding.code,
                    "memo": coding.memo,
                    "suggested": coding.origin.partition(":")[0] in ("rule", "model"),
                }
                for coding in sorted(codings, key=lambda one: (one.start, -one.end, one.code))
            ],
            "suggestions": [
                {
                    "start": one.start,
                    "end": one.end,
                    "code": one.code,
                    "source": one.source.partition(":")[0],
                    "reason": one.reason,
                }
                for one in self._open_suggestions(note_id)
            ],
            "memo": self._memos.get(f"note:{note_id}", ""),
            "finished": note_id in self._finished,
        }

    def _context(self, note: Note) -> Answer:
        return {
            "session": self.material.titles.get(note.session, note.session),
            "question": self.material.questions.get(note.question, note.question),
            "table": note.table,
            "round": note.round,
            "group": note.group,
            "date": note.date,
            "votes": note.votes,
        }

    def _open_suggestions(self, note_id: str) -> list[Suggestion]:
        """Return suggestions that the coder has neither refused nor answered with the same code at the place."""
        refused = self._refused.get(note_id, set())
        own = self._standing.get(note_id, {})
        return [
            one
            for one in self.material.suggestions.get(note_id, ())
            if (one.start, one.end, one.code) not in refused
            and one.code in self.material.codebook
            and not any(code == one.code and start < one.end and one.start < end for start, end, code in own)
        ]

    def _state(self) -> Answer:
        current = self._notes.keys()
        return {
            "progress": {"total": len(current), "finished": len(self._finished & current)},
            "recent": list(self._recent),
            "used": dict(+self._times),
            "memos": {
                target.removeprefix("code:"): text
                for target, text in self._memos.items()
                if target.startswith("code:")
            },
            "undo": self._done[-1].said if self._done else "",
            "redo": self._undone[-1].said if self._undone else "",
        }

    # What the coder does

    def _code(self, command: Command) -> Answer:
        note = self._current(command)
        start, end = int(command["start"]), int(command["end"])
        if text_hash(note.text) != command["hash"] or note.text[start:end] != command["quote"]:
            raise KafeError(tekst("workbench.error.moved"), remedy=tekst("workbench.error.moved_remedy"))
        return self._put(command, note, start, end, str(command["code"]), ORIGIN)

    def _put(self, command: Command, note: Note, start: int, end: int, code: str, origin: str) -> Answer:
        self._check_code(code)
        if not 0 <= start < end <= len(note.text):
            raise ValueError
        if (start, end, code) in self._standing.get(note.id, {}):
            return {"note": self._note(note.id), **self._state(), "said": tekst("workbench.said.already")}
        coding = self._coding(note, start, end, code, origin)
        name = self.material.codebook[code].name
        said = tekst("workbench.said.coded", name=name)
        return self._act(
            command, Act(note.id, said, (_put(coding),), (_put(replace(coding, action="remove")),))
        )

    def _uncode(self, command: Command) -> Answer:
        note = self._current(command)
        coding = self._own(note.id, str(command["coding"]))
        if coding is None:
            return {"note": self._note(note.id), **self._state(), "said": tekst("workbench.said.gone")}
        said = tekst("workbench.said.uncoded", name=self._name(coding.code))
        removal = replace(coding, action="remove", origin=ORIGIN)
        return self._act(command, Act(note.id, said, (_put(removal),), (_put(coding),)))

    def _accept(self, command: Command) -> Answer:
        note, suggestion = self._suggestion(command)
        return self._put(command, note, suggestion.start, suggestion.end, suggestion.code, suggestion.source)

    def _refuse(self, command: Command) -> Answer:
        note, one = self._suggestion(command)
        removal = replace(self._coding(note, one.start, one.end, one.code, ORIGIN), action="remove")
        act = Act(
            note.id,
            tekst("workbench.said.refused", name=self._name(one.code)),
            (_put(replace(removal, origin=REFUSED + one.source)),),
            (_put(replace(removal, origin=REOPENED + one.source)),),
        )
        return self._act(command, act)

    def _memo(self, command: Command) -> Answer:
        note = self._current(command)
        about, target = str(command["about"]), str(command["target"])
        text = str(command["text"]).strip()
        if len(text) > LONGEST_MEMO:
            raise KafeError(
                tekst("workbench.error.long", most=LONGEST_MEMO),
                remedy=tekst("workbench.error.long_remedy"),
            )
        said = tekst("workbench.said.memo" if text else "workbench.said.memo_gone")
        if about == "coding":
            coding = self._own(note.id, target)
            if coding is None:
                raise KafeError(
                    tekst("workbench.error.coding"), remedy=tekst("workbench.error.coding_remedy")
                )
            return self._act(
                command, Act(note.id, said, (_put(replace(coding, memo=text)),), (_put(coding),))
            )
        if about == "code":
            self._check_code(target)
        elif about != "note":
            raise ValueError
        where = f"note:{note.id}" if about == "note" else f"code:{target}"
        before = self._memos.get(where, "")
        if text == before:
            return {"note": self._note(note.id), **self._state(), "said": said}
        return self._act(
            command, Act(note.id, said, (Step("memo", where, text),), (Step("memo", where, before),))
        )

    def _finish(self, command: Command) -> Answer:
        return self._mark(command, finished=True)

    def _unfinish(self, command: Command) -> Answer:
        return self._mark(command, finished=False)

    def _mark(self, command: Command, *, finished: bool) -> Answer:
        note = self._current(command)
        done, back = Step("finish", note.id), Step("unfinish", note.id)
        said = tekst("workbench.said.finished" if finished else "workbench.said.unfinished")
        if finished == (note.id in self._finished):
            return {"note": self._note(note.id), **self._state(), "said": said}
        steps = (done, back) if finished else (back, done)
        return self._act(command, Act(note.id, said, steps[:1], steps[1:]))

    def _undo(self, command: Command) -> Answer:
        if not self._done:
            return {**self._state(), "said": tekst("workbench.said.no_undo")}
        act = self._done[-1]
        self._store(command, act.undo)
        self._undone.append(self._done.pop())
        said = tekst("workbench.said.undone", what=act.said)
        return {"note": self._note(act.note_id), **self._state(), "said": said}

    def _redo(self, command: Command) -> Answer:
        if not self._undone:
            return {**self._state(), "said": tekst("workbench.said.no_redo")}
        act = self._undone[-1]
        self._store(command, act.do)
        self._done.append(self._undone.pop())
        said = tekst("workbench.said.redone", what=act.said)
        return {"note": self._note(act.note_id), **self._state(), "said": said}

    def _act(self, command: Command, act: Act) -> Answer:
        self._store(command, act.do)
        self._done.append(act)
        self._undone.clear()
        return {"note": self._note(act.note_id), **self._state(), "said": act.said}

    # Storing

    def _store(self, command: Command, steps: Sequence[Step]) -> None:
        """Append the steps' events, ids derived from the command's, then read back what is stored."""
        if not self.coder:
            raise KafeError(tekst("workbench.error.coder"), remedy=tekst("workbench.error.coder_remedy"))
        seed, at = str(command["id"]), self.now()
        if not seed:
            raise ValueError
        for number, step in enumerate(steps):
            if isinstance(step.what, Coding):
                self.store.append_codings([replace(step.what, id=_derived(seed, number), at=at)])
                if step.what.action == "add":
                    self._use(step.what.code)
                self._read([step.target])
            elif step.kind == "memo":
                memo = Memo(_derived(self.coder, step.target), step.target, step.what, self.coder, at)
                self.store.append_memos([memo])
                self._memos.pop(step.target, None)
                if step.what:
                    self._memos[step.target] = step.what
            elif step.kind == "finish":
                self.store.append_finished(self.coder, step.target, at)
                self._read([step.target])
            else:
                self.store.unfinish(self.coder, step.target, at)
                self._read([step.target])

    def _read(self, note_ids: Sequence[str]) -> None:
        """Read from the store what this coder has on the notes, also what another window has stored."""
        if not self.coder:
            return
        self._seen |= set(note_ids)
        for note_id in note_ids:
            self._times.subtract(code for _, _, code in self._standing.pop(note_id, ()))
            self._refused.pop(note_id, None)
            self._finished.discard(note_id)
            self._memos.pop(f"note:{note_id}", None)
        for coding in self.store.codings(note_ids, [self.coder]):
            self._stand(coding)
        for event in self.store.history(note_ids, [self.coder]):
            self._hear(event)
        self._finished |= {note_id for who, note_id in self.store.finished(note_ids) if who == self.coder}
        for memo in self.store.memos([f"note:{note_id}" for note_id in note_ids]):
            if memo.author == self.coder:
                self._memos[memo.target] = memo.text

    def _read_codings(self) -> None:
        """Read every coding of the coder, once; only tallies and the filter for uncoded notes need them all."""
        if not self.coder or self._tallied:
            return
        codings = self.store.codings(coders=[self.coder])
        self._standing.clear()
        self._times.clear()
        for coding in codings:
            self._stand(coding)
        latest = dict.fromkeys(coding.code for coding in reversed(codings))
        for code in reversed(list(islice(latest, RECENT))):
            self._use(code)
        self._tallied = True

    def _read_refusals(self) -> None:
        """Read every refusal, once; only ordering and filtering by suggestions need them all."""
        if self.coder and not self._refusals_known:
            for event in self.store.history(coders=[self.coder]):
                self._hear(event)
            self._refusals_known = True

    def _stand(self, coding: Coding) -> None:
        key = (coding.start, coding.end, coding.code)
        self._standing.setdefault(coding.note_id, {})[key] = coding
        self._times[coding.code] += 1

    def _hear(self, event: Coding) -> None:
        """Note whether an event refuses a suggestion, or takes that back; the latest about a place holds."""
        refused = self._refused.setdefault(event.note_id, set())
        key = (event.start, event.end, event.code)
        if event.action == "remove" and event.origin.startswith(REFUSED):
            refused.add(key)
        else:
            refused.discard(key)

    def _use(self, code: str) -> None:
        """Give the code a number key; the code not used for longest loses its own. Keys stay where they are."""
        if code in self._used:
            self._used.remove(code)
        self._used.append(code)
        if code in self._recent:
            return
        if len(self._recent) < RECENT:
            self._recent.append(code)
            return
        oldest = min(self._recent, key=self._used.index)
        self._recent[self._recent.index(oldest)] = code

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
            raise KafeError(tekst("workbench.error.note"), remedy=tekst("workbench.error.moved_remedy"))
        return self._notes[note_id]

    def _current(self, command: Command) -> Note:
        """Return the note that a command is about; what is stored on it is read if it never was."""
        note = self._known(command["note"])
        if note.id not in self._seen:
            self._read([note.id])
        return note

    def _own(self, note_id: str, coding_id: str) -> Coding | None:
        own = self._standing.get(note_id, {}).values()
        return next((coding for coding in own if coding.id == coding_id), None)

    def _name(self, code: str) -> str:
        return self.material.codebook[code].name if code in self.material.codebook else code

    def _check_code(self, code: str) -> None:
        codebook = self.material.codebook
        if code not in codebook or not codebook[code].codable or codebook[code].status == "retired":
            raise KafeError(
                tekst("workbench.error.code", name=self._name(code)),
                remedy=tekst("workbench.error.code_remedy"),
            )

    def _suggestion(self, command: Command) -> tuple[Note, Suggestion]:
        note = self._current(command)
        wanted = (int(command["start"]), int(command["end"]), str(command["code"]))
        for one in self.material.suggestions.get(note.id, ()):
            if (one.start, one.end, one.code) == wanted:
                return note, one
        raise KafeError(tekst("workbench.error.suggestion"), remedy=tekst("workbench.error.moved_remedy"))


def _put(coding: Coding) -> Step:
    return Step("coding", coding.note_id, coding)


def _derived(*parts: object) -> str:
    """Return an id of 32 hexadecimal digits that is the same for the same parts."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8")).hexdigest()[:32]
