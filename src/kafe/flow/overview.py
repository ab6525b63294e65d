"""The page that leads to all reports, and the innspillslogg as a spreadsheet beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kafe.flow.notebooks import notebook_answers, notebook_title, report_path
from kafe.flow.project import Project, Row, write_text
from kafe.text import tekst

LOG_COLUMNS = (
    "note_id", "session", "date", "table", "question", "group", "municipality", "votes", "text",
    "themes_menneske", "themes_regel", "themes_anker", "themes_emne", "fate", "element", "reason", "who", "when",
    "conflict",
)  # fmt: skip


def write_overview(project: Project, notebooks: Sequence[Path], failed: dict[str, str]) -> Path:
    """Write `reports/index.html` and `reports/innspillslogg.xlsx`; return the former's path."""
    from kafe.report import ReportEntry, render_index

    tables = project.tables("notes")
    write_log(project.tables("pilot")["log"], project.paths.reports / "innspillslogg.xlsx")
    date = max((session["date"] for session in tables["sessions"]), default="")
    entries = [
        ReportEntry(
            title=notebook_title(notebook),
            href=report_path(project, notebook, {}).name if notebook.stem not in failed else "",
            answers=notebook_answers(notebook),
            ok=notebook.stem not in failed,
            date=date,
        )
        for notebook in notebooks
    ]
    entries.append(
        ReportEntry(
            title=tekst("flow.log.title"),
            href="innspillslogg.xlsx",
            answers=tekst("flow.log.answers"),
            date=date,
        )
    )
    notes = tables["notes"]
    page = render_index(
        entries,
        project=project.settings.project.title,
        notice=project.settings.project.notice,
        group=project.settings.project.group,
        date=date,
        keys=[
            (tekst("flow.keys.notes"), str(len(notes))),
            (tekst("flow.keys.sessions"), str(len(tables["sessions"]))),
            (tekst("flow.keys.groups"), str(len({row["group"] for row in notes} - {""}))),
            (tekst("flow.keys.municipalities"), str(len({row["municipality"] for row in notes} - {""}))),
        ],
        not_shown=[
            tekst("flow.not_shown.privacy"),
            tekst("flow.not_shown.suggestions"),
            tekst("flow.not_shown.sample"),
        ],
    )
    path = project.paths.reports / "index.html"
    write_text(path, page)
    return path


def write_log(log: Sequence[Row], path: Path) -> None:
    """Write the innspillslogg as a spreadsheet in which no cell is a formula; the same log, the same bytes."""
    from datetime import datetime

    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    fixed = datetime(2000, 1, 1)
    book.properties.created = book.properties.modified = fixed
    book.properties.creator = "kafe"
    del book[book.sheetnames[0]]
    sheet = book.create_sheet(tekst("flow.log.sheet"))
    sheet.freeze_panes = "A2"
    sheet.append([tekst(f"flow.log.columns.{column}") for column in LOG_COLUMNS])
    for number, row in enumerate(log, 2):
        for position, column in enumerate(LOG_COLUMNS, 1):
            value = row.get(column, "")
            if isinstance(value, list | tuple):
                value = ", ".join(str(part) for part in value)
            cell = sheet.cell(number, position, value)
            if isinstance(value, str):
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=column in ("text", "reason"), vertical="top")
    for position, column in enumerate(LOG_COLUMNS, 1):
        letter = get_column_letter(position)
        sheet.column_dimensions[letter].width = 70 if column == "text" else 30 if column == "reason" else 16
        sheet.cell(1, position).font = Font(bold=True)
    sheet.auto_filter.ref = sheet.dimensions
    save_reproducibly(book, path)


def save_reproducibly(book: object, path: Path) -> None:
    """Save a workbook with fixed times inside the zip, whole or not at all."""
    import io
    import zipfile

    buffer = io.BytesIO()
    book.save(buffer)  # type: ignore[attr-defined]
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.tmp")
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _without_time(data)
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    draft.replace(path)


def _without_time(core: bytes) -> bytes:
    """Return document properties with the time of saving, which openpyxl always writes, made constant."""
    import re

    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", core)
