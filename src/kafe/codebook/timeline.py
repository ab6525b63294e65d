"""The codebook's history and people's memos, in words."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kafe.messages import message
from kafe.records import CodebookOperation, Coding, Memo

MOST_PLACES = 5
Kind = Literal["note", "code", "coding", "project"]


@dataclass(frozen=True, slots=True)
class Remark:
    """A memo: what it is about (`kind`, and the note and code where it has them), who wrote it, and when."""

    kind: Kind
    note_id: str
    code: str
    quote: str
    text: str
    author: str
    at: str


def remarks(memos: Iterable[Memo], codings: Sequence[Coding]) -> list[Remark]:
    """Return the memos as they stand, and those written on codings as they were made, the latest first.

    A memo on a coding that no longer stands has no note and no code.
    """
    by_id = {coding.id: coding for coding in codings}
    found = [
        Remark("coding", one.note_id, one.code, one.quote, one.memo, one.coder, one.at)
        for one in codings
        if one.memo.strip()
    ]
    for memo in memos:
        kind, _, target = memo.target.partition(":")
        coding = by_id.get(target) if kind == "coding" else None
        note_id = target if kind == "note" else coding.note_id if coding else ""
        code = target if kind == "code" else coding.code if coding else ""
        quote = coding.quote if coding else ""
        found.append(Remark(_KINDS[kind], note_id, code, quote, memo.text, memo.author, memo.at))
    return sorted(found, key=lambda one: (one.at, one.author, one.text), reverse=True)


_KINDS: Mapping[str, Kind] = {"note": "note", "code": "code", "coding": "coding", "project": "project"}


def sentence(operation: CodebookOperation) -> str:
    """Return what an operation did to the codebook, in words."""
    detail = json.loads(operation.detail)
    if operation.kind in ("edit", "add"):
        if not operation.before:
            return message("coding_codebook.history.first", count=len(detail["added"]))
        parts = [
            message(f"coding_codebook.history.{key}", codes=", ".join(detail[key]))
            for key in ("added", "removed")
            if detail[key]
        ]
        parts += [
            message("coding_codebook.history.changed", code=code, fields=", ".join(field_names(changed)))
            for code, changed in detail["changed"].items()
        ]
        return "; ".join(parts) or message("coding_codebook.history.order")
    if operation.kind == "import":
        add, fill = len(detail["add"]), len(detail["fill"])
        return message("coding_codebook.history.import", file=detail["file"], add=add, fill=fill)
    values: dict[str, Any] = {
        key: ", ".join(value) if isinstance(value, list) else value
        for key, value in detail.items()
        if not isinstance(value, dict)
    }
    key = "retire_replaced" if detail.get("replaced_by") else operation.kind
    if operation.kind == "move" and not detail["under"]:
        key = "move_top"
    said = message(f"coding_codebook.history.{key}", **values)
    elsewhere = [f"{file} ({_listed(places)})" for file, places in detail.get("elsewhere", {}).items()]
    if not elsewhere:
        return said
    return message("coding_codebook.history.elsewhere", what=said, places=", ".join(elsewhere))


def _listed(places: Sequence[str]) -> str:
    if len(places) > MOST_PLACES:
        return message("coding_codebook.history.places", count=len(places))
    return ", ".join(places)


def field_names(changed: Iterable[str]) -> list[str]:
    """Return what a codebook's file calls these fields of a code."""
    return [message(f"coding_codebook.field.{name}") for name in changed]


def timeline(operations: Iterable[CodebookOperation]) -> list[dict[str, str]]:
    """Return one row per operation, the oldest first: at, what (in words), who (empty: the file was edited).

    The first one, the codebook as kafe met it, has no time: that is when kafe was first run.
    """
    return [
        {
            "at": operation.at if operation.before else "",
            "what": sentence(operation),
            "who": operation.who if operation.before else "",
        }
        for operation in operations
    ]
