"""CSV and TSV: text to a grid of cells: which delimiter, and a quote that never ends is listed."""

import re
from collections import Counter
from collections.abc import Callable

from kafe.files import tables
from kafe.ingest.layout.grid import Grid
from kafe.ingest.records import FileReading, place

_DELIMITERS = (";", "\t", ",", "|")
_SEP_LINE = re.compile(r"^\ufeff?\"?sep=(.)\"?[ ;,]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_SAMPLE, _FIRST = 40, 200


def read_csv(text: str, reading: FileReading, recognised: Callable[[list[str]], int]) -> Grid:
    """Return the grid of a delimited text; rows are numbered as a spreadsheet would show them.

    The delimiter is the one a first line `sep=` names; else the one under which some row has most
    headers that `recognised` counts; else the one that gives the most even rows, semicolon first.
    """
    if match := _SEP_LINE.match(text):
        delimiter, text = match[1], text[match.end() :]
    else:
        delimiter = _sniff(text, recognised)
    rows = tables.csv_rows(text, delimiter)
    for row in rows:
        if row.broken:
            reading.problem(place("row", row=row.number), "open_quote")
    return Grid(rows=[(row.number, row.cells) for row in rows], delimiter=delimiter)


def _sniff(text: str, recognised: Callable[[list[str]], int]) -> str:
    best, found = (0, 0.0, 0), _DELIMITERS[0]
    for delimiter in _DELIMITERS:
        if delimiter not in text:
            continue
        first = (row.cells for row in tables.csv_rows(text, delimiter, most=_FIRST))
        sample = [cells for cells in first if any(cell.strip() for cell in cells)][:_SAMPLE]
        widths = Counter(len(cells) for cells in sample if len(cells) > 1)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = (max(recognised(cells) for cells in sample), count / len(sample), width)
        if score > best and (score[0] > 0 or score[1] > 0.5):
            best, found = score, delimiter
    return found
