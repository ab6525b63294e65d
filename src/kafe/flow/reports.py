"""One report: what it is made from, whether that has changed, and the two steps of making it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kafe.files import write_text
from kafe.flow.fingerprints import file_hash, fingerprint, program_hash, texts_hash
from kafe.flow.index import last_date, selection_in_words
from kafe.flow.notebooks import READS, notebook_reads, notebook_title, report_path
from kafe.flow.project import Project
from kafe.flow.provenance import provenance
from kafe.flow.tables.base import StageTables
from kafe.records import KafeError

if TYPE_CHECKING:
    from kafe.language import Glossary


@dataclass(frozen=True)
class Job:
    """A report to make: `stale` must be executed, `page` only written again, `kept` is up to date.

    `content` is a fingerprint of what the notebook shows, `page` of that and the list of inputs.
    """

    notebook: Path
    values: dict
    target: Path
    executed: Path
    content: str
    page: str
    state: str

    @property
    def name(self) -> str:
        """The notebook's name."""
        return self.notebook.stem

    def record(self, hash_of: Callable[[Path], str]) -> dict[str, str]:
        """Return what the next run compares with."""
        return {
            "content": self.content,
            "executed": hash_of(self.executed),
            "page": self.page,
            "sha256": hash_of(self.target),
        }


def plan(project: Project, notebook: Path, values: dict, recorded: dict) -> Job:
    """Return the report and what must be done for it; `recorded` is what earlier runs left, by file name."""
    target, executed = report_path(project, notebook, values), executed_path(project, notebook, values)
    entry = recorded.get(target.name, {})
    content = _content_mark(project, notebook, values)
    page = fingerprint([content, file_hash(project.paths.glossary), provenance(project, notebook, values)])
    if entry.get("page") == page and entry.get("sha256") == project.hashes(target):
        state = "kept"
    elif entry.get("content") == content and entry.get("executed") == project.hashes(executed):
        state = "page"
    else:
        state = "stale"
    return Job(notebook, values, target, executed, content, page, state)


def executed_path(project: Project, notebook: Path, values: dict) -> Path:
    """Return where the executed notebook of a report lies."""
    return project.paths.cache / "notebooks" / f"{report_path(project, notebook, values).stem}.ipynb"


def execute(project: Project, notebook: Path, values: dict) -> None:
    """Execute one notebook on the stored results."""
    from kafe.report import execute_notebook

    execute_notebook(
        notebook,
        executed_path(project, notebook, values),
        {**values, "project": str(project.root)},
        cwd=project.root,
        env={READS: ",".join(notebook_reads(notebook, values))},
    )


def write_page(project: Project, notebook: Path, values: dict) -> None:
    """Write the HTML of an executed notebook, with the provenance as it is now."""
    from kafe.report import PageMeta, render_report

    meta = PageMeta(
        title=notebook_title(notebook),
        project=project.settings.project.title,
        notice=project.settings.project.notice,
        date=last_date(project),
        selection=selection_in_words(project, values),
    )
    page = render_report(
        executed_path(project, notebook, values),
        meta,
        provenance=provenance(project, notebook, values),
        abbreviations=_abbreviations(project).find,
    )
    write_text(report_path(project, notebook, values), page)


def _abbreviations(project: Project) -> Glossary:
    """Return the project's glossary; empty where the file cannot be used, which the pilot stage reports."""
    from kafe.language import Glossary, load_glossary

    try:
        return load_glossary(project.paths.glossary)
    except KafeError:
        return Glossary()


def _content_mark(project: Project, notebook: Path, values: dict) -> str:
    """Return a fingerprint of what a report shows: the tables it reads, not all there are, and in which language."""
    settings = project.settings.model_dump(mode="json", include={"project", "privacy", "seed"})
    reads = {name: _table_hash(project, name) for name in notebook_reads(notebook, values)}
    return fingerprint([program_hash(), texts_hash(), file_hash(notebook), values, reads, settings])


def _table_hash(project: Project, name: str) -> str:
    stage, _, table = name.partition(".")
    return (
        project.hashes(StageTables.place(project.results, stage, table))
        if table
        else project.stage_hash(stage)
    )
