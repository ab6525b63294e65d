"""What a coder did in earlier sessions, as it can be undone: read from the events, where it all is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from heapq import merge
from typing import TYPE_CHECKING

from kafe.messages import message
from kafe.origins import WORKBENCH, Act, parse_origin, reopened
from kafe.records import Coding, Note, text_hash
from kafe.workbench.command_session import Action, Write
from kafe.workbench.material import CodingMaterial

if TYPE_CHECKING:
    from kafe.store import Store

Key = tuple[str | int, ...]
State = Coding | str | None
"""A coding that stands or a refusal, the text of a memo, `finish`; None: nothing."""
FINISHED = "finish"


@dataclass(frozen=True, slots=True)
class EarlierChange:
    """One event of the coder: what was there `before` it and `after`. `mine`: made in the workbench."""

    at: str
    key: Key
    before: State
    after: State
    mine: bool = True


def earlier_changes(
    store: Store, coder: str, notes: Mapping[str, Note], *, before: str
) -> list[EarlierChange]:
    """Return the coder's changes from before a time that still hold, the latest last.

    A change and what took it back again are both left out, and so is what something other than the
    workbench has changed since, as a merge of codes does. Codings of an earlier text cannot be undone.
    """
    texts = {note_id: text_hash(note.text) for note_id, note in notes.items()}
    held: list[EarlierChange] = []
    cut: dict[Key, int] = {}
    changes = merge(
        _codings(one for one in store.history(coders=[coder]) if texts.get(one.note_id) == one.text_hash),
        _marks((note, action, at) for who, note, action, at in store.mark_history() if who == coder),
        _memos((memo.target, memo.text, memo.at) for memo in store.memo_history() if memo.author == coder),
        key=lambda change: change.at,
    )
    for change in changes:
        if change.at >= before or not _known(change, notes):
            continue
        if not change.mine:
            cut[change.key] = len(held)
        elif held and _undoes(change, held[-1]):
            held.pop()
        elif _plain(change.before) != _plain(change.after):
            held.append(change)
    return [change for place, change in enumerate(held) if place >= cut.get(change.key, 0)]


def as_action(change: EarlierChange, material: CodingMaterial) -> Action:
    """Return the change as an action that can be undone and done again."""
    note_id = str(change.key[1]) if change.key[0] != "code" else ""
    there, back = _write(change, change.before, change.after), _write(change, change.after, change.before)
    return Action(note_id, _said(change, material), (there,), (back,))


def _codings(events: Iterable[Coding]) -> Iterable[EarlierChange]:
    now: dict[Key, Coding | None] = {}
    for event in events:
        key = ("coding", event.note_id, event.start, event.end, event.code)
        said = parse_origin(event.origin)
        came = said.act
        stands = event.action == "add" or came is Act.REFUSED
        mine = came in (Act.BY_HAND, Act.ACCEPTED, Act.REFUSED, Act.REOPENED) and not said.link
        yield EarlierChange(event.at, key, now.get(key), event if stands else None, mine)
        now[key] = event if stands else None


def _marks(marks: Iterable[tuple[str, str, str]]) -> Iterable[EarlierChange]:
    now: dict[str, State] = {}
    for note_id, action, at in marks:
        after = FINISHED if action == FINISHED else None
        yield EarlierChange(at, ("mark", note_id), now.get(note_id), after)
        now[note_id] = after


def _memos(memos: Iterable[tuple[str, str, str]]) -> Iterable[EarlierChange]:
    now: dict[str, str] = {}
    for target, text, at in memos:
        kind, _, about = target.partition(":")
        if kind in ("note", "code"):
            yield EarlierChange(at, (kind, about), now.get(target, ""), text)
            now[target] = text


def _known(change: EarlierChange, notes: Mapping[str, Note]) -> bool:
    return change.key[0] == "code" or change.key[1] in notes


def _undoes(change: EarlierChange, earlier: EarlierChange) -> bool:
    return (
        change.key == earlier.key
        and _plain(change.before) == _plain(earlier.after)
        and _plain(change.after) == _plain(earlier.before)
    )


def _plain(state: State) -> object:
    return (state.action, state.memo, state.origin) if isinstance(state, Coding) else state


def _write(change: EarlierChange, old: State, new: State) -> Write:
    kind, about = str(change.key[0]), str(change.key[1])
    if kind == "mark":
        return Write("finish" if new else "unfinish", about)
    if kind in ("note", "code"):
        return Write("memo", f"{kind}:{about}", new if isinstance(new, str) else "")
    if isinstance(new, Coding):
        return Write("coding", about, new)
    if not isinstance(old, Coding):
        raise TypeError("a change of a coding has one before or after")
    if old.action == "remove":
        return Write("coding", about, replace(old, origin=reopened(parse_origin(old.origin).source)))
    return Write("coding", about, replace(old, action="remove", origin=WORKBENCH))


def _said(change: EarlierChange, material: CodingMaterial) -> str:
    before, after = change.before, change.after
    if change.key[0] == "mark":
        return message("workbench.said.finished" if after else "workbench.said.unfinished")
    if change.key[0] in ("note", "code"):
        return message("workbench.said.memo" if after else "workbench.said.memo_gone")
    code = str(change.key[-1])
    name = material.code_name(code)
    if not isinstance(after, Coding):
        return message("workbench.said.uncoded", name=name)
    if after.action == "remove":
        return message("workbench.said.refused", name=name)
    if isinstance(before, Coding) and before.action == "add" and before.memo != after.memo:
        return message("workbench.said.memo" if after.memo else "workbench.said.memo_gone")
    return message("workbench.said.coded", name=name)
