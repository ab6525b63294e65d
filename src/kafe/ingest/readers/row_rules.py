"""Rows of a list that say something of other rows: sums, and what is written once for all rows below it."""

import itertools
import re

from kafe.ingest.layout.grid import Grid
from kafe.ingest.meaning import headers
from kafe.ingest.meaning.columns import GridColumns
from kafe.ingest.meaning.headings import parse_heading
from kafe.ingest.meaning.known_values import is_group
from kafe.ingest.meaning.questions import fold
from kafe.ingest.meaning.values import as_group

NumberedRow = tuple[int, list[str]]
_SUM_WORDS = frozenset(
    fold(word)
    for word in [
        "sum",
        "summen",
        "totalt",
        "total",
        "totalsum",
        "totaltantall",
        "ialt",
        "tilsammen",
        "tilsaman",
        "gjennomsnitt",
        "snitt",
        "antallsvar",
        "sumstemmer",
        "sumprikker",
        "sumrøyster",
        "totaltantallstemmer",
        "average",
        "grandtotal",
        "subtotal",
        "delsum",
        "median",
    ]
)
_NUMBER = re.compile(r"[\d\s.,:%/-]*")
_SUM_LINE = re.compile(
    r"(?:(?:del)?sum|totalt?|i alt|til ?sammen|til ?saman|gjennomsnitt|antall|talet på|tal på)(?:\s+(?!av\b)[\w]+){0,3}\s*[:=–-]?\s*"
    r"\d[\d.,]*(?:\s+\w+){0,2}\.?|(?:prikker|prikkar|stemmer|røyster|poeng|innspill|innspel)\s+(?:i alt|totalt|til ?sammen|til ?saman)\s*[:=–-]?\s*\d+\.?",
    re.IGNORECASE,
)
_ANCHORS = (headers.TABLE, headers.QUESTION, headers.ROUND)
_FOLLOWS = (*_ANCHORS, headers.GROUP, headers.MUNICIPALITY)


def is_sum(cells: list[str]) -> bool:
    """Return whether a row sums up others: a word such as `Sum`, and beside it nothing but numbers."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    words = [cell for cell in filled if not _NUMBER.fullmatch(cell)]
    return 0 < len(words) < len(filled) and all(fold(word) in _SUM_WORDS for word in words)


def is_sum_line(text: str) -> bool:
    """Return whether a line only counts: `Sum: 126`, `Totalt 12 stemmer`, `Antall deltakere: 6`."""
    return bool(_SUM_LINE.fullmatch(text.strip()))


def heading_of(cells: list[str]) -> dict[str, str]:
    """Return what a row says that only heads the rows below it, such as `Bord 2 – pårørende`; empty for any other."""
    filled = {cell.strip() for cell in cells if cell.strip()}
    if len(filled) != 1:
        return {}
    fields, rest = parse_heading(filled.pop())
    rest = rest.strip(" :–-()")
    if headers.TABLE not in fields or (rest and not is_group(rest)):
        return {}
    fields = {key: value for key, value in fields.items() if key not in ("personal", headers.QUESTION)}
    return fields | ({headers.GROUP: as_group(rest)} if rest else {})


def fill_down(body: list[NumberedRow], columns: GridColumns, grid: Grid) -> list[NumberedRow]:
    """Return the rows with table, question and round filled down where each is written on its first row only.

    A column is filled when its first row has a value and no value stands on two rows running; who spoke and
    where are filled with it, when they are written on the same rows.
    """
    rows = [(number, list(cells)) for number, cells in body]
    kept = [(number, cells) for number, cells in rows if not is_sum(cells)]
    written = {
        kind: [at for at, (_, cells) in enumerate(kept) if _at(cells, columns.fields[kind])]
        for kind in _FOLLOWS
        if kind in columns.fields
    }
    starts = [
        at
        for kind in _ANCHORS
        if kind in written
        for at in (written[kind] if _once(kept, columns, kind, written[kind]) else [])
    ]
    for kind, places in written.items():
        filled = kind in _ANCHORS and _once(kept, columns, kind, places)
        follows = kind not in _ANCHORS and places and {*places} <= {*starts} and len(starts) < len(kept)
        if filled or follows:
            _fill(kept, columns.fields[kind], {*starts} if follows else set())
    return rows


def _once(kept: list[NumberedRow], columns: GridColumns, kind: str, places: list[int]) -> bool:
    if not places or places[0] != 0 or len(places) == len(kept):
        return False
    values = [_at(kept[at][1], columns.fields[kind]) for at in places]
    return all(one != other for one, other in itertools.pairwise(values))


def _fill(kept: list[NumberedRow], column: int, starts: set[int]) -> None:
    """Write a column's last value into the empty cells below it; at a start that has none, there is none."""
    last = ""
    for at, (_, cells) in enumerate(kept):
        own = _at(cells, column)
        last = own or ("" if at in starts else last)
        if not own and last and column < len(cells):
            cells[column] = last


def _at(cells: list[str], column: int) -> str:
    return cells[column].strip() if column < len(cells) else ""
