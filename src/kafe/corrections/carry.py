"""What people did on a corrected note, done again on the note it became: as events with their own names and times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kafe.corrections.anchor import Anchor, anchor, anchor_quote
from kafe.corrections.work import TEXT, Mark, Work, read_work
from kafe.origins import CONSENSUS_CODER, carried
from kafe.records import Coding, Correction, Followed, Memo, Note, derived_id, text_hash

if TYPE_CHECKING:
    from kafe.store import Store

_ROUNDS = 12
"""Corrections of corrections that are followed in one go."""


@dataclass
class _Batch:
    codings: list[Coding] = field(default_factory=list)
    marks: list[tuple[str, Mark]] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)
    followed: list[Followed] = field(default_factory=list)


def carry(store: Store, at: str) -> int:
    """Return how many acts followed the corrections that hold, for all that is certain; the rest waits.

    Nothing is taken from the withdrawn notes. Doing it again changes nothing.
    """
    count = 0
    for _ in range(_ROUNDS):
        work = read_work(store)
        batch = _Batch()
        for note_id in sorted(work.gone.keys() & work.links.of.keys()):
            for link in work.links.of[note_id]:
                if link.new in work.notes and link.new != note_id and not work.stays(note_id):
                    _follow(work, link, batch, at)
        _follow_texts(work, batch, at)
        if not batch.followed:
            return count
        _store(store, batch, at)
        count += len(batch.followed)
    return count


def place(work: Work, coding: Coding, target: Note) -> Anchor:
    """Return where a coding stands in the text of another note."""
    if coding.id in work.stale:
        return anchor_quote(coding.quote, target.text)
    return anchor(work.notes[coding.note_id].text, target.text, coding.start, coding.end)


def copied(
    coding: Coding, link: str, target: Note, start: int, end: int, ids: Mapping[str, str] | None = None
) -> Coding:
    """Return the event that puts a coding, or an answer, on a span of the note that its own became."""
    return replace(
        coding,
        id=derived_id("followed", link, coding.id, start, end),
        note_id=target.id,
        start=start,
        end=end,
        quote=target.text[start:end],
        text_hash=text_hash(target.text),
        origin=carried(link, coding.origin, ids or {}),
    )


def _follow(work: Work, link: Correction, batch: _Batch, at: str) -> None:
    target = work.notes[link.new]
    standing = {_key(one): one.id for one in work.codings.get(target.id, ()) if one.id not in work.stale}
    ids: dict[str, str] = {one.act: one.into for one in work.followed if one.kind == "coding"}
    acts = [*work.codings.get(link.old, ()), *work.answers.get(link.old, ())]
    for coding in sorted(acts, key=lambda one: (one.coder == CONSENSUS_CODER, one.start, one.end, one.id)):
        if work.into("coding", coding.id) or work.stays(link.old, coding.id):
            continue
        where = place(work, coding, target)
        if where.doubt:
            continue
        event = copied(coding, link.id, target, where.start, where.end, ids)
        into = standing.get(_key(event), "")
        if into and event.action == "add" and work.is_anothers(into, coding.id):
            continue
        if not into:
            batch.codings.append(event)
            into = event.id
            if event.action == "add":
                standing[_key(event)] = event.id
        ids.update(dict.fromkeys((coding.id, *work.before.get(coding.id, ())), into))
        _tell(work, batch, Followed(link.id, "coding", coding.id, into, at))
    _follow_marks(work, link, batch, at)
    _follow_memos(work, link, batch, at)


def _follow_marks(work: Work, link: Correction, batch: _Batch, at: str) -> None:
    """A finished mark follows when all that its coder did on the note has: what is not coded counts as a no."""
    for coder, note_id, when in work.marks.get(link.old, ()):
        act = f"{coder} {note_id}"
        own = [one for one in work.codings.get(note_id, ()) if one.coder == coder]
        whole = all(work.into("coding", one.id) or work.stays(note_id, one.id) for one in own)
        if whole and not work.into("finished", act):
            batch.marks.append((link.id, (coder, link.new, when)))
            _tell(work, batch, Followed(link.id, "finished", act, f"{coder} {link.new}", at))


def _follow_memos(work: Work, link: Correction, batch: _Batch, at: str) -> None:
    there = {memo.id: memo for memo in work.memos.get(link.new, ())}
    for memo in work.memos.get(link.old, ()):
        kind, _, about = memo.target.partition(":")
        into = link.new if kind == "note" else work.into("coding", about)
        if not into or work.into("memo", memo.id):
            continue
        target = f"{kind}:{into}"
        own = derived_id(memo.author, memo.target) == memo.id
        identity = derived_id(memo.author, target) if own else derived_id("followed", memo.id, target)
        same = next(
            (one for one in there.values() if (one.target, one.text, one.author) == (target, memo.text, memo.author)), None
        )  # fmt: skip
        if same:
            _tell(work, batch, Followed(link.id, "memo", memo.id, same.id, at))
            continue
        if identity in there:
            identity = derived_id("followed", memo.id, target)
        batch.memos.append(replace(memo, id=identity, target=target))
        _tell(work, batch, Followed(link.id, "memo", memo.id, identity, at))


def _follow_texts(work: Work, batch: _Batch, at: str) -> None:
    """Move codings to their words where a shown note has got another text, as when a name in it is masked."""
    for note_id, note in sorted(work.shown.items()):
        for coding in work.codings.get(note_id, ()):
            if coding.id not in work.stale or work.stays(note_id, coding.id):
                continue
            where = anchor_quote(coding.quote, note.text)
            if where.doubt:
                continue
            event = copied(coding, TEXT, note, where.start, where.end)
            event = replace(event, id=derived_id(event.id, event.text_hash))
            if (coding.start, coding.end) != (event.start, event.end):
                batch.codings.append(
                    replace(
                        coding,
                        id=derived_id("away", event.id),
                        action="remove",
                        at=at,
                        origin=f"followed:{TEXT}",
                    )
                )
            batch.codings.append(event)
            _tell(work, batch, Followed(TEXT, "coding", coding.id, event.id, at))


def _tell(work: Work, batch: _Batch, followed: Followed) -> None:
    batch.followed.append(followed)
    work.tell(followed)


def _store(store: Store, batch: _Batch, at: str) -> None:
    store.append_codings(batch.codings)
    for link, mark in batch.marks:
        store.append_finished_marks([mark], f"followed:{link}")
    finished = store.finished([mark[1] for _, mark in batch.marks])
    for link, (coder, note_id, _) in batch.marks:
        if (coder, note_id) not in finished:
            store.append_finished_marks([(coder, note_id, at)], f"followed:{link}")
    store.append_memos(batch.memos)
    held = {memo.id for memo in store.memos([memo.target for memo in batch.memos])}
    store.append_memos(replace(memo, at=at) for memo in batch.memos if memo.id not in held)
    store.append_followed(batch.followed)


def _key(coding: Coding) -> tuple[str, int, int, str, str]:
    return coding.note_id, coding.start, coding.end, coding.code, coding.coder
