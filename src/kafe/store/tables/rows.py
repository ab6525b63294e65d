"""Records to table rows and back."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from kafe.records import (
    CodebookOperation,
    Coding,
    Correction,
    Decision,
    Fate,
    Followed,
    Link,
    Memo,
    Note,
    Stance,
    text_hash,
)
from kafe.store.tables.schema import (
    CODING_FIELDS,
    CORRECTION_FIELDS,
    DECISION_FIELDS,
    FOLLOWED_FIELDS,
    LINK_FIELDS,
    MEMO_FIELDS,
    NOTE_FIELDS,
    OPERATION_FIELDS,
)

WHERE_FIELDS = ("source_file", "source_place")
"""Say where a note was read; they may move without the note having changed."""
CONTENT_FIELDS = tuple(name for name in NOTE_FIELDS if name not in WHERE_FIELDS)
_NOTE = itemgetter("note_id", *NOTE_FIELDS)

Row = dict[str, Any]


def digest(*values: str) -> str:
    """Return a hash of the values: the id of an event that has none of its own."""
    return hashlib.sha256("\x1f".join(values).encode("utf-8")).hexdigest()


def note_row(note: Note, at: str) -> Row:
    """Return the row of `note_versions` for a note seen at `at`."""
    row = {name: getattr(note, name) for name in NOTE_FIELDS}
    return row | {"note_id": note.id, "text_hash": text_hash(note.text), "at": at}


def note_of(row: Mapping[Any, Any]) -> Note:
    """Return the note of a row of `note_versions`."""
    return Note(*_NOTE(row))


def same_content(old: Note, new: Note) -> bool:
    """Return whether the notes say the same; where in which file they stood does not count."""
    return all(getattr(old, name) == getattr(new, name) for name in CONTENT_FIELDS)


def coding_row(coding: Coding) -> Row:
    """Return the row of `codings` for an event."""
    return {"id": coding.id} | {name: getattr(coding, name) for name in CODING_FIELDS}


def mark_row(coder: str, note_id: str, action: str, at: str, origin: str) -> Row:
    """Return the row of `marks` that says a coder finished a note, or took that back."""
    row = {"coder": coder, "note_id": note_id, "action": action, "at": at}
    return row | {"id": digest(*row.values()), "origin": origin}


def memo_row(memo: Memo) -> Row:
    """Return the row of `memos` for an event; its id is a hash of the content."""
    row = {"memo_id": memo.id} | {name: getattr(memo, name) for name in MEMO_FIELDS}
    return row | {"id": digest(*row.values())}


def memo_of(row: Mapping[Any, Any]) -> Memo:
    """Return the event of a row of `memos`."""
    return Memo(id=row["memo_id"], **{name: row[name] for name in MEMO_FIELDS})


def decision_row(decision: Decision) -> Row:
    """Return the row of `decisions`; its id is a hash of the content, so a file can be read again."""
    row = {name: str(getattr(decision, name)) for name in DECISION_FIELDS}
    return row | {"id": digest(*row.values())}


def decision_of(row: Mapping[Any, Any]) -> Decision:
    """Return the decision of a row of `decisions`."""
    return Decision(**{name: row[name] for name in DECISION_FIELDS} | {"fate": Fate(row["fate"])})


def link_row(link: Link, origin: str) -> Row:
    """Return the row of `links`; its id is a hash of the content, so a file can be read again."""
    row = {name: str(getattr(link, name)) for name in LINK_FIELDS}
    return row | {"id": digest(*row.values()), "origin": origin}


def link_of(row: Mapping[Any, Any]) -> Link:
    """Return the reading of a row of `links`."""
    return Link(**{name: row[name] for name in LINK_FIELDS} | {"stance": Stance(row["stance"])})


def operation_row(operation: CodebookOperation) -> Row:
    """Return the row of `operations` for a change of the codebook."""
    return {"id": operation.id} | {name: getattr(operation, name) for name in OPERATION_FIELDS}


def operation_of(row: Mapping[Any, Any]) -> CodebookOperation:
    """Return the change of the codebook of a row of `operations`."""
    return CodebookOperation(id=row["id"], **{name: row[name] for name in OPERATION_FIELDS})


def version_row(version: str, text: str) -> Row:
    """Return the row of `codebook_versions`; one version may be written in several ways."""
    return {"id": digest(version, text), "version": version, "text": text}


def assignment_row(coder: str, note_ids: Sequence[str], at: str, label: str) -> Row:
    """Return the row of `assignments`."""
    row = {"coder": coder, "label": label, "at": at, "note_ids": json.dumps(list(note_ids))}
    return row | {"id": digest(*row.values())}


def coder_row(name: str, at: str) -> Row:
    """Return the row of `coders`; a name is registered once."""
    return {"id": digest(name), "name": name, "at": at}


def correction_row(correction: Correction) -> Row:
    """Return the row of `corrections` for an event."""
    return {"id": correction.id} | {name: getattr(correction, name) for name in CORRECTION_FIELDS}


def correction_of(row: Mapping[Any, Any]) -> Correction:
    """Return the event of a row of `corrections`."""
    return Correction(id=row["id"], **{name: row[name] for name in CORRECTION_FIELDS})


def followed_row(followed: Followed) -> Row:
    """Return the row of `followed`; its id says which act followed what, so that it is told once."""
    row = {name: getattr(followed, name) for name in FOLLOWED_FIELDS}
    return row | {"id": digest(followed.link, followed.kind, followed.act, followed.into)}


def followed_of(row: Mapping[Any, Any]) -> Followed:
    """Return what a row of `followed` tells."""
    return Followed(**{name: row[name] for name in FOLLOWED_FIELDS})
