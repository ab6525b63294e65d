"""The page that leads to all reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from pathlib import Path
from typing import Literal

from kafe.files import write_text
from kafe.flow.fingerprints import read_json
from kafe.flow.log_spreadsheet import SPREADSHEET, bring_log_up_to_date
from kafe.flow.notebooks import notebook_answers, notebook_title, report_path
from kafe.flow.project import Project
from kafe.formatting import cell
from kafe.messages import message

SELECTED = ("session", "group", "municipality", "sporring")
SECTIONS = ("beslutning", "grunnlag")
"""Headings of the overview: what the group decides from, and what that rests on."""
COUNTED: tuple[Literal["notes", "sessions", "groups", "municipalities"], ...] = (
    "notes",
    "sessions",
    "groups",
    "municipalities",
)
READING = ("origin", "hidden", "sample", "end")


def write_overview(project: Project, notebooks: Sequence[Path], failed: dict[str, str]) -> Path:
    """Write `reports/index.html` and `reports/innspillslogg.xlsx`; return the former's path."""
    from kafe.report import PageMeta, ReportEntry, render_index

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
    totals = project.tables.notes.totals
    counts = {key: totals[key] for key in COUNTED}
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
    return project.tables.notes.totals["last_date"]


def selection_in_words(project: Project, values: Mapping[str, object]) -> str:
    """Return which part of the material a report with these parameters shows; empty for the whole."""
    titles = {row["id"]: row["title"] for row in project.tables.notes.sessions}
    return "; ".join(
        message(f"flow.selected.{key}", value=titles.get(str(values[key]), values[key]))
        for key in SELECTED
        if values.get(key)
    )
