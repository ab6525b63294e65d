"""What the columns of a table hold, by their headers and, where those say nothing, by what is in them."""

from dataclasses import dataclass

from kafe.ingest.layout.grid import column_letters
from kafe.ingest.meaning import headers
from kafe.ingest.meaning.questions import Questions, fold
from kafe.ingest.records import FileReading
from kafe.messages import message

_ONCE = frozenset(headers.FIELDS) - {headers.TEXT, headers.IGNORE}
_NOT_READ = frozenset({headers.PERSONAL, headers.IGNORE, headers.META})
_MAKES_LIST = frozenset({headers.TABLE, headers.ROUND, headers.QUESTION})


@dataclass(frozen=True, slots=True)
class GridColumns:
    """What each column of a grid holds: `fields` field → column, `texts` column → question id."""

    fields: dict[str, int]
    texts: dict[int, str]
    stamp: int = -1
    width: int = 0


class HeaderReader:
    """Finds out what headers mean for one session: its `[columns]` first, then the known words.

    `dot_votes`: votes at the end of a text count where its row has none in a column of their own.
    """

    def __init__(self, columns: dict[str, str], questions: Questions, *, dot_votes: bool = False):
        self.dot_votes = dot_votes
        self._columns = {fold(header): kind for header, kind in columns.items()}
        self.questions = questions

    def meaning(self, header: str) -> str:
        """Return field, META, STAMP, PERSONAL or nothing."""
        if not header.strip():
            return ""
        return self._columns.get(fold(header)) or headers.meaning(header)

    def question(self, header: str) -> bool:
        """Return whether a header looks like a question put to the respondent."""
        return bool(self.questions.known(header)) or "?" in header or len(header.split()) >= 5

    def recognised(self, cells: list[str]) -> int:
        """Return how many different headers among the cells mean something or are known questions."""
        distinct = {fold(cell): cell for cell in cells if cell.strip() and len(cell) < 400}
        return sum(bool(self.meaning(cell) or self.questions.known(cell)) for cell in distinct.values())


def find_columns(
    header: list[str], body: list[tuple[int, list[str]]], reading: FileReading, reader: HeaderReader
) -> GridColumns:
    """Return what the columns hold; those that are not read are named in the reading's `left_out`.

    A header of a text field makes a list. Without one, a table that names tables, rounds or questions
    is a list too, and its fullest unknown column the text, unless some header is worded as a
    question; any other table is a form export, where every unknown column is a question.
    """
    kinds = [reader.meaning(name) for name in header]
    fields: dict[str, int] = {}
    unknown: list[int] = []
    for index, kind in enumerate(kinds):
        if kind in _NOT_READ:
            reading.left_out.append(_left_out(header[index], index, kind))
        elif kind in _ONCE and kind not in fields:
            fields[kind] = index
        elif kind not in (headers.TEXT, headers.STAMP):
            unknown.append(index)
    used = [index for index in unknown if any(_cell(cells, index) for _, cells in body)]
    texts = {index: "" for index, kind in enumerate(kinds) if kind == headers.TEXT}
    texts = texts | _unknown_texts(header, body, fields, used, reader, is_list=bool(texts))
    for index in unknown:
        if index not in texts and (index in used or header[index].strip()):
            reading.left_out.append(_left_out(header[index], index, "unknown"))
    stamps = [index for index, kind in enumerate(kinds) if kind == headers.STAMP]
    return GridColumns(fields, dict(sorted(texts.items())), max(stamps, default=-1), len(header))


def _unknown_texts(
    header: list[str],
    body: list[tuple[int, list[str]]],
    fields: dict[str, int],
    used: list[int],
    reader: HeaderReader,
    *,
    is_list: bool,
) -> dict[int, str]:
    """Return the columns of unknown meaning that are read as text, with the question of each (empty: its row's).

    `used`: those with something in them; `is_list`: whether a column of notes is known already.
    """
    named = [index for index in used if header[index].strip()]
    asked = [index for index in named if reader.question(header[index])]
    if not is_list:
        rows_are_notes = headers.QUESTION in fields or (bool(_MAKES_LIST & fields.keys()) and not asked)
        if rows_are_notes:
            return {max(used, key=lambda index: (_average_length(body, index), -index)): ""} if used else {}
        asked = named
    return {index: reader.questions.find(header[index], trust_number=False) for index in asked}


def _cell(cells: list[str], index: int) -> str:
    return cells[index].strip() if index < len(cells) else ""


def _left_out(name: str, index: int, why: str) -> str:
    return message(
        f"ingest.left_out.{why}", header=" ".join(name.split())[:80] or "–", column=column_letters(index)
    )


def _average_length(body: list[tuple[int, list[str]]], index: int) -> float:
    lengths = [len(cell) for _, cells in body if (cell := _cell(cells, index))]
    return sum(lengths) / len(lengths) if lengths else 0.0
