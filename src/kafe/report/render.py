"""An executed notebook as one HTML file that opens offline and asks for nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kafe.messages import message
from kafe.report.abbreviations import Find, explain_abbreviations
from kafe.report.markdown import Outline, render_markdown
from kafe.report.outputs import PageIds, render_output
from kafe.report.page import PageMeta, asset, fill, plotly_script
from kafe.report.parameters import read_notebook

CONTENTS_DEPTH = 3


def render_report(
    notebook_executed: Path,
    meta: PageMeta | None = None,
    *,
    provenance: Mapping[str, Any],
    abbreviations: Find | None = None,
) -> str:
    """Return the report as HTML: prose and outputs without code, contents list, provenance.

    `provenance` maps the keys of `report.provenance` (or names in Norwegian) to a value, a list or a
    mapping; `abbreviations` finds those of the glossary, which are then explained where they stand and in
    a list at the end. The same arguments give the same bytes. Raises KafeError when the notebook cannot
    be read.
    """
    from markupsafe import Markup

    meta = meta or PageMeta()
    ids = PageIds()
    notebook = read_notebook(notebook_executed)
    body = "\n".join(part for cell in notebook.cells for part in _cell(cell, ids) if part)
    scripts = [plotly_script()] if "kafe-chart" in body else []
    if abbreviations is not None:
        body = _explained(body, abbreviations, ids)
    return fill(
        "report.html.j2",
        replace(meta, title=meta.title or ids.outline.title or notebook_executed.stem),
        scripts=[*scripts, asset("report.js")],
        headings=[heading for heading in ids.outline.headings if heading.level <= CONTENTS_DEPTH],
        body=Markup(body),  # noqa: S704
        provenance=provenance_rows(provenance),
    )


def _explained(body: str, find: Find, ids: PageIds) -> str:
    """Return the body with its abbreviations explained; the list of them is a heading of the page."""
    outline = Outline(ids.outline.title, list(ids.outline.headings))
    heading = outline.add(2, message("report.page.abbreviations"))
    explained = explain_abbreviations(body, find, heading.id if heading else "")
    if explained != body:
        ids.outline = outline
    return explained


def _cell(cell: Any, ids: PageIds) -> list[str]:
    if cell.cell_type == "markdown":
        return [render_markdown(cell.source, ids.outline, cell.get("attachments"))]
    if cell.cell_type == "code":
        return [render_output(output, ids) for output in cell.outputs]
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
