"""A grid of cells to notes: lists with one note a row, and form exports with one question a column."""

import re
from collections.abc import Callable
from dataclasses import replace

from kafe.ingest.layout.grid import Grid
from kafe.ingest.layout.lines import take_votes
from kafe.ingest.meaning import headers
from kafe.ingest.meaning.columns import Columns, HeaderReader, find_columns
from kafe.ingest.meaning.questions import fold, split_number
from kafe.ingest.meaning.values import as_date, as_group, as_label, as_municipality, as_votes
from kafe.ingest.records import Context, Draft, Reading
from kafe.records import normalise_text

_HEADER_WITHIN = 25
_CONTEXT_FIELDS: dict[str, Callable[[str], str]] = {
    headers.TABLE: as_label,
    headers.ROUND: as_label,
    headers.GROUP: as_group,
    headers.MUNICIPALITY: as_municipality,
    headers.DATE: as_date,
}


def read_grid(grid: Grid, reading: Reading, reader: HeaderReader, context: Context) -> None:
    """Add the grid's notes, and what is not a note, to the reading.

    A list has a text column: a row is a note. A form export has one column a question: each
    non-empty answer is a row of the account and a note. Rows without any text are listed as empty,
    rows above the header as titles, repeated headers as such; entirely empty rows do not count.
    """
    rows = [(number, cells) for number, cells in grid.rows if any(cell.strip() for cell in cells)]
    if not rows:
        return
    at = _find_header(grid, rows, reader)
    if at is None:
        _read_without_header(grid, rows, reading, context)
        return
    number, header = rows[at]
    header = [cell if grid.own(number, index) else "" for index, cell in enumerate(header)]
    for title, _ in rows[:at]:
        reading.skip(grid.place(title), "title")
    body = rows[at + 1 :]
    columns = find_columns(header, body, reading, reader)
    if not columns.texts:
        if body:
            reading.problem(grid.place(number), "no_text_column")
            _skip_rows(grid, reading, [row for row, _ in body], "no_text_column")
        return
    _read_rows(grid, header, body, columns, reading, reader, context)


def has_text_header(grid: Grid, reader: HeaderReader) -> bool:
    """Return whether some row of the grid names a column of notes or a known question."""
    return any(
        reader.meaning(cell) == headers.TEXT or reader.questions.known(cell)
        for _, cells in grid.rows[:_HEADER_WITHIN]
        for cell in cells
    )


def _find_header(grid: Grid, rows: list[tuple[int, list[str]]], reader: HeaderReader) -> int | None:
    """Return the index of the header row: the first with most known headers, else the first full row."""
    best, found = 0, None
    for index, (_, cells) in enumerate(rows[:_HEADER_WITHIN]):
        score = reader.recognised(cells)
        enough = score >= 2 or any(
            reader.meaning(cell) == headers.TEXT or reader.questions.known(cell) for cell in cells
        )
        if enough and score > best:
            best, found = score, index
    if found is not None:
        return found
    width = max(len([cell for cell in cells if cell.strip()]) for _, cells in rows)
    for index, (number, cells) in enumerate(rows[:_HEADER_WITHIN]):
        filled = [c for i, c in enumerate(cells) if c.strip() and grid.own(number, i)]
        if width == 1:
            return index if filled and filled[0].strip().endswith("?") and len(rows) > 1 else None
        if len(filled) >= max(2, width - 1) and all(re.search(r"[^\W\d_]", cell) for cell in filled):
            return index
    return None


def _read_without_header(
    grid: Grid, rows: list[tuple[int, list[str]]], reading: Reading, context: Context
) -> None:
    if max(len([cell for cell in cells if cell.strip()]) for _, cells in rows) > 1:
        reading.problem(grid.place(rows[0][0]), "no_header")
        _skip_rows(grid, reading, [number for number, _ in rows], "no_header")
        return
    for number, cells in rows:
        text = normalise_text(next(cell for cell in cells if cell.strip()))
        if text:
            reading.drafts.append(Draft(text, grid.place(number), context))
        else:
            reading.skip(grid.place(number), "empty")


def _read_rows(
    grid: Grid,
    header: list[str],
    body: list[tuple[int, list[str]]],
    columns: Columns,
    reading: Reading,
    reader: HeaderReader,
    context: Context,
) -> None:
    names = [fold(cell) for cell in header]
    several = len(columns.texts) > 1
    empty: list[int] = []
    for number, cells in body:
        if len(cells) >= len(names) and all(
            fold(cell) == name for cell, name in zip(cells, names, strict=False)
        ):
            reading.skip(grid.place(number), "repeated_header")
            continue
        row = _fit(grid, number, cells, columns, reading)
        if row is None:
            continue
        found = []
        covered = False
        for column in columns.texts:
            text = normalise_text(row[column])
            if text and not grid.own(number, column):
                covered = True
            elif text:
                found.append((column, text))
        if not found:
            if covered:
                reading.skip(grid.place(number), "covered")
            else:
                empty.append(number)
            continue
        here = _row_context(grid, number, row, columns, reader, context)
        votes = _row_votes(grid, number, row, columns, reading)
        for column, text in found:
            question = columns.texts[column] or here.question
            clean, dots = take_votes(text) if reader.dot_votes and not votes else (text, votes)
            reading.drafts.append(
                Draft(
                    clean,
                    grid.place(number, column=column if several else -1),
                    replace(here, question=question),
                    dots,
                )
            )
    _skip_rows(grid, reading, empty, "empty")


def _fit(grid: Grid, number: int, cells: list[str], columns: Columns, reading: Reading) -> list[str] | None:
    """Return the cells at the header's width; what runs over belongs to a last text column, or is a problem."""
    row = list(cells) + [""] * (columns.width - len(cells))
    extra = row[columns.width :]
    while columns.width > 1 and extra and not extra[-1].strip():
        extra.pop()
    if not extra:
        return row[: columns.width]
    last = columns.width - 1
    if grid.delimiter and last in columns.texts:
        return [*row[:last], grid.delimiter.join([row[last], *extra])]
    reading.problem(grid.place(number), "long_row", expected=columns.width, found=columns.width + len(extra))
    if grid.delimiter:
        reading.skip(grid.place(number), "long_row")
        return None
    return row[: columns.width]


def _row_context(
    grid: Grid, number: int, row: list[str], columns: Columns, reader: HeaderReader, context: Context
) -> Context:
    values: dict[str, str] = {}
    for kind, column in columns.fields.items():
        corner = grid.merged.get((number, column))
        if corner and corner[1] != column and corner[1] in columns.texts:
            continue
        cell = row[column].strip()
        if not cell:
            continue
        if kind == headers.QUESTION:
            values["question"] = reader.questions.find(_plain_number(cell))
        elif kind in _CONTEXT_FIELDS:
            values[kind] = _CONTEXT_FIELDS[kind](cell)
    if not values.get("date") and columns.stamp >= 0:
        values["date"] = as_date(row[columns.stamp])
    return replace(context, **{key: value for key, value in values.items() if value})


def _plain_number(cell: str) -> str:
    """Return `Spørsmål 2` and `2.` as they stand, but `2,0` as `2`."""
    return re.sub(r"^(\d+)[.,]0+$", r"\1", cell) if split_number(cell)[0] or cell[0].isdigit() else cell


def _row_votes(grid: Grid, number: int, row: list[str], columns: Columns, reading: Reading) -> int:
    column = columns.fields.get(headers.VOTES, -1)
    if column < 0:
        return 0
    votes = as_votes(row[column])
    if votes is None:
        reading.problem(grid.place(number, column=column), "votes")
        return 0
    return votes


def _skip_rows(grid: Grid, reading: Reading, numbers: list[int], reason: str) -> None:
    """List rows, neighbours as one entry."""
    start = 0
    for index, number in enumerate(numbers):
        if index + 1 == len(numbers) or numbers[index + 1] != number + 1:
            reading.skip(grid.place(numbers[start], last=number), reason, rows=index + 1 - start)
            start = index + 1
