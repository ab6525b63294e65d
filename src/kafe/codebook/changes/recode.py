"""Which code a coding made under an earlier codebook stands for now, told by the codebook's operations."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from kafe.origins import parse_origin, recoded
from kafe.records import Codebook, CodebookOperation, Coding


class CodeMap:
    """Maps old code ids to today's, through renamings, mergings and splittings in their order."""

    def __init__(self, history: Sequence[CodebookOperation], codebook: Codebook):
        self.codebook = codebook
        self.steps = [_Step(operation) for operation in history if operation.kind in _MAPS]
        self.retired = _retirements(history, codebook)

    def trace(self, code: str, place: str = "", at: str = "") -> tuple[str, str]:
        """Return the code that `code` stands for now, and the id of the last operation that changed it.

        `place` (see `place_of`) and `at` find the part a coding was given to when its code was split.
        The code itself, and no operation, where none speaks of it.
        """
        found, operation = code, ""
        for step in self.steps:
            target = step.assigned(found, place, at)
            if not target and found not in self.codebook:
                target = step.target(found)
            if target and target != found:
                found, operation = target, step.id
        return (found, operation) if found in self.codebook else (code, "")

    def code(self, code: str, place: str = "", at: str = "") -> str:
        """Return the code that `code` stands for now."""
        return self.trace(code, place, at)[0]

    def split_before(self, code: str, at: str) -> bool:
        """Return whether a code that is no longer there was split before `at`."""
        gone = code not in self.codebook
        return gone and any(step.splits(code) and step.at[: len(at)] < at for step in self.steps)


def _retirements(history: Sequence[CodebookOperation], codebook: Codebook) -> dict[str, tuple[str, str]]:
    """Return retired code → when, and the code to use instead (empty when none was named)."""
    first = history[0].at if history else ""
    found = {code.id: (first, "") for code in codebook.codes if code.status == "retired"}
    for operation in history:
        detail = json.loads(operation.detail)
        if operation.kind == "retire" and detail["code"] in found:
            found[detail["code"]] = (operation.at, detail.get("replaced_by", ""))
        for code, fields in detail.get("changed", {}).items():
            if code in found and fields.get("status", ["", ""])[1] == "retired":
                found[code] = (operation.at, "")
    return found


class _Step:
    def __init__(self, operation: CodebookOperation):
        self.id, self.kind, self.at = operation.id, operation.kind, operation.at
        self.detail: dict[str, Any] = json.loads(operation.detail)
        self.map = _MAPS[operation.kind](self.detail)

    def target(self, code: str) -> str:
        return str(self.map.get(code, ""))

    def splits(self, code: str) -> bool:
        return self.kind == "split" and self.detail["code"] == code

    def assigned(self, code: str, place: str, at: str) -> str:
        if not self.splits(code) or at > self.at:
            return ""
        return str(self.detail.get("assign", {}).get(place, ""))


_MAPS: dict[str, Callable[[Mapping[str, Any]], dict[str, str]]] = {
    "rename": lambda detail: {detail["old"]: detail["new"]},
    "merge": lambda detail: dict.fromkeys(detail["codes"], detail["into"]),
    "split": lambda detail: {detail["code"]: detail["into"][0]},
}


def new_ids(kind: str, detail: Mapping[str, Any]) -> dict[str, str]:
    """Return old → new id of the codes that an operation has given another; empty where one became several."""
    if kind not in ("rename", "merge"):
        return {}
    return {old: new for old, new in _MAPS[kind](detail).items() if old != new}


def place_of(coding: Coding) -> str:
    """Return what tells a coding from others of the same code: note, span and coder."""
    return place_key(coding.note_id, coding.start, coding.end, coding.coder)


def place_key(note_id: str, start: int, end: int, coder: str) -> str:
    """Return the name of a coder's span: NOTE:START-END:CODER."""
    return f"{note_id}:{start}-{end}:{coder}"


class _Span(NamedTuple):
    note_id: str
    start: int
    end: int
    coder: str
    code: str


def recode(standing: Sequence[Coding], code_map: CodeMap, at: str) -> list[Coding]:
    """Return the events that recode standing codings to the codes they stand for now.

    Each is taken away under its old code and put on again under the new one, by the same coder, on the
    same span, with the coder's own time and memo; the origin names the operation and what it was before.
    Codings that meet on one span become one, with the memos of all. Ids follow from the operation and
    the coding, so doing it twice changes nothing.
    """
    there = {_span(coding, coding.code): coding for coding in standing}
    moved: dict[_Span, list[tuple[str, Coding]]] = defaultdict(list)
    removals = []
    for coding in standing:
        code, operation = code_map.trace(coding.code, place_of(coding), coding.at)
        if code != coding.code:
            identity = _event_id(operation, coding, "remove")
            removals.append(
                replace(
                    coding,
                    id=identity,
                    action="remove",
                    at=at,
                    origin=recoded(operation, coding.origin),
                    codebook_version=code_map.codebook.version,
                )
            )
            moved[_span(coding, code)].append((operation, coding))
    additions = []
    for span, arrivals in moved.items():
        first = there.get(span)
        operation, arrived = arrivals[0]
        everyone = ([first] if first else []) + [coding for _, coding in arrivals]
        memo = "\n".join(dict.fromkeys(one.memo for one in everyone if one.memo))
        if first is None or memo != first.memo:
            kept = first or arrived
            additions.append(
                replace(
                    kept,
                    id=_event_id(operation, arrived, "add"),
                    code=span.code,
                    memo=memo,
                    origin=recoded(operation, kept.origin),
                    codebook_version=code_map.codebook.version,
                )
            )
    return removals + additions


def _span(coding: Coding, code: str) -> _Span:
    return _Span(coding.note_id, coding.start, coding.end, coding.coder, code)


def _event_id(operation: str, coding: Coding, action: str) -> str:
    content = "\x1f".join((operation, coding.id, action))
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:32]


def earlier_ids(history: Iterable[Coding]) -> dict[str, frozenset[str]]:
    """Return the id of each coding that operations have recoded → its ids before that.

    `history` has every event about the codings, in order.
    """
    at_place: dict[tuple[str, int, int, str], list[Coding]] = defaultdict(list)
    found: dict[str, frozenset[str]] = {}
    for event in history:
        if event.action != "add":
            continue
        place = at_place[event.note_id, event.start, event.end, event.coder]
        if operation := parse_origin(event.origin).operation:
            for earlier in place:
                if _event_id(operation, earlier, "add") == event.id:
                    found[event.id] = found.get(earlier.id, frozenset()) | {earlier.id}
        place.append(event)
    return found
