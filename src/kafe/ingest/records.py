"""The records of reading: what a session is, what was read, what was left out and why."""

from dataclasses import dataclass, field
from typing import Any, Literal

from kafe.messages import Message, joined, message, section
from kafe.records import Contribution, Kind, Problem


@dataclass(frozen=True, slots=True)
class RawNote(Contribution):
    """One contribution as written, before de-identification; only `deidentify` may take it further.

    `text` is NFC with LF line ends; sources as in `records.Note`.
    """

    source_file: str = ""
    source_place: str = ""


@dataclass(frozen=True, slots=True)
class SourceSession:
    """A folder under `data/raw` and its `session.toml`.

    `questions` maps id to text, first the declared ones in their order, then those found in the
    files. `columns` maps a table header to a field, `groups` a table or alias to a stakeholder group.
    """

    id: str
    folder: str
    title: str
    date: str = ""
    kind: Kind = "fritekst"
    group: str = ""
    municipality: str = ""
    questions: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in a file that is not a note, and why; `rows` says how many source rows it stands for."""

    file: str
    place: str
    reason: str
    rows: int = 1


@dataclass(frozen=True, slots=True)
class FileAccount:
    """The account of one file: `rows == notes + skipped`.

    A row is what could have been a note: a row of a list, a non-empty answer cell of a form export,
    a block (heading, bullet or paragraph) of running text. Empty lines and the header row do not
    count.
    """

    file: str
    sha256: str
    rows: int
    notes: int
    skipped: int
    session: str


ReadAs = Literal[
    "text", "title", "table", "round", "question", "group", "municipality", "votes", "date",
    "personal", "meta", "closed", "ignore", "unknown", "empty",
]  # fmt: skip
"""What a column was read as; from `personal` on it is not part of any note."""
ReadBy = Literal["settings", "header", "values", "codebook", "none"]
"""What told so: `[columns]` of session.toml, the header, the values, the export's own codebook; or nothing did."""


@dataclass(frozen=True, slots=True)
class ColumnAccount:
    """What one column of a table was read as, and by what; `filled` is how many of its cells hold something.

    `few`: its values are few and short, as those that name a group are. `column` is its letter, `sheet` its
    sheet or table, where the file has several.
    """

    file: str
    sheet: str
    column: str
    header: str
    read_as: ReadAs
    by: ReadBy
    filled: int
    few: bool = False


@dataclass(frozen=True, slots=True)
class Ingested:
    """All that `data/raw` gave; `duplicates` holds groups of ids with the same session and text."""

    sessions: tuple[SourceSession, ...]
    notes: tuple[RawNote, ...]
    skipped: tuple[Skipped, ...]
    problems: tuple[Problem, ...]
    files: tuple[FileAccount, ...]
    duplicates: tuple[tuple[str, ...], ...]
    columns: tuple[ColumnAccount, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteContext:
    """What headings and sheet names have said so far about the notes that follow."""

    table: str = ""
    round: str = ""
    question: str = ""
    group: str = ""
    municipality: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A note on its way: read, but without session defaults and id."""

    text: str
    place: str
    context: NoteContext = NoteContext()
    votes: int = 0
    document: bool = False


@dataclass(slots=True)
class FileReading:
    """What one reader got out of one file; readers add to it and never raise for bad content."""

    file: str
    drafts: list[NoteDraft] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    columns: list[ColumnAccount] = field(default_factory=list)

    def skip(self, place: str, reason: str, /, rows: int = 1, **values: Any) -> None:
        """List `rows` rows at `place` as not read; `reason` is a key under `ingest.skipped`."""
        self.skipped.append(Skipped(self.file, place, message(f"ingest.skipped.{reason}", **values), rows))

    def problem(self, place: str, key: str, /, **values: Any) -> None:
        """List a problem; `key` names its message and remedy under `ingest.problem`."""
        self.problems.append(make_problem(self.file, place, key, **values))


def make_problem(file: str, place: str, key: str, /, **values: Any) -> Problem:
    """Return the problem `key` of `ingest.problem` with its Norwegian message and remedy."""
    return Problem(
        file,
        place,
        message(f"ingest.problem.{key}.message", **values),
        message(f"ingest.problem.{key}.remedy", **values),
    )


def place(key: str, /, **values: Any) -> str:
    """Return the Norwegian name of a place in a file, from `ingest.place`."""
    return message(f"ingest.place.{key}", **values)


def place_key(where: str) -> str:
    """Return a place without words, as a note keeps it: `row=3`, `sheet=Ark 1;row=3;column=B`."""
    if not isinstance(where, Message):
        return where
    if not where.key:
        return ";".join(place_key(part) for part in where.values["parts"])
    return ";".join(f"{name}={value}" for name, value in where.values.items())


def place_words(key: str) -> str:
    """Return the words of a place that a note keeps; one that an earlier kafe kept is in words already."""
    parts = [part.partition("=") for part in key.split(";")]
    known = section("ingest.place")
    if not all(equals and name in known for name, equals, _ in parts):
        return key
    return joined((place(name, **{name: value}) for name, _, value in parts), ", ")
