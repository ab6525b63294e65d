"""What the columns of a table hold, by their headers and, where those say nothing, by what is in them."""

from dataclasses import dataclass

from kafe.ingest.layout.grid import column_letters
from kafe.ingest.meaning import headers
from kafe.ingest.meaning.questions import Questions, fold
from kafe.ingest.records import Reading
from kafe.messages import message

_ONCE = frozenset(headers.FIELDS) - {headers.TEXT, headers.IGNORE}


@dataclass(frozen=True, slots=True)
class Columns:
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
    header: list[str], body: list[tuple[int, list[str]]], reading: Reading, reader: HeaderReader
) -> Columns:
    """Return what the columns hold; those that are not read are named in the reading's `left_out`.

    A header of a text field makes a list. Without one, a table that names tables, rounds or questions
    is a list too, and its fullest unknown column the text, unless some header is worded as a
    question; any other table is a form export, where every unknown column is a question.
    """
    fields: dict[str, int] = {}
    texts: dict[int, str] = {}
    unknown: list[int] = []
    stamps: list[int] = []
    for index, name in enumerate(header):
        kind = reader.meaning(name)
        if kind == headers.TEXT:
            texts[index] = ""
        elif kind == headers.STAMP:
            stamps.append(index)
        elif kind in (headers.PERSONAL, headers.IGNORE, headers.META):
            reading.left_out.append(_left_out(name, index, kind))
        elif kind in _ONCE and kind not in fields:
            fields[kind] = index
        else:
            unknown.append(index)
    used = [
        index for index in unknown if any(index < len(cells) and cells[index].strip() for _, cells in body)
    ]
    named = [index for index in used if header[index].strip()]
    is_list = bool(texts) or bool({headers.TABLE, headers.ROUND, headers.QUESTION} & fields.keys())
    if texts:
        asked = [index for index in named if reader.question(header[index])]
    elif is_list and (
        headers.QUESTION in fields or not any(reader.question(header[index]) for index in named)
    ):
        asked = []
        if used:
            texts[max(used, key=lambda index: (_average_length(body, index), -index))] = ""
    else:
        asked = named
    for index in asked:
        texts[index] = reader.questions.find(header[index], trust_number=False)
    for index in unknown:
        if index not in texts and (index in used or header[index].strip()):
            reading.left_out.append(_left_out(header[index], index, "unknown"))
    return Columns(fields, dict(sorted(texts.items())), max(stamps, default=-1), len(header))


def _left_out(name: str, index: int, why: str) -> str:
    return message(
        f"ingest.left_out.{why}", header=" ".join(name.split())[:80] or "–", column=column_letters(index)
    )


def _average_length(body: list[tuple[int, list[str]]], index: int) -> float:
    lengths = [len(cells[index].strip()) for _, cells in body if index < len(cells) and cells[index].strip()]
    return sum(lengths) / len(lengths) if lengths else 0.0
