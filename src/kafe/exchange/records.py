"""What goes out of kafe and what comes in from a file, as plain records."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kafe.codebook import codebook_of
from kafe.records import Code, Codebook, Coding, KafeError, Memo, Note

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
class Outgoing:
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
class IncomingCodes:
    """Codes as a file has them: in order, a parent before its children.

    `by_guid` gives the id here of each GUID of the file, `notes` code id → GUIDs of the notes that the
    file ties to it. `certain` are the ids that kafe itself wrote; the others are the file's own, or made of
    names.
    """

    codes: tuple[Code, ...] = ()
    by_guid: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    certain: frozenset[str] = frozenset()

    def codebook(self, title: str = "") -> Codebook:
        """Return them as a codebook."""
        return codebook_of(self.codes, title)


@dataclass(frozen=True)
class TextSource:
    """A text of a file as it stands there: marks, line ends and all."""

    guid: str
    name: str
    text: str
    variables: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CodedSpan:
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
class ForeignMemo:
    """A memo of a file; `target` is a GUID, and empty for the whole project."""

    guid: str
    target: str
    text: str
    author: str
    at: str


@dataclass(frozen=True)
class Incoming:
    """What a file of any format says, before it is held against kafe's own notes and codebook.

    `kind` names the format: a key of `exchange.kind` or `exchange.codes.kind`. A codebook has codes and
    nothing else. `sidecar` is what kafe wrote beside the format, `losses` counts what kafe has no place
    for, by key of `exchange.loss`, `problems` are rows that cannot be used.
    """

    kind: str
    codes: IncomingCodes = field(default_factory=IncomingCodes)
    sources: tuple[TextSource, ...] = ()
    spans: tuple[CodedSpan, ...] = ()
    memos: tuple[ForeignMemo, ...] = ()
    sidecar: Mapping[str, Any] = field(default_factory=dict)
    losses: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[KafeError, ...] = ()
    title: str = ""
    program: str = ""


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
