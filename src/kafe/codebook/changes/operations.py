"""Operations on the codebook with the recoding they bring: pure, from text and codings to text and events."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from kafe.codebook.changes import yaml_edit
from kafe.codebook.changes.edits import EDITS, Arguments, refusal
from kafe.codebook.changes.recode import CodeMap, new_ids, place_of, recode
from kafe.codebook.reader import parse_codebook
from kafe.records import Code, Codebook, CodebookOperation, Coding


@dataclass(frozen=True)
class CodebookChange:
    """What an operation makes of the codebook: its new text, the events of codings, and its record.

    `review` are codings that a person should look at, because the operation chose a code for them.
    """

    before: Codebook
    codebook: Codebook
    before_text: str
    text: str
    events: tuple[Coding, ...]
    operation: CodebookOperation
    review: tuple[Coding, ...] = ()

    @property
    def new_ids(self) -> dict[str, str]:
        """Old → new id of the codes that the operation gives another; empty where one became several."""
        return new_ids(self.operation.kind, json.loads(self.operation.detail))


def apply(
    text: str,
    kind: str,
    arguments: Arguments,
    standing: Sequence[Coding] = (),
    history: Sequence[CodebookOperation] = (),
    *,
    who: str,
    at: str,
) -> CodebookChange:
    """Return what the operation `kind` makes of the codebook `text` and the `standing` codings.

    Arguments by kind: rename (old, new, name), move (code, under), merge (codes, into, name),
    split (code, into, names, assign: place → code), retire (code, replaced_by), import (file, add, fill);
    rename and merge also elsewhere: name of a file → the places in it that get the new id.
    The text is changed where it must be and nowhere else; the result is parsed and compared with what
    the operation means before it is returned. Raises KafeError when it cannot be done.
    """
    before = parse_codebook(text)
    adopted = kind == "rename" and arguments["old"] not in before and arguments["new"] in before
    new_text = text if adopted else _edited(text, kind, before, arguments)
    after = parse_codebook(new_text)
    operation = make_operation(kind, arguments, who=who, at=at, before=before.version, after=after.version)
    code_map = CodeMap([*history, operation], after)
    events = recode(standing, code_map, at)
    review: tuple[Coding, ...] = ()
    if kind == "split":
        chosen = arguments.get("assign", {})
        of_code = (one for one in standing if one.code == arguments["code"])
        review = tuple(one for one in of_code if place_of(one) not in chosen)
    return CodebookChange(before, after, text, new_text, tuple(events), operation, review)


def redo(text: str, operation: CodebookOperation) -> str:
    """Return the text after the operation, for a file that it has not reached; the same text if it has.

    Raises KafeError when the text has changed so that the operation no longer fits it.
    """
    codebook = parse_codebook(text)
    if codebook.version == operation.after:
        return text
    return _edited(text, operation.kind, codebook, json.loads(operation.detail))


def _edited(text: str, kind: str, codebook: Codebook, arguments: Arguments) -> str:
    try:
        new_text, expected = EDITS[kind](yaml_edit.unfold(text), codebook, arguments)
        after = parse_codebook(new_text)
    except yaml_edit.UnchangeableError:
        raise refusal("layout") from None
    if _without_colour(after.codes) != _without_colour(expected.values()):
        raise refusal("layout")
    return new_text


def _without_colour(codes: Iterable[Code]) -> dict[str, Code]:
    """Return the codes by id; a colour may be inherited from whatever a code lies under."""
    return {code.id: replace(code, colour="") for code in codes}


def make_operation(
    kind: str, arguments: Arguments, *, who: str, at: str, before: str, after: str
) -> CodebookOperation:
    """Return the record of an operation; its id is a hash of everything in it."""
    detail = json.dumps(arguments, ensure_ascii=False, sort_keys=True)
    content = "\x1f".join((kind, detail, who, at, before, after))
    identity = hashlib.sha256(content.encode("utf-8")).hexdigest()[:32]
    return CodebookOperation(identity, kind, detail, who, at, before, after)


def difference(before: Codebook | None, after: Codebook) -> dict[str, Any]:
    """Return what differs: ids `added` and `removed`, and `changed` as id → field → [old, new]."""
    old = {code.id: code for code in before.codes} if before else {}
    new = {code.id: code for code in after.codes}
    changed: dict[str, dict[str, list[Any]]] = {}
    for identity in [identity for identity in new if identity in old]:
        for field in fields(Code):
            pair = [getattr(old[identity], field.name), getattr(new[identity], field.name)]
            if pair[0] != pair[1]:
                changed.setdefault(identity, {})[field.name] = pair
    found: dict[str, Any] = {
        "added": [identity for identity in new if identity not in old],
        "removed": [identity for identity in old if identity not in new],
        "changed": changed,
    }
    if not any(found.values()):
        found["order"] = [code.id for code in after.codes]
    return found


def edit_operation(
    before: Codebook | None, before_version: str, after: Codebook, *, who: str, at: str
) -> CodebookOperation:
    """Return the record of a change made by hand in the file: `add` when codes only came, else `edit`."""
    found = difference(before, after)
    kind = "add" if found["added"] and not found["removed"] and not found["changed"] else "edit"
    return make_operation(kind, found, who=who, at=at, before=before_version, after=after.version)


def code_row(code: Code) -> dict[str, Any]:
    """Return the fields of a code that say something, as JSON holds them."""
    empty = Code("", "")
    row = asdict(code)
    return {key: value for key, value in row.items() if value != getattr(empty, key)}
