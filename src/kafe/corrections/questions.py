"""What people are asked about work that waits, and what their answers do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kafe.clock import now_ms
from kafe.corrections import settle
from kafe.corrections.waiting import Standing, WaitingAct, standing
from kafe.messages import message
from kafe.records import Note

if TYPE_CHECKING:
    from kafe.store import Store

CLOSE = ("gone", "several_places", "edited", "masked", "together")
"""Why a single coding waits although its note is known."""


@dataclass(frozen=True)
class Question:
    """What a person is asked: is the withdrawn note `old` one of `possible`, or where does one coding stand.

    `coding` is the waiting coding where that is asked; then the first of `possible` is the note that it is about.
    """

    old: Note
    acts: tuple[WaitingAct, ...]
    possible: tuple[Note, ...]
    coding: WaitingAct | None = None

    @property
    def words(self) -> str:
        """What waits, counted: «2 kodinger, 1 notat»."""
        return counted([act.kind for act in self.acts])


def counted(kinds: Sequence[str]) -> str:
    """Return kinds of acts in words with their numbers."""
    parts = []
    for kind in ("coding", "finished", "memo", "decision"):
        if count := kinds.count(kind):
            parts.append(message(f"corrections.count.{kind}.{'one' if count == 1 else 'many'}", count=count))
    return ", ".join(parts)


def as_json(stands: Standing) -> dict[str, object]:
    """Return what `kafe relink --json` prints: held, followed, open, left, and the items that are open."""
    return {
        "held": stands.held,
        "followed": stands.followed,
        "open": len(stands.waiting),
        "left": stands.left,
        "items": [{"note": act.note, "kind": act.kind, "reason": str(act.reason)} for act in stands.waiting],
    }


def questions(store: Store) -> list[Question]:
    """Return what people must settle, in order of note: first whole notes, then single codings."""
    notes = {note.id: note for note in store.notes(include_withdrawn=True)}
    shown = {note.id for note in store.notes()}
    whole: list[Question] = []
    single: list[Question] = []
    waiting = sorted(standing(store).waiting, key=lambda act: act.note)
    for note_id, group in groupby(waiting, key=lambda act: act.note):
        acts = tuple(group)
        old = notes[note_id]
        close = [act for act in acts if act.kind == "coding" and act.why in CLOSE]
        for act in close:
            there = tuple(notes[one] for one in act.possible if one in notes)
            single.append(Question(old, (act,), there, act))
        if any(act.why not in (*CLOSE, "with_codings") for act in acts):
            there = tuple(notes[one] for act in acts[:1] for one in act.possible if one in shown)
            whole.append(Question(old, acts, there))
    return whole + single


def accept(store: Store, question: Question, note_id: str, who: str) -> int:
    """Say that the question's note became `note_id`; return how many acts followed. Raises KafeError."""
    return settle.follow(store, question.old.id, note_id, who=who, at=now_ms())


def place_coding(store: Store, question: Question, who: str, *, whole: bool) -> int:
    """Put the question's coding where it was shown, or on the `whole` note; return how many acts followed."""
    act, target = question.coding, question.possible[0]
    if act is None:
        return 0
    start, end = (0, len(target.text)) if whole or act.end <= act.start else (act.start, act.end)
    return settle.put_coding(store, act.act, target.id, start, end, who=who, at=now_ms())


def refuse(store: Store, question: Question, note_id: str, who: str) -> None:
    """Say that the question's note is another than `note_id`."""
    settle.refuse(store, question.old.id, note_id, who=who, at=now_ms())


def leave(store: Store, question: Question, who: str) -> None:
    """Say that the work stays with the earlier note."""
    coding = question.coding.act if question.coding else ""
    settle.leave(store, question.old.id, who=who, at=now_ms(), coding=coding)
