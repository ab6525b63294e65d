"""A grid of cells to notes: lists with one note a row, and form exports with one question a column."""

import re
from collections.abc import Callable
from dataclasses import replace

from kafe.ingest.layout.grid import Grid
from kafe.ingest.layout.lines import bullet, take_votes
from kafe.ingest.meaning import headers
from kafe.ingest.meaning.columns import GridColumns, HeaderReader, find_columns
from kafe.ingest.meaning.headings import parse_heading
from kafe.ingest.meaning.questions import fold, split_number
from kafe.ingest.meaning.values import as_date, as_group, as_label, as_municipality, as_votes
from kafe.ingest.readers.row_rules import fill_down, heading_of, is_sum, is_sum_line
from kafe.ingest.records import FileReading, NoteContext, NoteDraft
from kafe.records import normalise_text

_HEADER_WITHIN = 25
_CONTEXT_FIELDS: dict[str, Callable[[str], str]] = {
    headers.TABLE: as_label,
    headers.ROUND: as_label,
    headers.GROUP: as_group,
    headers.MUNICIPALITY: as_municipality,
    headers.DATE: as_date,
}

_LIST_FIELDS = {*_CONTEXT_FIELDS, headers.QUESTION, headers.VOTES}
NumberedRow = tuple[int, list[str]]


def read_grid(grid: Grid, reading: FileReading, reader: HeaderReader, context: NoteContext) -> None:
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
    for title, cells in rows[:at]:
        context = replace(context, **heading_of(cells))
        reading.skip(grid.place(title), "title")
    body = rows[at + 1 :]
    columns = find_columns(grid, header, body, reading, reader)
    if columns.texts:
        if columns.is_list:
            body = fill_down(body, columns, grid)
        _GridNotes(grid, columns, reading, reader, context).add(header, body)
    elif body:
        reading.problem(grid.place(number), "no_text_column")
        _skip_rows(grid, reading, [row for row, _ in body], "no_text_column")


def has_text_header(grid: Grid, reader: HeaderReader) -> bool:
    """Return whether some row of the grid names a column of notes, a known question, or two fields."""
    return any(
        _names_text(cells, reader) or len({reader.meaning(cell) for cell in cells} & _LIST_FIELDS) > 1
        for _, cells in grid.rows[:_HEADER_WITHIN]
    )


def _names_text(cells: list[str], reader: HeaderReader) -> bool:
    return any(reader.meaning(cell) == headers.TEXT or reader.questions.known(cell) for cell in cells)


def _find_header(grid: Grid, rows: list[NumberedRow], reader: HeaderReader) -> int | None:
    """Return the index of the header row: the first with most known headers, else the first full row."""
    best, found = 0, None
    for index, (_, cells) in enumerate(rows[:_HEADER_WITHIN]):
        score = reader.recognised(cells)
        if score > best and (score >= 2 or _names_text(cells, reader)):
            best, found = score, index
    return found if found is not None else _first_full_row(grid, rows)


def _first_full_row(grid: Grid, rows: list[NumberedRow]) -> int | None:
    """Return the index of the first row with words in all columns but one; of one column, a question on top."""
    width = _width(rows)
    for index, (number, cells) in enumerate(rows[:_HEADER_WITHIN]):
        filled = [cell for at, cell in enumerate(cells) if cell.strip() and grid.own(number, at)]
        if width == 1:
            return index if filled and filled[0].strip().endswith("?") and len(rows) > 1 else None
        if len(filled) >= max(2, width - 1) and all(re.search(r"[^\W\d_]", cell) for cell in filled):
            return index
    return None


def _width(rows: list[NumberedRow]) -> int:
    return max(sum(bool(cell.strip()) for cell in cells) for _, cells in rows)


def _read_without_header(
    grid: Grid, rows: list[NumberedRow], reading: FileReading, context: NoteContext
) -> None:
    if _width(rows) > 1:
        reading.problem(grid.place(rows[0][0]), "no_header")
        _skip_rows(grid, reading, [number for number, _ in rows], "no_header")
        return
    for number, cells in rows:
        text = normalise_text(next(cell for cell in cells if cell.strip()))
        if text:
            reading.drafts.append(NoteDraft(text, grid.place(number), context))
        else:
            reading.skip(grid.place(number), "empty")


class _GridNotes:
    """The rows below a header whose columns are known, read into notes."""

    def __init__(
        self,
        grid: Grid,
        columns: GridColumns,
        reading: FileReading,
        reader: HeaderReader,
        context: NoteContext,
    ):
        self._grid, self._columns = grid, columns
        self._reading, self._reader = reading, reader
        self._context = context

    def add(self, header: list[str], body: list[NumberedRow]) -> None:
        """Add the notes of the rows; rows without a text are listed by their reason."""
        names = [fold(cell) for cell in header]
        empty: list[int] = []
        for number, cells in body:
            if [fold(cell) for cell in cells[: len(names)]] == names:
                self._reading.skip(self._grid.place(number), "repeated_header")
            elif heading := heading_of(cells):
                self._context = replace(self._context, **heading)
                self._reading.skip(self._grid.place(number), "heading")
            elif is_sum(cells):
                self._reading.skip(self._grid.place(number), "sum")
            elif (row := self._at_width(number, cells)) is not None:
                texts = {column: normalise_text(row[column]) for column in self._columns.texts}
                own = {column: text for column, text in texts.items() if self._grid.own(number, column)}
                if self._columns.title >= 0 and not any(own.values()):
                    own = {next(iter(texts)): normalise_text(row[self._columns.title])}
                if any(own.values()):
                    self._add_row(number, row, own)
                elif any(texts.values()):
                    self._reading.skip(self._grid.place(number), "covered")
                else:
                    empty.append(number)
        _skip_rows(self._grid, self._reading, empty, "empty")

    def _add_row(self, number: int, row: list[str], texts: dict[int, str]) -> None:
        here = self._context_of(number, row)
        votes = self._votes(number, row)
        several = len(self._columns.texts) > 1
        for column, text in texts.items():
            if not text:
                continue
            if is_sum_line(text):
                self._reading.skip(self._grid.place(number, column=column if several else -1), "sum")
                continue
            text, here = self._titled(row, text, here) if self._columns.is_list else (text, here)
            where = self._grid.place(number, column=column if several else -1)
            question = self._columns.texts[column] or here.question
            heads = self._columns.heads.get(column, {})
            for part in _lines(text) if heads else [text]:
                clean, dots = take_votes(part) if self._reader.dot_votes and not votes else (part, votes)
                self._reading.drafts.append(
                    NoteDraft(clean, where, replace(here, question=question, **heads), dots)
                )

    def _titled(self, row: list[str], text: str, here: NoteContext) -> tuple[str, NoteContext]:
        """Return a text with the title that stands over it, or with what the title says of where it was written."""
        title = normalise_text(row[self._columns.title]) if self._columns.title >= 0 else ""
        if not title or fold(title) in fold(text):
            return text, here
        fields, rest = parse_heading(title)
        if fields and not rest and "personal" not in fields:
            fields.pop("question", None)
            return text, replace(here, **fields)
        return f"{title}\n{text}", here

    def _at_width(self, number: int, cells: list[str]) -> list[str] | None:
        """Return the cells at the header's width; what runs over belongs to a last text column, or is a problem."""
        grid, width = self._grid, self._columns.width
        row = list(cells) + [""] * (width - len(cells))
        extra = row[width:]
        while width > 1 and extra and not extra[-1].strip():
            extra.pop()
        if not extra:
            return row[:width]
        last = width - 1
        if grid.delimiter and last in self._columns.texts:
            return [*row[:last], grid.delimiter.join([row[last], *extra])]
        self._reading.problem(grid.place(number), "long_row", expected=width, found=width + len(extra))
        if grid.delimiter:
            self._reading.skip(grid.place(number), "long_row")
            return None
        return row[:width]

    def _context_of(self, number: int, row: list[str]) -> NoteContext:
        """Return what the row says of its notes beside their text: table, round, group, question, date."""
        values: dict[str, str] = {}
        for kind, column in self._columns.fields.items():
            cell = row[column].strip()
            if not cell or self._belongs_to_text(number, column):
                continue
            if kind == headers.QUESTION:
                values["question"] = self._reader.questions.find(_plain_number(cell))
            elif kind in _CONTEXT_FIELDS:
                values[kind] = _CONTEXT_FIELDS[kind](cell)
        if not values.get("date") and self._columns.stamp >= 0:
            values["date"] = as_date(row[self._columns.stamp])
        return replace(self._context, **{key: value for key, value in values.items() if value})

    def _belongs_to_text(self, number: int, column: int) -> bool:
        """Return whether a cell is covered by a text that is merged over several columns."""
        corner = self._grid.merged.get((number, column))
        return corner is not None and corner[1] != column and corner[1] in self._columns.texts

    def _votes(self, number: int, row: list[str]) -> int:
        column = self._columns.fields.get(headers.VOTES, -1)
        if column < 0:
            return 0
        votes = as_votes(row[column])
        if votes is None:
            self._reading.problem(self._grid.place(number, column=column), "votes")
        return votes or 0


def _lines(text: str) -> list[str]:
    """Return the lines of a cell that holds what a whole table said, without the marks of a list."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return [item[2] if (item := bullet(line)) else line for line in lines]


def _plain_number(cell: str) -> str:
    """Return `Spørsmål 2` and `2.` as they stand, but `2,0` as `2`."""
    return re.sub(r"^(\d+)[.,]0+$", r"\1", cell) if split_number(cell)[0] or cell[0].isdigit() else cell


def _skip_rows(grid: Grid, reading: FileReading, numbers: list[int], reason: str) -> None:
    """List rows, neighbours as one entry."""
    start = 0
    for index, number in enumerate(numbers):
        if index + 1 == len(numbers) or numbers[index + 1] != number + 1:
            reading.skip(grid.place(numbers[start], last=number), reason, rows=index + 1 - start)
            start = index + 1
