"""XLSX: a workbook to one grid a visible sheet."""

from datetime import date, datetime, time
from typing import Any

from kafe.files import archives, tables
from kafe.ingest.layout.grid import Grid, column_letters
from kafe.ingest.records import FileReading, place
from kafe.messages import joined


def read_workbook(data: bytes, reading: FileReading) -> list[Grid]:
    """Return the grids of the workbook's visible sheets; hidden sheets are listed with their rows.

    Formulas give the value that was saved with them and are never computed: one without such a value
    is a problem, and its cell empty. A merged cell's value stands in all the cells it covers.
    """
    try:
        values, formulas = tables.open_workbook(data), tables.open_workbook(data, values=False)
    except archives.TooLargeError:
        reading.problem("", "too_large")
        return []
    except tables.DamagedError:
        reading.problem("", "corrupt_xlsx")
        return []
    except archives.NotAnArchiveError:
        reading.problem("", "not_xlsx")
        return []
    grids = []
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            filled = {row for (row, _), cell in sheet._cells.items() if cell.value not in (None, "")}
            reading.skip(place("sheet", sheet=sheet.title), "hidden_sheet", rows=len(filled))
            continue
        grids.append(_grid(sheet, formulas[sheet.title], reading))
    return grids


def _grid(sheet: Any, formulas: Any, reading: FileReading) -> Grid:
    # The cells as stored, not iter_rows: a single formatted cell at the sheet's far corner would
    # otherwise stretch it to 17 thousand million cells.
    texts = {at: _text(cell.value) for at, cell in sheet._cells.items() if cell.data_type != "e"}
    filled = {at: text for at, text in texts.items() if text}
    width = max((column for _, column in filled), default=0)
    numbers = {row for row, _ in filled}
    rows = {row: [filled.get((row, column), "") for column in range(1, width + 1)] for row in sorted(numbers)}
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for area in sorted(sheet.merged_cells.ranges, key=lambda found: (found.min_row, found.min_col)):
        corner = (area.min_row, area.min_col - 1)
        for row in sorted(numbers.intersection(range(area.min_row, area.max_row + 1))):
            for column in range(area.min_col - 1, min(area.max_col, width)):
                if (row, column) != corner:
                    merged[row, column] = corner
                    rows[row][column] = filled.get((area.min_row, area.min_col), "")
    _list_bad_cells(sheet, formulas, reading)
    return Grid(rows=list(rows.items()), sheet=sheet.title, merged=merged)


def _list_bad_cells(sheet: Any, formulas: Any, reading: FileReading) -> None:
    bad: dict[tuple[str, int], list[int]] = {}
    for (row, column), cell in sorted(formulas._cells.items()):
        value = sheet._cells.get((row, column))
        if cell.data_type == "e" or (value is not None and value.data_type == "e"):
            bad.setdefault(("cell_error", column), []).append(row)
        elif cell.data_type == "f" and (value is None or value.value is None):
            bad.setdefault(("formula", column), []).append(row)
    for (key, column), rows in bad.items():
        first = place("cell", cell=f"{column_letters(column - 1)}{rows[0]}")
        reading.problem(joined([place("sheet", sheet=sheet.title), first], ", "), key, count=len(rows))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    return str(value)
