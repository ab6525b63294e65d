"""What the columns of a table hold, by their headers and, where those say nothing, by what is in them."""

import re
from dataclasses import dataclass, field
from typing import cast

from kafe.ingest.layout.grid import Grid, column_letters
from kafe.ingest.meaning import headers
from kafe.ingest.meaning.answer_codes import AnswerCodes
from kafe.ingest.meaning.column_checks import fits, is_named_group, section
from kafe.ingest.meaning.column_values import NUMBER, is_few, kind_of
from kafe.ingest.meaning.headings import heads
from kafe.ingest.meaning.known_values import is_group
from kafe.ingest.meaning.questions import Questions, fold
from kafe.ingest.records import ColumnAccount, FileReading, ReadAs, ReadBy

_ONCE = frozenset(headers.FIELDS) - {headers.TEXT, headers.IGNORE}
_NOT_READ = frozenset({headers.PERSONAL, headers.IGNORE, headers.META, headers.CLOSED})
_TITLED = frozenset({headers.TABLE, headers.GROUP, headers.ROUND})
_MAKES_LIST = frozenset({headers.TABLE, headers.ROUND, headers.QUESTION})
_SCORED = re.compile(
    r"^(?:points?|poeng|feedback|tilbakemelding)\s*[-–:]\s*(?P<of>.+)$|^(?P<about>.+?)\s*\[(?:score|feedback|poengsum|tilbakemelding)\]$",
    re.IGNORECASE | re.DOTALL,
)
_COMMENTS = {
    fold(word)
    for word in [
        "kommentarer",
        "kommentarar",
        "comments",
        "reaksjoner",
        "reactions",
        "svar",
        "answers",
        "responses",
    ]
}


@dataclass(frozen=True, slots=True)
class GridColumns:
    """What each column of a grid holds: `fields` field → column, `texts` column → question id.

    `is_list`: a row is a note, so that what is written once for several rows holds for all of them; `title` is
    the column that stands over the text. `heads`: text column → what its header says of table and round.
    """

    fields: dict[str, int]
    texts: dict[int, str]
    stamp: int = -1
    width: int = 0
    is_list: bool = False
    title: int = -1
    heads: dict[int, dict[str, str]] = field(default_factory=dict)


class HeaderReader:
    """Finds out what headers mean for one session: its `[columns]` first, then the known words.

    `dot_votes`: votes at the end of a text count where its row has none in a column of their own. `groups`: the
    names and aliases of the session's groups. `codes`: the codebooks that came with the exports.
    """

    def __init__(
        self,
        columns: dict[str, str],
        questions: Questions,
        *,
        dot_votes: bool = False,
        groups: frozenset[str] = frozenset(),
        codes: AnswerCodes | None = None,
    ):
        self.dot_votes = dot_votes
        self._columns = {fold(header): kind for header, kind in columns.items()}
        self._groups = frozenset(fold(group) for group in groups)
        self.questions = questions
        self.codes = codes or AnswerCodes()

    def meaning(self, header: str) -> str:
        """Return field, META, STAMP, PERSONAL, TITLE, SECTION or nothing."""
        if not header.strip():
            return ""
        return self.settled(header) or headers.meaning(header)

    def settled(self, header: str) -> str:
        """Return what `[columns]` of session.toml says of a header, or nothing."""
        return self._columns.get(fold(header), "")

    def is_group(self, text: str) -> bool:
        """Return whether a text names one of the session's groups, or who somebody is in other words."""
        return fold(text) in self._groups or is_group(text)

    def question(self, header: str) -> bool:
        """Return whether a header looks like a question put to the respondent."""
        return bool(self.questions.known(header)) or "?" in header or len(header.split()) >= 5

    def recognised(self, cells: list[str]) -> int:
        """Return how many different headers among the cells mean something or are known questions."""
        distinct = {fold(cell): cell for cell in cells if cell.strip() and len(cell) < 400}
        return sum(
            bool(
                self.meaning(cell)
                or self.questions.known(cell)
                or self.codes.knows(cell)
                or headers.asked(cell)
                or heads(cell)
            )
            for cell in distinct.values()
        )


@dataclass(slots=True)
class _Column:
    """A column under inspection: `kind` as in `headers`, `by` what told so, `question` where it is one.

    `heads`: what a header such as `Bord 1` says of the notes below it.
    """

    at: int
    header: str
    values: list[str]
    kind: str = ""
    by: ReadBy = "none"
    question: str = ""
    heads: dict[str, str] = field(default_factory=dict)

    def set(self, kind: str, by: ReadBy) -> None:
        self.kind, self.by = kind, by

    @property
    def filled(self) -> list[str]:
        return [value for value in self.values if value]


def find_columns(
    grid: Grid,
    header: list[str],
    body: list[tuple[int, list[str]]],
    reading: FileReading,
    reader: HeaderReader,
) -> GridColumns:
    """Return what the columns hold; every column is accounted for in the reading's `columns`.

    A header of a text field makes a list. Without one, a table that names tables, rounds or questions
    is a list too, and its fullest unknown column the text, unless some header is worded as a
    question; any other table is a form export, where every column that people wrote in is a question.
    """
    columns = [_Column(at, name, [_cell(cells, at) for _, cells in body]) for at, name in enumerate(header)]
    for column in columns:
        _tell(column, header, reader)
    _once(columns)
    is_list = _texts(columns, reader)
    _list(grid, columns, reading)
    fields = {column.kind: column.at for column in reversed(columns) if column.kind in _ONCE}
    texts = {column.at: column.question for column in columns if column.kind == headers.TEXT}
    stamps = [column.at for column in columns if column.kind == headers.STAMP]
    named = [column.at for column in columns if column.kind == headers.STAMP and column.by == "header"]
    titles = [column.at for column in columns if column.kind == headers.TITLE]
    return GridColumns(
        dict(sorted(fields.items(), key=lambda item: item[1])),
        texts,
        max(named or stamps, default=-1),
        len(header),
        is_list,
        min(titles, default=-1),
        {column.at: column.heads for column in columns if column.heads},
    )


def _tell(column: _Column, header: list[str], reader: HeaderReader) -> None:
    """Set what a column is by settings, by the export's codebook, by its header, or by its values."""
    name, values = column.header, column.filled
    if settled := reader.settled(name):
        column.set(settled, "settings")
        return
    meant, found = headers.meaning(name), kind_of(values, name, reader.is_group)
    grouped = found == headers.GROUP or (
        bool(values) and sum(map(reader.is_group, values)) > 0.5 * len(values)
    )
    if reader.questions.known(name) and not (meant == headers.GROUP and grouped):
        column.set(headers.TEXT, "header")
        column.question = "?"
        return
    if (scored := _SCORED.match(name)) and any(
        fold(scored["of"] or scored["about"]) == fold(other) for other in header
    ):
        column.set(headers.CLOSED, "header")
        return
    if meant:
        _by_header(column, meant, found)
    else:
        _by_values(column, found, reader)


def _by_header(column: _Column, meant: str, found: str) -> None:
    """Set what a header means, where the values are such; `found`: what they are by themselves."""
    values = column.filled
    if meant == headers.SECTION:
        column.set(section(values, found), "values")
    elif meant == headers.TEXT:
        count = found in (NUMBER, headers.STAMP) and (fold(column.header) in _COMMENTS or len(values) > 2)
        column.set(headers.CLOSED if count else meant, "values" if count else "header")
    elif meant == headers.GROUP and not is_named_group(values, found, few=is_few(values)):
        column.set(found if found not in ("", NUMBER) else "", "values")
    elif meant == headers.TITLE:
        column.set(found if found in _TITLED else headers.TITLE, "header")
    elif meant == headers.VOTES and found and found not in (NUMBER, headers.CLOSED):
        column.set(found, "values")
    else:
        column.set(meant, "header")


def _by_values(column: _Column, found: str, reader: HeaderReader) -> None:
    """Set what a column is whose header is no known word: what it asks for, else what its values are."""
    name, values = column.header, column.filled
    asked = headers.asked(name)
    if asked and values and is_few(values) and fits(asked, found, values):
        column.set(asked, "header")
    elif name in reader.codes.closed and found not in _ONCE:
        column.set(headers.CLOSED, "codebook")
    elif not found and (named := heads(name)):
        column.set(headers.TEXT, "header")
        column.heads = named
    elif found:
        column.set(headers.CLOSED if found == NUMBER else found, "values")


def _once(columns: list[_Column]) -> None:
    """Leave each field to one column: what a header or settings say goes before what values say."""
    for kind in _ONCE:
        same = [column for column in columns if column.kind == kind]
        same.sort(
            key=lambda column: (
                not column.filled,
                ("settings", "header").index(column.by) if column.by in ("settings", "header") else 2,
            )
        )
        for other in same[1:]:
            if other.by == "settings" or (other.by == "header" and kind in (headers.QUESTION,)):
                other.set("", "none")
            else:
                other.set(headers.CLOSED, other.by)


def _texts(columns: list[_Column], reader: HeaderReader) -> bool:
    """Set the columns of unknown meaning that are read as text, with the question of each; return whether it is a list."""
    named = [column for column in columns if column.kind == headers.TEXT and column.question != "?"]
    known = [column for column in columns if column.question == "?"]
    fields = {column.kind for column in columns}
    unknown = [column for column in columns if not column.kind and column.filled]
    with_header = [column for column in unknown if column.header.strip()]
    asked = [column for column in with_header if reader.question(column.header)]
    for column in known:
        column.question = reader.questions.find(column.header, trust_number=False)
    if not named and not known:
        if headers.QUESTION in fields or (_MAKES_LIST & fields and not asked):
            if unknown:
                longest = max(unknown, key=lambda column: (_average_length(column.filled), -column.at))
                longest.set(headers.TEXT, "values")
            return True
        asked = with_header
    elif not named:
        asked = with_header
    for column in asked:
        column.set(headers.TEXT, "header")
        column.question = reader.questions.find(column.header, trust_number=False)
    return bool(named)


def _list(grid: Grid, columns: list[_Column], reading: FileReading) -> None:
    """Account for every column that has a header or something in it."""
    for column in columns:
        if not column.header.strip() and not column.filled:
            continue
        kind = {headers.STAMP: headers.DATE, "": "unknown" if column.filled else "empty"}.get(
            column.kind, column.kind
        )
        reading.columns.append(
            ColumnAccount(
                reading.file,
                grid.sheet or str(grid.label),
                column_letters(column.at),
                " ".join(column.header.split())[:120],
                cast(ReadAs, kind),
                column.by,
                len(column.filled),
                few=is_few(column.filled) and kind_of(column.filled) in ("", headers.CLOSED, headers.GROUP),
            )
        )


def _cell(cells: list[str], index: int) -> str:
    return cells[index].strip() if index < len(cells) else ""


def _average_length(cells: list[str]) -> float:
    return sum(map(len, cells)) / len(cells) if cells else 0.0
