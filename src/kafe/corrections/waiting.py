"""What of people's work stands on shown notes, what followed a correction, and what waits to be relinked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kafe.corrections.anchor import Anchor
from kafe.corrections.carry import place
from kafe.corrections.match import Pair
from kafe.corrections.settle import match
from kafe.corrections.work import Work, read_work
from kafe.messages import message
from kafe.origins import is_machine_name
from kafe.records import Coding, Decision, Row

if TYPE_CHECKING:
    from kafe.store import Store

ActKind = Literal["coding", "finished", "memo", "decision"]
Reason = Literal[
    "none",
    "unsure",
    "several",
    "undone",
    "gone",
    "several_places",
    "edited",
    "with_codings",
    "masked",
    "together",
]


@dataclass(frozen=True, slots=True)
class WaitingAct:
    """An act of a person that waits: on which note, what it is, why, and what it may be linked to.

    `act` is the id of the coding or memo, the coder of a finished mark, or the target of a decision; `possible`
    are ids of shown notes, the likest first; `start` and `end` are where a coding would stand in the first.
    """

    note: str
    kind: ActKind
    act: str
    why: Reason
    who: str = ""
    quote: str = ""
    code: str = ""
    possible: tuple[str, ...] = ()
    start: int = 0
    end: int = 0

    @property
    def reason(self) -> str:
        """Why it waits, in words."""
        return message(f"corrections.reason.{self.why}")

    def row(self) -> Row:
        """Return it as a row of a table: the fields by name, of notes by id."""
        return {
            "note_id": self.note,
            "kind": self.kind,
            "why": self.why,
            "who": self.who,
            "code": self.code,
            "possible": list(self.possible),
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """How many acts stand on shown notes, how many of those followed a correction, and those that wait.

    `left` are those that people have decided to leave with a withdrawn note.
    """

    held: int
    followed: int
    left: int
    waiting: tuple[WaitingAct, ...]


def standing(store: Store, decisions: Iterable[Decision] | None = None) -> Standing:
    """Return where people's work stands; `decisions` are those that the store has not got yet, too."""
    work = read_work(store)
    possible = match(store).possible
    acts = [*store.decisions(), *(decisions or ())]
    decided = {one.target.removeprefix("note:"): one for one in acts if one.target.startswith("note:")}
    waiting: list[WaitingAct] = []
    held = followed = left = 0
    for note_id in sorted(work.shown):
        own = [one for one in work.codings.get(note_id, ()) if one.id not in work.stale]
        memos, marks = work.memos.get(note_id, ()), work.marks.get(note_id, ())
        held += len(own) + len(memos) + len(marks)
        followed += sum(work.came("coding", one.id) for one in own)
        followed += sum(work.came("memo", memo.id) for memo in memos)
        followed += sum(work.came("finished", f"{coder} {note_id}") for coder, _, _ in marks)
        waiting += [
            WaitingAct(note_id, "coding", one.id, "masked", one.coder, one.quote, one.code, (note_id,))
            for one in work.codings.get(note_id, ())
            if one.id in work.stale and not work.stays(note_id, one.id)
        ]
    for note_id in sorted(work.gone):
        found = list(_waiting(work, note_id, possible.get(note_id, ())))
        kept = [one for one in found if work.stays(note_id, one.act if one.kind == "coding" else "")]
        left += len(kept)
        waiting += [one for one in found if one not in kept]
    for target, decision in sorted(decided.items()):
        became = work.links.resolve(target, work.gone)
        if became in work.shown:
            held += 1
            followed += became != target
        elif target in work.gone and work.stays(target):
            left += 1
        elif target in work.gone:
            why, other = _of_note(work, target, possible.get(target, ()))
            waiting.append(WaitingAct(target, "decision", decision.target, why, decision.who, possible=other))
    return Standing(held, followed, left, tuple(waiting))


def _waiting(work: Work, note_id: str, pairs: Iterable[Pair]) -> Iterable[WaitingAct]:
    links = work.links.of.get(note_id, ())
    why, other = _of_note(work, note_id, pairs)
    for coding in work.codings.get(note_id, ()):
        if not work.into("coding", coding.id):
            yield _coding(work, coding, why, other)
    for coder, _, _ in work.marks.get(note_id, ()):
        if not work.into("finished", f"{coder} {note_id}"):
            yield WaitingAct(
                note_id, "finished", coder, "with_codings" if links else why, coder, possible=other
            )
    for memo in work.memos.get(note_id, ()):
        if not work.into("memo", memo.id):
            reason: Reason = "with_codings" if links else why
            yield WaitingAct(note_id, "memo", memo.id, reason, memo.author, possible=other)


def _coding(work: Work, coding: Coding, why: Reason, other: tuple[str, ...]) -> WaitingAct:
    target = work.notes.get(other[0]) if other else None
    where = place(work, coding, target) if target else Anchor(0, 0)
    if work.links.of.get(coding.note_id):
        why = _DOUBTS.get(where.doubt, "together")
    return WaitingAct(
        coding.note_id, "coding", coding.id, why, coding.coder, coding.quote, coding.code, other, where.start, where.end
    )  # fmt: skip


_DOUBTS: Mapping[str, Reason] = {"gone": "gone", "several": "several_places", "edited": "edited"}


def _of_note(work: Work, note_id: str, pairs: Iterable[Pair]) -> tuple[Reason, tuple[str, ...]]:
    """Return why the work on a note waits as a whole, and the notes it may have become, the likest first."""
    links = tuple(link.new for link in work.links.of.get(note_id, ()))
    other = tuple(dict.fromkeys((*links, *(pair.new for pair in pairs))))
    if any(
        one.old == note_id and one.action == "undo" and not is_machine_name(one.who) for one in work.links.all
    ):
        return "undone", other
    return ("several" if len(other) > 1 else "unsure" if other else "none"), other
