"""The codebook's file and the store kept in step: versions recorded, operations carried out whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kafe.codebook.changes.edits import Arguments, refusal
from kafe.codebook.changes.operations import CodebookChange, apply, edit_operation, redo
from kafe.codebook.changes.recode import CodeMap, new_ids, recode
from kafe.codebook.changes.references import (
    CodeReferences,
    codes_to_find,
    find_references,
    places_to_update,
    update_references,
)
from kafe.codebook.reader import codebook_text, parse_codebook
from kafe.files import replace_file, write_text
from kafe.records import Codebook, CodebookOperation, KafeError

if TYPE_CHECKING:
    from kafe.store import Store

PENDING = ".ny"
"""Ending of the file that holds a codebook whose operation is under way."""


class Recorded(NamedTuple):
    """A codebook as it is now, and every operation that led to it, the oldest first."""

    codebook: Codebook
    history: list[CodebookOperation]


class ProposedChange(NamedTuple):
    """A change that is worked out and not yet made, and where other files name the codes it is about."""

    change: CodebookChange
    named: CodeReferences


def keep_history(path: Path, store: Store, *, at: str, who: str = "") -> Recorded:
    """Return the codebook of the file with its history, after bringing the store into step with it.

    An operation that was cut off is completed; a version not seen before is recorded as `add` or `edit`
    with what changed; codings under ids that operations have replaced get their new ones. Raises
    KafeError when the file cannot be read.
    """
    _complete(path, store)
    text = codebook_text(path)
    codebook = parse_codebook(text, path.name)
    history = store.operations()
    last = history[-1].after if history else ""
    if last != codebook.version:
        known = store.codebook_text(last) if last else None
        before = parse_codebook(known, path.name) if known is not None else None
        operation = edit_operation(before, last, codebook, who=who, at=at)
        store.append_operations([operation], {codebook.version: text})
        history.append(operation)
    recode_codings(store, codebook, history, at=at)
    return Recorded(codebook, history)


def recode_codings(store: Store, codebook: Codebook, history: Sequence[CodebookOperation], *, at: str) -> int:
    """Return how many events recoded the store's codings to the codes they stand for now."""
    code_map = CodeMap(history, codebook)
    return store.append_codings(recode(store.codings(), code_map, at)) if code_map.steps else 0


def propose(
    path: Path, store: Store, kind: str, arguments: Arguments, *, who: str, at: str
) -> ProposedChange:
    """Return what an operation would do to the codebook at `path`, the store's codings and the project's files.

    The history is brought up to date first; nothing else is changed. `kind` and `arguments` are those of
    `operations.apply`. Raises KafeError when it cannot be done.
    """
    recorded = keep_history(path, store, at=at)
    named = find_references(path, codes_to_find(kind, arguments))
    if places := places_to_update(kind, arguments, named):
        arguments = {**arguments, "elsewhere": places}
    text = codebook_text(path)
    change = apply(text, kind, arguments, store.codings(), recorded.history, who=who, at=at)
    return ProposedChange(change, named)


def carry_out(change: CodebookChange, path: Path, store: Store) -> None:
    """Make a change real: in the store first, then in the file, so that it is never half done.

    The new text is written beside the codebook, then the operation with both texts is appended, then
    the codings' events, then other files get the codes' new ids, and last the new text takes the
    codebook's place. Whatever it is cut off by, `keep_history` completes it from the operation, or drops
    it when the store never heard of it. Raises KafeError, and changes nothing, when the file is no longer
    the one the change was made from.
    """
    if codebook_text(path) != change.before_text:
        raise refusal("changed_meanwhile")
    operation = change.operation
    pending = path.with_name(f".{path.name}.{operation.id}{PENDING}")
    write_text(pending, change.text, like=path)
    versions = {change.before.version: change.before_text, change.codebook.version: change.text}
    store.append_operations([operation], versions)
    store.append_codings(change.events)
    if not pending.exists():
        write_text(pending, change.text, like=path)
    _update_references(path, operation)
    replace_file(pending, path)


def _update_references(path: Path, operation: CodebookOperation) -> None:
    """Give codes their new ids in the files that the operation says it changes."""
    detail = json.loads(operation.detail)
    update_references(path, detail.get("elsewhere", {}), new_ids(operation.kind, detail))


def _complete(path: Path, store: Store) -> None:
    for pending in sorted(path.parent.glob(f".{path.name}.*{PENDING}")):
        identity = pending.name.removesuffix(PENDING).rpartition(".")[2]
        history = store.operations()
        operation = next((one for one in history if one.id == identity), None)
        if operation is None:
            pending.unlink(missing_ok=True)
            continue
        text = codebook_text(path)
        if parse_codebook(text, path.name).version != operation.before:
            try:
                write_text(pending, redo(text, operation), like=path)
            except KafeError:
                raise refusal("unfinished", file=pending.name, kind=operation.kind) from None
        _update_references(path, operation)
        replace_file(pending, path)
