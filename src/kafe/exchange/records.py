"""What goes out of kafe and what comes in from a file, as plain records."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kafe.exchange.formats.code_elements import Codes
from kafe.records import Codebook, Coding, Memo, Note

VARIABLES = {
    "session": "møte",
    "kind": "type",
    "question": "spørsmål",
    "group": "gruppe",
    "municipality": "kommune",
    "table": "bord",
    "round": "runde",
    "date": "dato",
    "language": "språk",
    "votes": "stemmer",
}
"""Field of a note → what it is called in files."""


@dataclass(frozen=True)
class Material:
    """What an export holds: de-identified notes, the codings that stand on them, and what belongs to both.

    `finished` are (coder, note id) pairs.
    """

    title: str
    notes: tuple[Note, ...]
    codebook: Codebook
    codings: tuple[Coding, ...] = ()
    memos: tuple[Memo, ...] = ()
    finished: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Source:
    """A text of a file as it stands there: marks, line ends and all."""

    guid: str
    name: str
    text: str
    variables: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mark:
    """A code on a stretch of a source; `code` is a GUID, `end` is -1 for the whole source.

    `quote` is what the file says stands there, perhaps cut short; it may be empty.
    """

    guid: str
    source: str
    start: int
    end: int
    quote: str
    code: str
    coder: str
    at: str
    memo: str = ""
    somewhere: bool = False
    """The file says only that the text has the code, not where."""


@dataclass(frozen=True)
class Remark:
    """A memo of a file; `target` is a GUID, and empty for the whole project."""

    guid: str
    target: str
    text: str
    author: str
    at: str


@dataclass(frozen=True)
class Incoming:
    """What a project file says, before it is held against kafe's own notes.

    `kept` is what kafe wrote beside the format (see `extras`), `losses` counts what kafe has no place
    for, by key of `exchange.loss`.
    """

    title: str
    origin: str
    codes: Codes
    sources: tuple[Source, ...]
    marks: tuple[Mark, ...]
    remarks: tuple[Remark, ...] = ()
    kept: dict[str, Any] = field(default_factory=dict)
    losses: dict[str, int] = field(default_factory=dict)


def moment(text: str) -> str:
    """Return the text when it is a time that XML Schema knows, else an empty string."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", text, re.ASCII):
        return ""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return ""
    return text


def is_day(text: str) -> bool:
    """Return whether the text is a date that XML Schema knows."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
