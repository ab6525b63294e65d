"""Tables as files: CSV as Norwegian Excel reads it, and XLSX; no cell can become a formula."""

import csv
import io
import re
import zipfile
from pathlib import Path
from typing import Any

from kafe.coding.exchange.files import Archive, archive_bytes, decode, fault
from kafe.coding.exchange.tidy import Row, Table
from kafe.coding.exchange.xmltree import NOT_XML

RISKY = re.compile(r"'*[=+\-@\t\r]")
"""How text begins that a spreadsheet may run; apostrophes before it count, so that nothing is ambiguous."""
MOST_CELLS = 20_000_000
_LONGEST = 10_000_000
_XLSX_LONGEST = 32_767


def csv_bytes(table: Table) -> bytes:
    """Return a CSV file: semicolons, UTF-8 with BOM, CRLF; text that a spreadsheet would run gets a `'` before it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([escaped(name) for name in table.header])
    for row in table.rows:
        writer.writerow([escaped(cell) if isinstance(cell, str) else cell for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def xlsx_bytes(table: Table, title: str) -> bytes:
    """Return a workbook of one sheet; text is stored as text, and equal tables are equal bytes.

    Characters that a workbook cannot hold become U+FFFD, and cells end after 32,767 characters.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    header: Row = [*table.header]
    for number, row in enumerate([header, *table.rows]):
        cells = []
        for value in row:
            cell: Any = WriteOnlyCell(sheet)
            if isinstance(value, str):
                # Set behind openpyxl's back: it would take text that begins with = for a formula.
                cell._value = NOT_XML.sub("\ufffd", value)[:_XLSX_LONGEST]
                cell.data_type = "s"
                if RISKY.match(value):
                    cell.quotePrefix = True
            else:
                cell.value = value
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        members = {name: archive.read(name) for name in sorted(archive.namelist())}
    stamp = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
    members["docProps/core.xml"] = stamp.sub(b"1980-01-01T00:00:00Z", members["docProps/core.xml"])
    return archive_bytes(members)


def read_table(path: Path, data: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV or XLSX file by column name in lower case, all cells as text.

    Of a workbook the first sheet is read. Raises KafeError when the file cannot be read or is too large.
    """
    grid = _read_xlsx(path, data) if data.startswith(b"PK") else _read_csv(path, data)
    if not grid:
        return []
    header = [name.strip().lstrip("\ufeff").lower() for name in grid[0]]
    return [dict(zip(header, row, strict=False)) for row in grid[1:] if any(cell.strip() for cell in row)]


def header_of(path: Path, data: bytes) -> list[str]:
    """Return the column names of a table in lower case; empty when it has none."""
    grid = _read_xlsx(path, data, rows=1) if data.startswith(b"PK") else _read_csv(path, data, rows=1)
    return [name.strip().lstrip("\ufeff").lower() for name in grid[0]] if grid else []


def escaped(text: str) -> str:
    """Return text that no spreadsheet runs; `unescaped` gives it back."""
    return f"'{text}" if RISKY.match(text) else text


def unescaped(text: str) -> str:
    """Return the text that `escaped` was given; other text as it is."""
    return text[1:] if text.startswith("'") and RISKY.match(text) else text


def _read_csv(path: Path, data: bytes, rows: int | None = None) -> list[list[str]]:
    text = decode(data).removeprefix("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    limit = csv.field_size_limit(_LONGEST)
    found: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            found.append([unescaped(cell) for cell in row])
            if len(found) == rows:
                break
    except csv.Error as error:
        raise fault("not_csv", path.name) from error
    finally:
        csv.field_size_limit(limit)
    return found


def _read_xlsx(path: Path, data: bytes, rows: int | None = None) -> list[list[str]]:
    from openpyxl import load_workbook

    archive = Archive(data, path.name)
    if not archive.find("xl/workbook.xml"):
        raise fault("not_xlsx", path.name)
    found: list[list[str]] = []
    cells = 0
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for row in book.worksheets[0].iter_rows(values_only=True, max_row=rows):
            values = [_text(value) for value in row]
            cells += len(values)
            if cells > MOST_CELLS:
                raise fault("too_large", path.name)
            found.append(values)
        book.close()
    except (KeyError, ValueError, IndexError, TypeError, zipfile.BadZipFile, SyntaxError) as error:
        raise fault("not_xlsx", path.name) from error
    return found


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat else str(value)
