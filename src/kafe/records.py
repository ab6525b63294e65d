"""The frozen records that pass between packages, and what a person should put right: errors and problems."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from kafe.messages import said, stored

Kind = Literal["kafedialog", "kafebord", "fritekst", "dokument"]
CodeStatus = Literal["draft", "active", "retired"]
Row = dict[str, Any]
"""A row of a table, by column."""


class KafeError(Exception):
    """What was found, where, and what to do about it; the message is ready to show a person.

    `file` and `place` (row, line, key, paragraph) locate it; `remedy` says what to do.
    """

    def __init__(self, message: str, *, file: str = "", place: str = "", remedy: str = ""):
        self.message, self.file, self.place, self.remedy = message, file, place, remedy
        super().__init__(message)

    def __str__(self) -> str:
        return str(Problem.of(self))


class Severity(StrEnum):
    """How bad a problem is."""

    REMARK = "remark"
    """All is used; a person should look at it."""
    ENTRY = "entry"
    """What stands in that place is not used, or is wrong; the rest of the file is used."""
    FILE = "file"
    """Nothing in the file can be used."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a person should put right or look at, where, and how; it never quotes a note."""

    file: str
    place: str
    message: str
    remedy: str = ""
    severity: Severity = Severity.ENTRY

    @classmethod
    def of(cls, error: KafeError, severity: Severity = Severity.ENTRY) -> Problem:
        """Return the error as a problem."""
        return cls(error.file, error.place, error.message, error.remedy, severity)

    @classmethod
    def from_row(cls, row: Row) -> Problem:
        """Return the problem that `row()` gave, in the language spoken now."""
        fields = {key: said(value) for key, value in row.items()}
        return cls(**fields | {"severity": Severity(fields["severity"])})

    def row(self) -> Row:
        """Return it as a row of a table: keys are the fields, messages of the program by key and values."""
        fields = ("file", "place", "message", "remedy", "severity")
        return {field: stored(getattr(self, field)) for field in fields}

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.place) if part)
        return f"{f'{where}: ' if where else ''}{self.message} {self.remedy}".strip()


def text_hash(text: str) -> str:
    """Return the hexadecimal SHA-256 of the text's UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def derived_id(*parts: object) -> str:
    """Return an id of 32 hexadecimal digits that is the same for the same parts."""
    return text_hash("\x1f".join(map(str, parts)))[:32]


def normalise_text(text: str) -> str:
    """Return the text as NFC with LF line ends, no control characters but tab and LF, trimmed.

    Zero-width and byte-order characters go too; no-break spaces become spaces.
    """
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    dropped = {"\u200b", "\u200c", "\u2060", "\ufeff", "\u00ad"}
    kept = (
        char
        for char in text
        if char in "\n\t" or (unicodedata.category(char) not in ("Cc", "Cs") and char not in dropped)
    )
    return "".join(kept).strip()


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a contribution (innspill) has before and after de-identification; an empty string: not known.

    `id` derives from session and content; `votes` counts dot votes.
    """

    id: str
    session: str
    kind: Kind
    text: str
    date: str = ""
    table: str = ""
    round: str = ""
    question: str = ""
    group: str = ""
    municipality: str = ""
    votes: int = 0


@dataclass(frozen=True, slots=True)
class Note(Contribution):
    """One de-identified contribution.

    `source_file` is relative to `data/raw`, `source_place` says row, sheet, paragraph or page in words.
    """

    language: str = ""
    source_file: str = ""
    source_place: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """The piece of a note that gets codes: `text == note.text[start:end]`, counted in code points."""

    note_id: str
    start: int
    end: int
    text: str

    @property
    def id(self) -> str:
        """A name for the unit within the project."""
        return f"{self.note_id}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Code:
    """One code of the codebook; `patterns` are rule patterns (see docs/bruk/kodebok.md).

    `counterexamples` look like the code and are not; `owner` is the person who answers for it. A
    retired code keeps its codings and gets no new ones.
    """

    id: str
    name: str
    parent: str = ""
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    colour: str = ""
    codable: bool = True
    counterexamples: tuple[str, ...] = ()
    owner: str = ""
    status: CodeStatus = "active"


@dataclass(frozen=True)
class Codebook:
    """A tree of codes in the order of the file; `version` is a hash of its content."""

    codes: tuple[Code, ...]
    version: str
    title: str = ""
    _by_id: dict[str, Code] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {code.id: code for code in self.codes})

    def __getitem__(self, code_id: str) -> Code:
        return self._by_id[code_id]

    def __contains__(self, code_id: object) -> bool:
        return code_id in self._by_id

    def children(self, code_id: str = "") -> tuple[Code, ...]:
        """Return the codes right under `code_id`; the roots when it is empty."""
        return tuple(code for code in self.codes if code.parent == code_id)

    def path(self, code_id: str) -> tuple[Code, ...]:
        """Return the code and its ancestors, the root first."""
        code = self[code_id]
        above = self.path(code.parent) if code.parent else ()
        return (*above, code)


@dataclass(frozen=True, slots=True)
class Coding:
    """One event: `coder` put `code` on a span of a note, or took it away again.

    `start` and `end` slice the note's text as Python does (code points). They hold only for the text
    whose hash is `text_hash`, where the slice is `quote`. `coder` names a person, a rule
    (`rule:VERSION`) or a model (`model:VERSION`); `at` is ISO 8601; `origin` says where it came from.
    """

    id: str
    note_id: str
    start: int
    end: int
    quote: str
    text_hash: str
    code: str
    coder: str
    at: str
    action: Literal["add", "remove"] = "add"
    memo: str = ""
    origin: str = ""
    codebook_version: str = ""

    @property
    def content_id(self) -> str:
        """The id of an addition that was made outside the store: the same whenever it is read again."""
        span = (self.note_id, self.start, self.end)
        return derived_id("add", *span, self.code, self.coder, self.at, self.memo)


@dataclass(frozen=True, slots=True)
class Memo:
    """One event: what `author` wrote about a note, a code or a coding; the latest event of an id holds.

    `target` is `note:ID`, `code:ID`, `coding:ID` or `project`; an empty `text` takes the memo away.
    """

    id: str
    target: str
    text: str
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class CodebookOperation:
    """One change of the codebook: who did what when, from which version to which.

    `kind` is `rename`, `move`, `merge`, `split`, `retire`, `edit`, `add` or `import`; `detail` holds the
    operation's arguments as JSON.
    """

    id: str
    kind: str
    detail: str
    who: str
    at: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that a rule or model thinks fits a unit. Not a coding: a person must accept it first."""

    note_id: str
    start: int
    end: int
    code: str
    source: str
    reason: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Correction:
    """One event: what people did on note `old` follows to `new`, or not; the latest event about the two holds.

    `follow`: it does; `undo`: that was taken back; `refuse`: `new` is another note; `leave`: it stays where it
    is, all of it (`new` is empty) or one coding (`new` is `coding:ID`). `who` is a person or `rule:VERSION`.
    """

    id: str
    old: str
    new: str
    action: Literal["follow", "undo", "refuse", "leave"]
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Followed:
    """One act that followed a correction (the id of its event in `link`): `act` became `into`.

    Both are ids of codings or memos, or `CODER NOTE` for finished marks.
    """

    link: str
    kind: Literal["coding", "finished", "memo"]
    act: str
    into: str
    at: str


class Fate(StrEnum):
    """What becomes of a note in the pilot: the first three are decided, the others are the log's."""

    CHOSEN = "chosen"
    PARKED = "parked"
    PASSED_ON = "passed_on"
    """To another project."""
    UNDECIDED = "undecided"
    WITHDRAWN = "withdrawn"
    """No longer in its source."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The fate of an input in the pilot. `target` is `note:ID` or `code:ID` (all notes under a code).

    `element` says which part of the pilot it feeds (an id of `data/coded/pilot.yaml`), or is empty.
    """

    target: str
    fate: Fate
    reason: str
    who: str
    at: str
    element: str = ""


class Stance(StrEnum):
    """What a note says to a proposal, read by a person; `UNREAD` takes an earlier reading back."""

    SUPPORTS = "supports"
    AGAINST = "against"
    CONDITION = "condition"
    PROBLEM = "problem"
    OTHER = "other"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Link:
    """One event: what `who` read a note as saying to a proposal of the pilot; `who`'s latest reading of it holds."""

    note_id: str
    proposal: str
    stance: Stance
    who: str
    at: str
    remark: str = ""
