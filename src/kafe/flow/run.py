"""Everything in order: the stages, then the reports, then the overview."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from kafe.flow.fingerprints import file_hash, fingerprint, program_hash
from kafe.flow.notebooks import find_notebooks, notebook_reads, notebook_title, report_path
from kafe.flow.overview import write_overview
from kafe.flow.project import Project, read_json, write_text
from kafe.flow.provenance import provenance
from kafe.flow.results import READS
from kafe.flow.stages import run_stages
from kafe.flow.work import STAGES
from kafe.records import KafeError
from kafe.text import tekst

Step = Callable[[str], None]
"""Called with a Norwegian sentence as each piece of work begins."""


@dataclass
class Outcome:
    """What ran: stages, reports made anew and up to date, failures by name, and what people must look at.

    `problems` are files of people's work that could not be used or rows in them; `source_problems`
    counts what `kafe ingest` lists about `data/raw`; `paths` are the reports asked for.
    """

    stages: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    source_problems: int = 0
    paths: list[Path] = field(default_factory=list)
    index: Path | None = None


def bring_up_to_date(project: Project, step: Step = lambda text: None) -> list[str]:
    """Run the stages that must run and return their names."""
    return run_stages(project, STAGES, lambda name: step(tekst(f"flow.stage.{name}")))


def run_all(project: Project, step: Step = lambda text: None) -> Outcome:
    """Run every stage and every report that is out of date; return what was done."""
    return make_reports(project, [], {}, step)


def make_reports(
    project: Project, names: Sequence[str], parameters: dict[str, str], step: Step = lambda text: None
) -> Outcome:
    """Bring the stages up to date and make the named reports (all when none is named).

    Without parameters only reports whose inputs changed are made, and the overview with them. With
    parameters each report gets a file of its own, named after them. A report that fails is listed in
    the outcome and does not stop the others.
    """
    from kafe.report import parse_parameters

    notebooks = find_notebooks(project, names)
    values = {notebook: parse_parameters(notebook, parameters) for notebook in notebooks}
    outcome = Outcome(stages=bring_up_to_date(project, step))
    outcome.source_problems = len(project.tables("notes")["problems"])
    outcome.problems = [
        str(KafeError(**row)) for stage in ("coding", "pilot") for row in project.tables(stage)["problems"]
    ]
    outcome.paths = [report_path(project, notebook, values[notebook]) for notebook in notebooks]
    marks = {notebook: _report_mark(project, notebook, values[notebook]) for notebook in notebooks}
    recorded = read_json(project.paths.cache / "reports.json")
    stale = []
    for notebook in notebooks:
        target = report_path(project, notebook, values[notebook])
        entry = recorded.get(target.name, {})
        if entry.get("mark") == marks[notebook] and entry.get("sha256") == file_hash(target):
            outcome.kept.append(notebook.stem)
        else:
            stale.append(notebook)

    def make(notebook: Path) -> tuple[Path, str]:
        step(tekst("flow.report.making", name=notebook.stem))
        try:
            make_report(project, notebook, values[notebook])
        except KafeError as error:
            return notebook, str(error)
        return notebook, ""

    with ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        for notebook, error in pool.map(make, stale):
            target = report_path(project, notebook, values[notebook])
            if error:
                outcome.failed[notebook.stem] = error
                recorded.pop(target.name, None)
            else:
                outcome.made.append(notebook.stem)
                recorded[target.name] = {"mark": marks[notebook], "sha256": file_hash(target)}
    if stale:
        write_text(
            project.paths.cache / "reports.json", json.dumps(recorded, indent=1, sort_keys=True) + "\n"
        )
    if not parameters:
        outcome.index = write_overview(project, find_notebooks(project, []), outcome.failed)
    return outcome


def make_report(project: Project, notebook: Path, values: dict) -> Path:
    """Execute one notebook on the stored results, render it, and return the HTML file."""
    from kafe.report import render, run_notebook

    target = report_path(project, notebook, values)
    executed = project.paths.cache / "notebooks" / f"{target.stem}.ipynb"
    given = {**values, "project": str(project.root)}
    run_notebook(notebook, executed, given, cwd=project.root, env={READS: ",".join(notebook_reads(notebook))})
    page = render(
        executed,
        title=notebook_title(notebook),
        project=project.settings.project.title,
        notice=project.settings.project.notice,
        provenance=provenance(project, notebook, values),
    )
    write_text(target, page)
    return target


def _report_mark(project: Project, notebook: Path, values: dict) -> str:
    """Return a fingerprint of what a report is made from: the tables it reads, not all there are."""
    settings = project.settings.model_dump(mode="json", include={"project", "privacy", "seed"})
    reads = {name: file_hash(project.result_path(name)) for name in notebook_reads(notebook)}
    return fingerprint([program_hash(), file_hash(notebook), values, reads, settings])
