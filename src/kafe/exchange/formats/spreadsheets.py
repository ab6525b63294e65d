"""Tables as files: CSV as Norwegian Excel reads it, and XLSX; no cell can become a formula."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from itertools import chain
from typing import Any
from xml.sax.saxutils import escape

from kafe.exchange.formats.archive import archive_bytes, fault
from kafe.exchange.formats.coding_tables import CodingRow, CodingTable
from kafe.exchange.formats.xml_tree import NOT_XML
from kafe.files import WrongEncodingError, archives, decode, tables

RISKY = re.compile(r"'*[=+\-@\t\r]")
"""How text begins that a spreadsheet may run; apostrophes before it count, so that nothing is ambiguous."""
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET_DATA = re.compile("<sheetData ?/>|<sheetData>.*</sheetData>", re.DOTALL)
_DIMENSION = re.compile("<dimension [^>]*/>")
_STAMP = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_SHARED_STRINGS = (
    (
        "[Content_Types].xml",
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
        b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>',
    ),
    (
        "xl/_rels/workbook.xml.rels",
        b"</Relationships>",
        b'<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'sharedStrings" Target="sharedStrings.xml" Id="rIdStrings"/>',
    ),
)
"""What says that the workbook has a table of texts: file, where it ends, and the line to add."""
_XLSX_LONGEST = 32_767


def csv_bytes(table: CodingTable) -> bytes:
    """Return a CSV file: semicolons, UTF-8 with BOM, CRLF; text that a spreadsheet would run gets a `'` before it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([escaped(name) for name in table.header])
    for row in table.rows:
        writer.writerow([escaped(cell) if isinstance(cell, str) else cell for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def xlsx_bytes(table: CodingTable, title: str) -> bytes:
    """Return a workbook of one sheet; text is stored as text, and equal tables are equal bytes.

    Characters that a workbook cannot hold become U+FFFD, and cells end after 32,767 characters. openpyxl
    makes the workbook; the rows are written here, at a tenth of the time, with each text stored once.
    """
    from openpyxl.utils import get_column_letter

    members = _empty_workbook(title)
    strings: dict[str, int] = {}
    columns = [get_column_letter(number) for number in range(1, len(table.header) + 1)]
    rows: Iterable[CodingRow] = chain([[*table.header]], table.rows)
    lines = [
        "".join(
            _cell(f"{column}{number}", value, number == 1, strings)
            for column, value in zip(columns, row, strict=False)
        )
        for number, row in enumerate(rows, 1)
    ]
    data = "".join(f'<row r="{number}">{line}</row>' for number, line in enumerate(lines, 1))
    sheet = _DIMENSION.sub("", members[SHEET].decode("utf-8"))
    members[SHEET] = _SHEET_DATA.sub(lambda _: f"<sheetData>{data}</sheetData>", sheet).encode("utf-8")
    members[STRINGS] = _strings_xml(strings)
    return archive_bytes(dict(sorted(members.items())))


def _empty_workbook(title: str) -> dict[str, bytes]:
    """Return the files of a workbook whose styles are plain, bold (1) and text that is no formula (2)."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    sheet.freeze_panes = "A2"
    sheet["A1"].font = Font(bold=True)
    sheet["A2"].quotePrefix = True
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["docProps/core.xml"] = _STAMP.sub(b"1980-01-01T00:00:00Z", members["docProps/core.xml"])
    for name, end, part in _SHARED_STRINGS:
        if part not in members[name]:
            members[name] = members[name].replace(end, part + end)
    return members


def _cell(place: str, value: str | int, header: bool, strings: dict[str, int]) -> str:
    if not isinstance(value, str):
        return f'<c r="{place}"><v>{value}</v></c>'
    if not value:
        return ""
    text = NOT_XML.sub("\ufffd", value)[:_XLSX_LONGEST]
    style = ' s="1"' if header else ' s="2"' if RISKY.match(value) else ""
    return f'<c r="{place}"{style} t="s"><v>{strings.setdefault(text, len(strings))}</v></c>'


def _strings_xml(strings: Iterable[str]) -> bytes:
    items = "".join(f'<si><t xml:space="preserve">{_escape(text)}</t></si>' for text in strings)
    return f'<sst xmlns="{_MAIN}">{items}</sst>'.encode()


def _escape(text: str) -> str:
    return escape(text, {"\r": "&#13;"})


def read_table(data: bytes, file: str) -> list[dict[str, str]]:
    """Return the rows of a CSV or XLSX file by column name in lower case, all cells as text.

    Of a workbook the first sheet is read. Raises KafeError when the file cannot be read or is too large.
    """
    grid = _cells(data, file)
    if not grid:
        return []
    header = _names(grid[0])
    return [dict(zip(header, row, strict=False)) for row in grid[1:] if any(cell.strip() for cell in row)]


def header_of(data: bytes, file: str) -> list[str]:
    """Return the column names of a table in lower case; empty when it has none."""
    grid = _cells(data, file, most=1)
    return _names(grid[0]) if grid else []


def escaped(text: str) -> str:
    """Return text that no spreadsheet runs; `unescaped` gives it back."""
    return f"'{text}" if RISKY.match(text) else text


def unescaped(text: str) -> str:
    """Return the text that `escaped` was given; other text as it is."""
    return text[1:] if text.startswith("'") and RISKY.match(text) else text


def _names(row: list[str]) -> list[str]:
    return [name.strip().lstrip("\ufeff").lower() for name in row]


def _cells(data: bytes, file: str, most: int | None = None) -> list[list[str]]:
    try:
        if not data.startswith(b"PK"):
            return [
                [unescaped(cell) for cell in row.cells] for row in tables.csv_rows(decode(data), most=most)
            ]
        sheet = tables.open_workbook(data, streamed=True).worksheets[0]
        return [row.cells for row in tables.sheet_rows(sheet, most)]
    except WrongEncodingError:
        raise fault("not_csv", file) from None
    except archives.TooLargeError:
        raise fault("too_large", file) from None
    except archives.NotAnArchiveError:
        raise fault("not_xlsx", file) from None
