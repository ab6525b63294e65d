"""What people have done on which notes, and what of it followed a correction: read from the store in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kafe.codebook.changes import earlier_ids
from kafe.origins import Act, is_machine_name, parse_origin
from kafe.records import Coding, Correction, Followed, Memo, Note

if TYPE_CHECKING:
    from kafe.store import Store

Mark = tuple[str, str, str]
"""Coder, note id, time."""


class Links:
    """Which note each corrected one became, by the corrections that hold."""

    def __init__(self, corrections: Iterable[Correction]):
        self.all = list(corrections)
        self.of: dict[str, list[Correction]] = defaultdict(list)
        for one in self.all:
            if one.action == "follow":
                self.of[one.old].append(one)
        self.ids = {one.id for own in self.of.values() for one in own}

    def resolve(self, note_id: str, gone: Iterable[str]) -> str:
        """Return the id of the note that a withdrawn one became in the end; its own where it became none."""
        away, seen = set(gone), {note_id}
        at = note_id
        while at in away and at in self.of:
            onward = [one.new for one in self.of[at] if one.new not in seen]
            if not onward:
                return at
            at = next((one for one in onward if one not in away), onward[0])
            seen.add(at)
        return at


def resolved(corrections: Iterable[Correction], gone: Iterable[str]) -> dict[str, str]:
    """Return withdrawn note → the note it became, for those that became one that is shown."""
    links, away = Links(corrections), set(gone)
    found = {note_id: links.resolve(note_id, away) for note_id in away}
    return {old: new for old, new in found.items() if new not in away}


@dataclass
class Work:
    """The notes shown and withdrawn, what stands on them, and what followed; `answers` are refusals and what was dropped.

    `before` gives the id of a recoded coding its earlier ones.
    """

    shown: Mapping[str, Note]
    gone: Mapping[str, Note]
    links: Links
    followed: list[Followed]
    codings: dict[str, list[Coding]] = field(default_factory=lambda: defaultdict(list))
    stale: set[str] = field(default_factory=set)
    answers: dict[str, list[Coding]] = field(default_factory=lambda: defaultdict(list))
    marks: dict[str, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    memos: dict[str, list[Memo]] = field(default_factory=lambda: defaultdict(list))
    before: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def notes(self) -> dict[str, Note]:
        """All notes by id."""
        return {**self.gone, **self.shown}

    def into(self, kind: str, act: str) -> str:
        """Return what an act became by a correction that holds; empty where it did not follow any."""
        for one in (act, *sorted(self.before.get(act, ()))):
            if found := self._became.get((kind, one)):
                return found
        return ""

    def came(self, kind: str, act: str) -> bool:
        """Return whether an act is where it is because it followed a correction that holds."""
        return any((kind, one) in self._arrived for one in (act, *self.before.get(act, ())))

    def is_anothers(self, into: str, act: str) -> bool:
        """Return whether a coding that another act became stands where this one would: they must not become one unseen."""
        own = {act, *self.before.get(act, ())}
        acts = {one.act for one in self.followed if one.kind == "coding" and one.into == into}
        back = any(one.act == into and one.into in own for one in self.followed)
        return bool(acts) and not acts & own and not back

    def stays(self, note_id: str, coding_id: str = "") -> bool:
        """Return whether people have said that the work on a note, or one coding, stays where it is."""
        ids = {coding_id, *self.before.get(coding_id, ())} if coding_id else set()
        said = {one.new for one in self.links.all if one.old == note_id and one.action == "leave"}
        return "" in said or any(f"coding:{one}" in said for one in ids)

    def __post_init__(self) -> None:
        self._became: dict[tuple[str, str], str] = {}
        self._arrived: set[tuple[str, str]] = set()
        told, self.followed = self.followed, []
        for one in told:
            self.tell(one)

    def tell(self, one: Followed) -> None:
        """Take in that an act followed a correction."""
        self.followed.append(one)
        if one.link in self.links.ids or one.link == TEXT:
            self._became[one.kind, one.act] = one.into
            self._arrived.add((one.kind, one.into))


TEXT = "text"
"""The link of a coding that followed a change of its note's text, not of the note."""


def read_work(store: Store) -> Work:
    """Return the work of the store."""
    shown = {note.id: note for note in store.notes()}
    gone = {note.id: note for note in store.withdrawn_notes()}
    work = Work(shown, gone, Links(store.corrections()), store.followed())
    history = store.history()
    work.before = earlier_ids(history)
    for coding in store.codings():
        work.codings[coding.note_id].append(coding)
    for coding in store.stale_codings():
        work.codings[coding.note_id].append(coding)
        work.stale.add(coding.id)
    _read_answers(work, [event for event in history if event.note_id in gone])
    for mark in store.finished_marks():
        work.marks[mark.note_id].append((mark.coder, mark.note_id, mark.at))
    note_of = {one.id: note_id for note_id, own in work.codings.items() for one in own}
    note_of |= {
        earlier: note_of[one] for one, ids in work.before.items() if one in note_of for earlier in ids
    }
    for memo in store.memos():
        kind, _, target = memo.target.partition(":")
        note_id = target if kind == "note" else note_of.get(target, "") if kind == "coding" else ""
        if note_id:
            work.memos[note_id].append(memo)
    for own in work.codings.values():
        own[:] = [one for one in own if not is_machine_name(one.coder)]
    return work


def unfollowed_memos(store: Store) -> list[Memo]:
    """Return the memos as they stand, each once: those of withdrawn notes only where they have not followed."""
    links = Links(store.corrections())
    followed = {one.act for one in store.followed() if one.kind == "memo" and one.link in links.ids}
    came = {one.into for one in store.followed()}
    shown = {note.id for note in store.notes()}
    codings = {one.id for one in store.codings() if one.note_id in shown}
    places = {f"note:{one}" for one in shown} | {f"coding:{one}" for one in codings}
    return [
        memo for memo in store.memos() if memo.target in places or memo.id not in followed or memo.id in came
    ]


def _read_answers(work: Work, history: Iterable[Coding]) -> None:
    """Find what says no on withdrawn notes: the latest event about a place, where that is a refusal or a consensus."""
    latest = {(one.note_id, one.start, one.end, one.code, one.coder): one for one in history}
    for one in latest.values():
        if one.action == "remove" and parse_origin(one.origin).act in (Act.REFUSED, Act.AGREED):
            work.answers[one.note_id].append(one)
