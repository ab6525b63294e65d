"""CSV and TSV: text to a grid of cells; which delimiter, and what to do with a quote that never ends."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kafe.ingest.layout.grid import Grid
from kafe.ingest.records import FileReading, place

_DELIMITERS = (";", "\t", ",", "|")
_SEP_LINE = re.compile(r"^\ufeff?\"?sep=(.)\"?[ ;,]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_SAMPLE = 40


def read_csv(text: str, reading: FileReading, recognised: Callable[[list[str]], int]) -> Grid:
    """Return the grid of a delimited text; rows are numbered as a spreadsheet would show them.

    The delimiter is the one a first line `sep=` names; else the one under which some row has most
    headers that `recognised` counts; else the one that gives the most even rows, semicolon first.
    """
    if match := _SEP_LINE.match(text):
        delimiter, text = match[1], text[match.end() :]
    else:
        delimiter = _sniff(text, recognised)
    rows = []
    for number, (cells, broken) in enumerate(_records(text, delimiter), 1):
        if broken:
            reading.problem(place("row", row=number), "open_quote")
        rows.append((number, cells))
    return Grid(rows=rows, delimiter=delimiter)


def _sniff(text: str, recognised: Callable[[list[str]], int]) -> str:
    best, found = (0, 0.0, 0), _DELIMITERS[0]
    for delimiter in _DELIMITERS:
        if delimiter not in text:
            continue
        sample = []
        for cells, _ in _records(text, delimiter):
            if any(cell.strip() for cell in cells):
                sample.append(cells)
            if len(sample) == _SAMPLE:
                break
        widths = Counter(len(cells) for cells in sample if len(cells) > 1)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = (max(recognised(cells) for cells in sample), count / len(sample), width)
        if score > best and (score[0] > 0 or score[1] > 0.5):
            best, found = score, delimiter
    return found


def _records(text: str, delimiter: str) -> Iterator[tuple[list[str], bool]]:
    """Yield each record and whether its quote was never closed (then its first line is taken as it is)."""
    with _long_fields():
        while text:
            source = _Lines(text)
            for cells in csv.reader(source, delimiter=delimiter):
                if source.at_end and source.lines > 1 and _unclosed(source.record, delimiter):
                    break
                yield cells, False
                source.start_record()
            else:
                return
            first, text = (*re.split(r"\r\n|\r|\n", source.record, maxsplit=1), "")[:2]
            yield next(csv.reader([first], delimiter=delimiter, quoting=csv.QUOTE_NONE)), True


class _Lines:
    """The lines of a text, remembering which of them the record under way has taken."""

    def __init__(self, text: str):
        self._lines = io.StringIO(text, newline="")
        self._length, self._taken = len(text), 0
        self.start_record()

    def __iter__(self) -> "_Lines":
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


def _unclosed(record: str, delimiter: str) -> bool:
    try:
        list(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


@contextmanager
def _long_fields() -> Iterator[None]:
    before = csv.field_size_limit(1 << 30)
    try:
        yield
    finally:
        csv.field_size_limit(before)
