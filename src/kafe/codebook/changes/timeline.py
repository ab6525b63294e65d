"""The codebook's history in words."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from kafe.messages import joined, message, said
from kafe.records import CodebookOperation, Row

MOST_PLACES = 5


def describe_operation(operation: CodebookOperation) -> str:
    """Return what an operation did to the codebook, in words."""
    detail = json.loads(operation.detail)
    if operation.kind in ("edit", "add"):
        if not operation.before:
            return message("codebook.history.first", count=len(detail["added"]))
        parts = [
            message(f"codebook.history.{key}", codes=", ".join(detail[key]))
            for key in ("added", "removed")
            if detail[key]
        ]
        parts += [
            message("codebook.history.changed", code=code, fields=_fields(changed))
            for code, changed in detail["changed"].items()
        ]
        return joined(parts, "; ") if parts else message("codebook.history.order")
    if operation.kind == "import":
        add, fill = len(detail["add"]), len(detail["fill"])
        return message("codebook.history.import", file=detail["file"], add=add, fill=fill)
    values: dict[str, Any] = {
        key: ", ".join(value) if isinstance(value, list) else value
        for key, value in detail.items()
        if not isinstance(value, dict)
    }
    key = "retire_replaced" if detail.get("replaced_by") else operation.kind
    if operation.kind == "move" and not detail["under"]:
        key = "move_top"
    said = message(f"codebook.history.{key}", **values)
    elsewhere = [
        joined([file, " (", _listed(places), ")"], "") for file, places in detail.get("elsewhere", {}).items()
    ]
    if not elsewhere:
        return said
    return message("codebook.history.elsewhere", what=said, places=joined(elsewhere, ", "))


def _listed(places: Sequence[str]) -> str:
    if len(places) > MOST_PLACES:
        return message("codebook.history.places", count=len(places))
    return joined(map(said, places), ", ")


def _fields(names: Iterable[str]) -> str:
    return joined((message(f"codebook.field.{name}") for name in names), ", ")


def _added(operation: CodebookOperation) -> list[str]:
    detail = json.loads(operation.detail)
    found = (
        detail.get("added")
        or detail.get("add")
        or (detail.get("into") if operation.kind == "split" else None)
    )
    named = found if operation.before and isinstance(found, list) else []
    return [one if isinstance(one, str) else str(one.get("id", "")) for one in named]


def timeline(operations: Iterable[CodebookOperation]) -> list[Row]:
    """Return one row per operation, the oldest first: at, what (in words), who (empty: the file was edited), added.

    `added` are the codes that came with it after the first.

    The first one, the codebook as kafe met it, has no time: that is when kafe was first run.
    """
    return [
        {
            "at": operation.at if operation.before else "",
            "what": describe_operation(operation),
            "who": operation.who if operation.before else "",
            "added": _added(operation),
        }
        for operation in operations
    ]
