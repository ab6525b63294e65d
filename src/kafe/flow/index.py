"""The page that leads to all reports, and the innspillslogg as a spreadsheet beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import inf
from pathlib import Path

from kafe.files import atomic_write, write_text
from kafe.flow.fingerprints import file_hash, fingerprint, program_hash
from kafe.flow.notebooks import notebook_answers, notebook_title, report_path
from kafe.flow.project import Project, read_json
from kafe.formatting import cell
from kafe.messages import message
from kafe.records import Row

LOG_COLUMNS = (
    "note_id", "session", "date", "table", "question", "group", "municipality", "votes", "text",
    "themes_human", "themes_rule", "themes_anchor", "themes_topic", "fate", "element", "reason", "who", "when",
    "conflict",
)  # fmt: skip
THEMES = ("themes_human", "themes_rule", "themes_anchor", "themes_topic")
SELECTED = ("session", "group", "municipality", "sporring")
SPREADSHEET = "innspillslogg.xlsx"
WIDTHS = {"text": 70, "reason": 40, "session": 28, "question": 30, "element": 24} | dict.fromkeys(THEMES, 28)
SECTIONS = ("beslutning", "grunnlag")
"""Headings of the overview: what the group decides from, and what that rests on."""
READING = ("origin", "hidden", "sample", "end")


def write_overview(project: Project, notebooks: Sequence[Path], failed: dict[str, str]) -> Path:
    """Write `reports/index.html` and `reports/innspillslogg.xlsx`; return the former's path."""
    from kafe.report import PageMeta, ReportEntry, render_index

    tables = project.tables("notes")
    bring_log_up_to_date(project)
    date = last_date(project)
    placed = sorted((_place(notebook), notebook) for notebook in notebooks)
    entries = [
        ReportEntry(
            title=notebook_title(notebook),
            href=report_path(project, notebook, {}).name if notebook.stem not in failed else "",
            answers=notebook_answers(notebook),
            ok=notebook.stem not in failed,
            date=date,
            section=message(f"flow.section.{SECTIONS[section]}"),
            start=position == 0,
        )
        for position, ((section, _), notebook) in enumerate(placed)
    ]
    entries.append(
        ReportEntry(
            title=message("flow.log.title"),
            href=SPREADSHEET,
            answers=message("flow.log.answers"),
            date=date,
            section=message("flow.section.grunnlag"),
        )
    )
    notes = tables["notes"]
    counts = {
        "notes": len(notes),
        "sessions": len(tables["sessions"]),
        "groups": len({row["group"] for row in notes} - {""}),
        "municipalities": len({row["municipality"] for row in notes} - {""}),
    }
    privacy = project.settings.privacy
    page = render_index(
        entries,
        PageMeta(project=project.settings.project.title, notice=project.settings.project.notice, date=date),
        group=project.settings.project.group,
        keys=[
            (message(f"flow.keys.{key}.{'one' if count == 1 else 'many'}"), cell(count))
            for key, count in counts.items()
            if count
        ],
        reading=[
            message(
                f"flow.reading.{key}",
                most=privacy.hide_below - 1,
                below=privacy.hide_below,
                quote_from=privacy.quote_from,
            )
            for key in READING
        ],
    )
    path = project.paths.reports / "index.html"
    write_text(path, page)
    return path


def _place(notebook: Path) -> tuple[int, float]:
    """Return the section (its place in SECTIONS) and the number in it that the notebook's metadata gives.

    A notebook that says nothing comes last.
    """
    section, number = read_json(notebook).get("metadata", {}).get("kafe", {}).get("place", ("", inf))
    return (SECTIONS.index(section) if section in SECTIONS else len(SECTIONS) - 1), number


def last_date(project: Project) -> str:
    """Return the last date of the material (ISO 8601), of a session or of a note."""
    tables = project.tables("notes")
    return max((row["date"] for key in ("sessions", "notes") for row in tables[key]), default="")


def selection_in_words(project: Project, values: Mapping[str, object]) -> str:
    """Return which part of the material a report with these parameters shows; empty for the whole."""
    titles = {row["id"]: row["title"] for row in project.tables("notes")["sessions"]}
    return "; ".join(
        message(f"flow.selected.{key}", value=titles.get(str(values[key]), values[key]))
        for key in SELECTED
        if values.get(key)
    )


def readable_log(project: Project) -> list[Row]:
    """Return the innspillslogg with sessions, questions, themes and parts of the pilot by name."""
    sessions = {row["id"]: row for row in project.tables("notes")["sessions"]}
    questions = {key: text for row in sessions.values() for key, text in row["questions"].items()}
    names = {code["id"]: code["name"] for code in project.tables("coding")["codes"]}
    names |= {f"emne-{topic['id']}": topic["name"] for topic in project.tables("topics")["topics"]}
    return [
        row
        | {key: [names.get(theme, theme) for theme in row[key]] for key in THEMES}
        | {
            "session": sessions.get(row["session"], {}).get("title", row["session"]),
            "question": questions.get(row["question"], row["question"]),
            "fate": message(f"pilot.logged.{row['fate']}"),
            "conflict": [
                f"{one['target']}: {message('pilot.logged.' + one['fate'])}" for one in row["conflict"]
            ],
            "element": row["element_title"] or row["element"],
            "date": cell(row["date"], "date"),
            "when": cell(row["when"], "date"),
        }
        for row in project.tables("pilot")["log"]
    ]


def bring_log_up_to_date(project: Project) -> None:
    """Write `reports/innspillslogg.xlsx` unless it is there already, made from the same tables."""
    path, record = project.paths.reports / SPREADSHEET, project.paths.cache / "log.json"
    tables = [file_hash(project.result_path(stage)) for stage in ("notes", "coding", "topics", "pilot")]
    mark = fingerprint([program_hash(), tables])
    if read_json(record) != {"mark": mark, "sha256": file_hash(path)}:
        write_log(readable_log(project), path)
        write_text(record, json.dumps({"mark": mark, "sha256": file_hash(path)}) + "\n")


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
            value = row.get(column, "")
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
