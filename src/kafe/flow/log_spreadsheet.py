"""The innspillslogg as a spreadsheet beside the reports: every note, its themes, its fate."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from kafe.files import atomic_write, write_text
from kafe.flow.fingerprints import fingerprint, program_hash, read_json, texts_hash
from kafe.flow.innspillslogg import log_rows, theme_names
from kafe.flow.project import Project
from kafe.messages import message
from kafe.records import Row

SPREADSHEET = "innspillslogg.xlsx"
LOG_COLUMNS = (
    "note_id", "session", "date", "table", "question", "group", "municipality", "votes", "text",
    "themes_human", "themes_rule", "themes_anchor", "themes_topic", "fate", "element", "reason", "who", "when",
    "conflict",
)  # fmt: skip
THEMES = ("themes_human", "themes_rule", "themes_anchor", "themes_topic")
WIDTHS = {"text": 70, "reason": 40, "session": 28, "question": 30, "element": 24} | dict.fromkeys(THEMES, 28)


def bring_log_up_to_date(project: Project) -> None:
    """Write `reports/innspillslogg.xlsx` unless it is there already, made from the same tables."""
    path, record = project.paths.reports / SPREADSHEET, project.paths.cache / "log.json"
    read = [project.stage_hash(stage) for stage in ("notes", "coding", "topics", "pilot")]
    mark = fingerprint([program_hash(), texts_hash(), read])
    if read_json(record) != {"mark": mark, "sha256": project.hashes(path)}:
        tables = project.tables
        names = theme_names(tables.coding.codes, tables.topics.topics)
        write_log(log_rows(tables.pilot.log, tables.notes.sessions, names), path)
        write_text(record, json.dumps({"mark": mark, "sha256": project.hashes(path)}) + "\n")


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
    sheet = book.create_sheet(message("flow.log.sheet"))
    sheet.freeze_panes = "A2"
    sheet.append([message(f"flow.log.columns.{column}") for column in LOG_COLUMNS])
    for number, row in enumerate(log, 2):
        for position, column in enumerate(LOG_COLUMNS, 1):
            value = row["fate_label" if column == "fate" else column]
            if isinstance(value, list | tuple):
                value = "; ".join(str(part) for part in value)
            cell = sheet.cell(number, position, value)
            if isinstance(value, str):
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=column in WIDTHS, vertical="top")
    for position, column in enumerate(LOG_COLUMNS, 1):
        letter = get_column_letter(position)
        sheet.column_dimensions[letter].width = WIDTHS.get(column, 14)
        sheet.cell(1, position).font = Font(bold=True)
    sheet.auto_filter.ref = sheet.dimensions
    save_reproducibly(book, path)


def save_reproducibly(book: object, path: Path) -> None:
    """Save a workbook with fixed times inside the zip, whole or not at all."""
    import io
    import zipfile

    buffer = io.BytesIO()
    book.save(buffer)  # type: ignore[attr-defined]
    with (
        atomic_write(path) as stream,
        zipfile.ZipFile(buffer) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _without_time(data)
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


def _without_time(core: bytes) -> bytes:
    """Return document properties with the time of saving, which openpyxl always writes, made constant."""
    import re

    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", core)
