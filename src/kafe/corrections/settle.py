"""Corrections recognised by rule, and settled by people: followed, refused, left, and undone again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from kafe.corrections.carry import carry, copied
from kafe.corrections.match import Matched, match_notes
from kafe.corrections.work import Links, read_work
from kafe.messages import message
from kafe.origins import WORKBENCH, Act, parse_origin
from kafe.records import Correction, Followed, KafeError, derived_id

if TYPE_CHECKING:
    from kafe.store import Store

RULE = "rule:corrections-1"
"""Who says that a note became another where kafe does."""


def recognise(store: Store, at: str) -> int:
    """Return how many notes were recognised as corrected, after their work has followed where that is certain.

    Where a note is back as it was, what followed is taken back and stands where it stood; what was done on
    its other form since follows it, when that form is gone.
    """
    turned_back = _part(store, at)
    links = Links(store.corrections())
    found = {new: old for old, new in turned_back if new not in links.of}
    for pair in match(store, listed=False).certain:
        found.setdefault(pair.old, pair.new)
    said = Counter((one.old, one.new) for one in store.correction_history())
    store.append_corrections(
        Correction(derived_id("follow", old, new, RULE, said[old, new]), old, new, "follow", RULE, at)
        for old, new in found.items()
    )
    carry(store, at)
    return len(found)


def _part(store: Store, at: str) -> list[tuple[str, str]]:
    """Take back what followed from notes that are shown again; return those whose other form is gone, with that form."""
    shown = {note_id for note_id, (_, since) in store.shown_periods().items() if not since}
    parted = []
    for one in store.corrections():
        if one.action == "follow" and one.old in shown:
            _remove_what_was_removed(store, one, at)
            _take_back(store, one, at)
            said = sum((one.old, one.new) == (other.old, other.new) for other in store.correction_history())
            identity = derived_id("undo", one.old, one.new, RULE, said)
            store.append_corrections([Correction(identity, one.old, one.new, "undo", RULE, at)])
            if one.new not in shown:
                parted.append((one.old, one.new))
    return parted


def _remove_what_was_removed(store: Store, link: Correction, at: str) -> None:
    """Take away from a note that is shown again the codings that their coder has removed from its other form."""
    work = read_work(store)
    stands = {
        name
        for own in work.codings.values()
        for one in own
        for name in (one.id, *work.before.get(one.id, ()))
    }
    latest = {(one.start, one.end, one.code, one.coder): one for one in store.history([link.new])}
    removed = {
        key
        for key, one in latest.items()
        if one.action == "remove" and parse_origin(one.origin).act is Act.BY_HAND
    }
    added = {
        one.id: (one.start, one.end, one.code, one.coder)
        for one in store.history([link.new])
        if one.action == "add"
    }
    gone = {
        one.act
        for one in work.followed
        if one.link == link.id
        and one.kind == "coding"
        and one.into not in stands
        and added.get(one.into) in removed
    }
    store.append_codings(
        replace(
            coding, id=derived_id("removed", link.id, coding.id), action="remove", at=at, origin=WORKBENCH
        )
        for coding in work.codings.get(link.old, ())
        if gone & {coding.id, *work.before.get(coding.id, ())}
    )


def match(store: Store, *, listed: bool = True) -> Matched:
    """Return what the withdrawn notes that have not become another may have become.

    With `listed` only those that someone has worked on, and all that is possible for them.
    """
    corrections = store.corrections()
    links = Links(corrections)
    gone, periods = store.withdrawn_notes(), store.shown_periods()
    if listed:
        work = read_work(store)
        at_work = {*work.codings, *work.marks, *work.memos}
        at_work |= {one.target.removeprefix("note:") for one in store.decisions()}
        gone = [note for note in gone if note.id in at_work]
    else:
        last = max((first for first, since in periods.values() if not since), default="")
        gone = [note for note in gone if not _shown_then(periods[note.id]) or periods[note.id][1] <= last]
    said = {(one.old, one.new) for one in corrections if one.action == "refuse"}
    return match_notes(
        [note for note in gone if note.id not in links.of] if not listed else gone,
        store.notes(),
        periods=periods,
        taken=[one.new for own in links.of.values() for one in own],
        apart=said,
        waiting={one.old for one in corrections if one.action in ("undo", "leave") and one.who != RULE},
        together=listed,
    )


def _shown_then(period: tuple[str, str]) -> bool:
    return period[0] < period[1]


def follow(store: Store, old: str, new: str, *, who: str, at: str) -> int:
    """Say that the note `old` became `new`; return how many acts followed. Raises KafeError for an unknown note."""
    _known(store, old, new)
    for one in store.corrections():
        if one.action == "follow" and (one.old, one.new) == (new, old):
            _take_back(store, one, at)
            _say(store, new, old, "undo", who, at)
    _say(store, old, new, "follow", who, at)
    return carry(store, at)


def refuse(store: Store, old: str, new: str, *, who: str, at: str) -> None:
    """Say that `new` is not what `old` became. Raises KafeError for an unknown note."""
    _known(store, old, new)
    _say(store, old, new, "refuse", who, at)


def leave(store: Store, old: str, *, who: str, at: str, coding: str = "") -> None:
    """Say that the work on a withdrawn note, or one coding, stays with it and waits no more. Raises KafeError."""
    _known(store, old)
    _say(store, old, f"coding:{coding}" if coding else "", "leave", who, at)


def put_coding(store: Store, coding: str, new: str, start: int, end: int, *, who: str, at: str) -> int:
    """Put a waiting coding on a span of the note that its own became; return how many acts followed.

    Raises KafeError where there is no such coding, note or span.
    """
    work = read_work(store)
    one = next((one for own in work.codings.values() for one in own if one.id == coding), None)
    target = work.notes.get(new)
    if one is None or target is None or not 0 <= start < end <= len(target.text):
        raise KafeError(
            message("corrections.error.no_coding"), remedy=message("corrections.remedy.no_coding")
        )
    if not any(link.new == new for link in work.links.of.get(one.note_id, ())) and one.note_id != new:
        _say(store, one.note_id, new, "follow", who, at)
    link = next(
        (link.id for link in Links(store.corrections()).of.get(one.note_id, ()) if link.new == new), "text"
    )
    event = copied(one, link, target, start, end)
    store.append_codings([event])
    if one.note_id == new and (one.start, one.end) != (start, end):
        away = replace(
            one, id=derived_id("away", event.id), action="remove", at=at, origin=f"followed:{link}"
        )
        store.append_codings([away])
    store.append_followed([Followed(link, "coding", one.id, event.id, at)])
    return 1 + carry(store, at)


def undo(store: Store, old: str, *, who: str, at: str) -> int:
    """Take back what was last said of a note; return how many acts went back and wait again.

    What people did on the new note itself stays there. Raises KafeError where nothing was said.
    """
    said = [one for one in store.corrections() if one.old == old and one.action != "undo"]
    if not said:
        raise KafeError(
            message("corrections.error.nothing", id=old), remedy=message("corrections.remedy.nothing")
        )
    last = said[-1]
    count = _take_back(store, last, at) if last.action == "follow" else 0
    _say(store, old, last.new, "undo", who, at)
    return count


@dataclass
class _Taking:
    """What to take back: codings by event, finished marks and memos."""

    codings: list[str]
    marks: list[tuple[str, str]]
    memos: list[str]


def _take_back(store: Store, link: Correction, at: str) -> int:
    work = read_work(store)
    taking = _Taking([], [], [])
    pending = [one for one in work.followed if one.link == link.id]
    seen: set[tuple[str, str]] = set()
    while pending:
        one = pending.pop()
        if (one.kind, one.into) in seen:
            continue
        seen.add((one.kind, one.into))
        if one.kind == "coding":
            taking.codings.append(one.into)
        elif one.kind == "finished":
            coder, _, note_id = one.into.rpartition(" ")
            taking.marks.append((coder, note_id))
        else:
            taking.memos.append(one.into)
        pending += [
            other for other in work.followed if (other.kind, other.act) == (one.kind, one.into) and other.link in work.links.ids
        ]  # fmt: skip
    wanted = set(taking.codings)
    gone_back = [
        replace(
            one,
            id=derived_id("undo", link.id, one.id, at),
            action="remove",
            at=at,
            origin=f"followed:{link.id}",
        )
        for own in work.codings.values()
        for one in own
        if wanted & {one.id, *work.before.get(one.id, ())} and parse_origin(one.origin).link
    ]
    store.append_codings(gone_back)
    origins = {(one.coder, one.note_id): one.origin for one in store.finished_marks()}
    marks = [both for both in taking.marks if origins.get(both, "").startswith("followed:")]
    for coder, note_id in marks:
        store.unfinish(coder, note_id, at)
    texts = {memo.id: memo.text for own in work.memos.values() for memo in own}
    first = {one.into: texts.get(one.act) for one in work.followed if one.kind == "memo"}
    memos = [
        replace(memo, text="", at=at)
        for own in work.memos.values()
        for memo in own
        if memo.id in taking.memos and first.get(memo.id) == memo.text
    ]
    store.append_memos(memos)
    return len(gone_back) + len(marks) + len(memos)


def _say(
    store: Store, old: str, new: str, action: Literal["follow", "undo", "refuse", "leave"], who: str, at: str
) -> None:
    identity = derived_id(action, old, new, who, at)
    store.append_corrections([Correction(identity, old, new, action, who, at)])


def _known(store: Store, *ids: str) -> None:
    known: Iterable[str] = store.shown_periods()
    for note_id in ids:
        if note_id not in known:
            raise KafeError(
                message("corrections.error.no_note", id=note_id), remedy=message("corrections.remedy.no_note")
            )
