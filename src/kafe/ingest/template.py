"""Empty forms for table hosts, made for one session, which the readers of this package read back."""

from pathlib import Path
from typing import Any

from kafe.ingest.readers.docx import GUIDE_STYLE
from kafe.ingest.records import SourceSession
from kafe.messages import message
from kafe.records import KafeError

_ROWS = 12
_ROWS_WITHOUT_QUESTIONS = 40


def write_template(session: SourceSession, path: Path, tables: int = 8) -> None:
    """Write an empty form for `tables` table hosts with the session's questions and group.

    `.xlsx`: one sheet a table; `.docx`: one page a table. Read back empty, it gives no notes and no
    problems; filled in, the notes as written. Raises KafeError when the file exists or has another
    extension.
    """
    suffix = path.suffix.casefold()
    if suffix not in (".xlsx", ".docx"):
        raise _error(path, "template_format")
    form = _workbook(session, tables) if suffix == ".xlsx" else _document(session, tables)
    try:
        with path.open("xb") as file:
            form.save(file)
    except FileExistsError as error:
        raise _error(path, "template_exists") from error


def _error(path: Path, key: str) -> KafeError:
    return KafeError(
        message(f"ingest.problem.{key}.message"),
        file=str(path),
        remedy=message(f"ingest.problem.{key}.remedy"),
    )


def _guide() -> list[str]:
    return message("ingest.template.guide").splitlines()


def _column(name: str) -> str:
    return message(f"ingest.template.column_{name}")


def _workbook(session: SourceSession, tables: int) -> Any:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    book = Workbook()
    guide = book.worksheets[0]
    guide.title = message("ingest.template.guide_sheet")
    guide.column_dimensions["A"].width = 100
    for number, text in enumerate([session.title, "", *_guide()], 1):
        _put(guide, number, 1, text).alignment = Alignment(wrap_text=True, vertical="top")
    guide["A1"].font = Font(bold=True, size=14)
    header = [_column(name) for name in ("round", "question", "group", "text", "votes")]
    for table in range(1, tables + 1):
        sheet = book.create_sheet(message("ingest.template.sheet", table=table))
        rows: list[list[Any]] = [
            [number, question, session.groups.get(str(table)) or session.group, "", None]
            for number, question in enumerate(session.questions.values(), 1)
            for _ in range(_ROWS)
        ]
        rows = rows or [
            [None, "", session.groups.get(str(table)) or session.group, "", None]
            for _ in range(_ROWS_WITHOUT_QUESTIONS)
        ]
        for number, values in enumerate([header, *rows], 1):
            for column, value in enumerate(values, 1):
                cell = _put(sheet, number, column, value)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if number == 1:
                    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6ED")
                elif column == 4:
                    cell.number_format = "@"
        for letter, width in zip("ABCDE", (8, 42, 16, 70, 10), strict=True):
            sheet.column_dimensions[letter].width = width
        sheet.freeze_panes = "A2"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = "1:1"
    return book


def _put(sheet: Any, row: int, column: int, value: object) -> Any:
    """Write a value as what it is: a text that starts with `=` is a text, not a formula."""
    cell = sheet.cell(row, column)
    cell.value = value or None
    if isinstance(value, str) and value:
        cell.data_type = "s"
    return cell


def _document(session: SourceSession, tables: int) -> Any:
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm

    document = Document()
    document.core_properties.title = session.title
    document.styles.add_style(GUIDE_STYLE, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    document.add_heading(session.title, 0)
    for text in _guide():
        document.add_paragraph(text, style=GUIDE_STYLE)
    for table in range(1, tables + 1):
        if table > 1:
            document.add_page_break()
        document.add_heading(message("ingest.template.table", table=table), 1)
        group = session.groups.get(str(table)) or session.group
        if group:
            document.add_paragraph(message("ingest.template.group", group=group))
        for number, question in enumerate(session.questions.values(), 1):
            document.add_heading(message("ingest.template.question", number=number, text=question), 2)
            _form_table(document, Cm)
        if not session.questions:
            _form_table(document, Cm)
    return document


def _form_table(document: Any, cm: Any) -> None:
    grid = document.add_table(rows=_ROWS // 2 + 1, cols=2, style="Table Grid")
    grid.autofit = False
    for cell, name in zip(grid.rows[0].cells, ("text", "votes"), strict=True):
        cell.text = _column(name)
        cell.paragraphs[0].runs[0].bold = True
    for column, width in zip(grid.columns, (13.5, 2.5), strict=True):
        column.width = cm(width)
        for cell in column.cells:
            cell.width = cm(width)
