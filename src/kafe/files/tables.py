"""Tables: CSV in any delimiter and XLSX, to rows of cells numbered as a spreadsheet shows them."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kafe.files.archives import NotAnArchiveError, TooLargeError, check_archive
from kafe.files.decode import read_text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

DELIMITERS = ";,\t"
_LONGEST = 1 << 30
_MOST_CELLS = 20_000_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_MERGED_CELLS = 1_000_000
_LINE_END = re.compile(r"\r\n|\r|\n")


class DamagedError(NotAnArchiveError):
    """The workbook is an archive, but a part of it cannot be read."""


class TableRow(NamedTuple):
    """A row; `number` counts records, the header is 1. `broken`: see `csv_rows`."""

    number: int
    cells: list[str]
    broken: bool = False


def delimiter_of(
    text: str, known: Callable[[list[str]], int] | None = None, *, rows: int = 1, marks: str = DELIMITERS
) -> str:
    """Return the delimiter that occurs most often in the first line, of equals the first of `marks`.

    With `known`, which counts cells that are known headers, the one under which one of the first `rows`
    lines has most of them comes before.
    """
    lines = text.split("\n", rows)[:rows]

    def score(mark: str) -> tuple[int, int]:
        most = max(map(known, csv.reader(lines, delimiter=mark)), default=0) if known else 0
        return most, lines[0].count(mark)

    return max(marks, key=score)


def csv_rows(
    text: str, delimiter: str = "", *, strict: bool = False, most: int | None = None
) -> list[TableRow]:
    """Return the rows of a delimited text, or the first `most`; without a `delimiter`, that of `delimiter_of`.

    A quote that is never closed spoils its own row only: that is `broken` and holds the first line as it
    stands, and reading goes on after it. `strict`: a row with text after a closed quote is broken too.
    """
    records = _records(text, delimiter or delimiter_of(text), strict)
    before = csv.field_size_limit(_LONGEST)
    try:
        return [TableRow(number, *found) for number, found in enumerate(islice(records, most), 1)]
    finally:
        csv.field_size_limit(before)


def read_csv(path: Path, *, strict: bool = False) -> list[TableRow]:
    """Return the rows of a CSV file in any encoding and with any delimiter: see `csv_rows`.

    Raises OSError, and WrongEncodingError that names the file.
    """
    return csv_rows(read_text(path), strict=strict)


def open_workbook(data: bytes, *, values: bool = True, streamed: bool = False) -> Workbook:
    """Return an XLSX workbook; nothing in it is computed and no link followed.

    `values`: formulas give the value that was saved with them, else their text. `streamed`: rows are
    read one at a time, and cells cannot be looked up. Raises NotAnArchiveError, TooLargeError (see
    `check_archive`) or DamagedError.
    """
    from openpyxl import load_workbook

    check_archive(data, "xl/workbook.xml")
    try:
        if not streamed:
            _check_merged(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(data), data_only=values, keep_links=False, read_only=streamed)
    except TooLargeError:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers meet in a damaged part
        raise DamagedError from error


def sheet_rows(sheet: Worksheet, most: int | None = None) -> list[TableRow]:
    """Return the rows of a sheet, or the first `most`, as texts: see `cell_text`.

    Raises DamagedError, and TooLargeError for more than 20 million cells.
    """
    found: list[TableRow] = []
    cells = 0
    try:
        for number, row in enumerate(sheet.iter_rows(values_only=True, max_row=most), 1):
            found.append(TableRow(number, [cell_text(value) for value in row]))
            cells += len(row)
            if cells > _MOST_CELLS:
                break
    except Exception as error:  # as in `open_workbook`
        raise DamagedError from error
    if cells > _MOST_CELLS:
        raise TooLargeError
    return found


def cell_text(value: object) -> str:
    """Return a spreadsheet's value as text: whole numbers without decimals, dates and times as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat else str(value)


def _check_merged(data: bytes) -> None:
    """Raise TooLargeError when merged cells cover millions of cells: openpyxl makes an object for each."""
    covered = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                for left, top, right, bottom in _MERGED.findall(archive.read(name)):
                    rows = int(bottom) - int(top) + 1
                    covered += rows * (_column_number(right) - _column_number(left) + 1)
    if covered > _MERGED_CELLS:
        raise TooLargeError


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _records(text: str, delimiter: str, strict: bool) -> Iterator[tuple[list[str], bool]]:
    """Yield each record and whether it is broken (then its first line is taken as it is)."""
    while text:
        source = _Lines(text)
        for cells in csv.reader(source, delimiter=delimiter):
            last = source.at_end and source.lines > 1
            fault = _fault(source.record, delimiter) if last or strict else ""
            if last and "unexpected end" in fault:
                break
            yield cells, strict and bool(fault)
            source.start_record()
        else:
            return
        first, text = (*_LINE_END.split(source.record, maxsplit=1), "")[:2]
        yield next(csv.reader([first], delimiter=delimiter, quoting=csv.QUOTE_NONE)), True


def _fault(record: str, delimiter: str) -> str:
    try:
        list(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return str(error)
    return ""


class _Lines:
    """The lines of a text, remembering which of them the record under way has taken."""

    def __init__(self, text: str):
        self._lines = io.StringIO(text, newline="")
        self._length, self._taken = len(text), 0
        self.start_record()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._record.append(line)
        self._taken += len(line)
        return line

    def start_record(self) -> None:
        self._record: list[str] = []

    @property
    def at_end(self) -> bool:
        return self._taken >= self._length

    @property
    def lines(self) -> int:
        return len(self._record)

    @property
    def record(self) -> str:
        return "".join(self._record)
