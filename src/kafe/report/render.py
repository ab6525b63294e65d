"""An executed notebook as one HTML file that opens offline and asks for nothing."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kafe.messages import message
from kafe.report.abbreviations import Find, explain_abbreviations
from kafe.report.markdown import Outline, render_markdown
from kafe.report.outputs import Page, render_output
from kafe.report.page import asset, date_in_words, fill, plotly_script
from kafe.report.parameters import read_notebook

CONTENTS_DEPTH = 3


def notebook_title(notebook: Path) -> str:
    """Return the notebook's first heading of level 1, or its file name without the ending."""
    outline = Outline()
    for cell in read_notebook(notebook).cells:
        if cell.cell_type == "markdown":
            render_markdown(cell.source, outline)
    return outline.title or notebook.stem


def render(
    notebook_executed: Path,
    *,
    title: str = "",
    provenance: Mapping[str, Any],
    project: str = "",
    notice: str = "",
    date: str = "",
    selection: str = "",
    index: str = "index.html",
    language: str = "nb",
    abbreviations: Find | None = None,
) -> str:
    """Return the report as HTML: prose and outputs without code, contents list, provenance.

    `title` replaces the notebook's own; `date` is the last date of the material,
    `selection` says in words which part of it is shown; `abbreviations` finds those of the glossary,
    which are then explained where they stand and in a list at the end; `provenance` maps
    the keys of `report.provenance` (or names in Norwegian) to a value, a list or a mapping. The same
    arguments give the same bytes. Raises KafeError when the notebook cannot be read.
    """
    from markupsafe import Markup

    page = Page()
    notebook = read_notebook(notebook_executed)
    body = "\n".join(part for cell in notebook.cells for part in _cell(cell, page) if part)
    scripts = [plotly_script()] if "kafe-chart" in body else []
    if abbreviations is not None:
        body = _explained(body, abbreviations, page)
    return fill(
        "report.html.j2",
        scripts=[*scripts, asset("report.js")],
        title=title or page.outline.title or notebook_executed.stem,
        language=language,
        project=project,
        notice=notice,
        date=date_in_words(date),
        selection=selection,
        index=index,
        headings=[heading for heading in page.outline.headings if heading.level <= CONTENTS_DEPTH],
        body=Markup(body),  # noqa: S704
        provenance=provenance_rows(provenance),
    )


def _explained(body: str, find: Find, page: Page) -> str:
    """Return the body with its abbreviations explained; the list of them is a heading of the page."""
    outline = Outline(page.outline.title, list(page.outline.headings))
    heading = outline.add(2, message("report.page.abbreviations"))
    explained = explain_abbreviations(body, find, heading.id if heading else "")
    if explained != body:
        page.outline = outline
    return explained


def _cell(cell: Any, page: Page) -> list[str]:
    if cell.cell_type == "markdown":
        return [render_markdown(cell.source, page.outline, cell.get("attachments"))]
    if cell.cell_type == "code":
        return [render_output(output, page) for output in cell.outputs]
    return []


def provenance_rows(provenance: Mapping[str, Any]) -> list[tuple[str, Sequence[tuple[str, str]] | str]]:
    """Return each entry as its name and a text, or as name and pairs when it is a mapping."""
    return [(_name(key), _entry(value)) for key, value in provenance.items()]


def _name(key: str) -> str:
    try:
        return message(f"report.provenance.{key}")
    except (KeyError, TypeError):
        return str(key)


def _entry(value: Any) -> Sequence[tuple[str, str]] | str:
    if isinstance(value, Mapping):
        value = list(value.items())
    if not isinstance(value, list | tuple):
        return message("report.provenance.empty") if value in (None, "") else str(value)
    if value and all(isinstance(part, tuple) for part in value):
        return [(str(key), str(part)) for key, part in value]
    return "; ".join(str(part) for part in value) or message("report.provenance.empty")
