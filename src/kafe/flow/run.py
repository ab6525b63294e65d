"""Everything in order: the stages, then the reports, then the overview."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from kafe.files import write_text
from kafe.flow.engine import run_stages
from kafe.flow.fingerprints import read_json
from kafe.flow.index import write_overview
from kafe.flow.notebooks import find_notebooks, report_path
from kafe.flow.pipeline import STAGES
from kafe.flow.project import Project
from kafe.flow.reports import Job, execute, plan, write_page
from kafe.flow.tables.notes import ProblemRow, WaitingRow
from kafe.messages import message
from kafe.records import KafeError, Problem, Severity

RECORD = "reports.json"
Step = Callable[[str], None]
"""Called with a Norwegian sentence as each piece of work begins."""


@dataclass
class Outcome:
    """What ran: stages, reports by what was done, failures by name, and what people must look at.

    `made` were executed; `refreshed` show the same as before, and only their page was written again.
    `problems` are files of people's work and rows in them that could not be used, `unusable` whether a
    whole file is among them; `source_problems`
    what `kafe ingest` lists about `data/raw`; `paths` are the reports asked for. `followed`: how many acts of people
    followed a correction of the source; `waiting` those that wait to be relinked.
    """

    stages: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    refreshed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    unusable: bool = False
    source_problems: list[str] = field(default_factory=list)
    followed: int = 0
    waiting: list[WaitingRow] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    index: Path | None = None


def bring_up_to_date(project: Project, step: Step = lambda text: None) -> list[str]:
    """Run the stages that must run and return their names."""
    return run_stages(project, STAGES, lambda name: step(message(f"flow.stage.{name}")))


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
    outcome.source_problems = [str(problem) for problem in problems_of(project.tables.notes.problems)]
    tables = project.tables
    outcome.followed, outcome.waiting = (
        tables.coding.followed,
        [*tables.coding.waiting, *tables.pilot.waiting],
    )
    listed = problems_of(tables.coding.problems, tables.topics.problems, tables.pilot.problems)
    outcome.problems = [str(problem) for problem in listed]
    outcome.unusable = any(problem.severity is Severity.FILE for problem in listed)
    outcome.paths = [report_path(project, notebook, values[notebook]) for notebook in notebooks]
    recorded = read_json(project.paths.cache / RECORD)
    jobs = [plan(project, notebook, values[notebook], recorded) for notebook in notebooks]
    outcome.kept = [job.name for job in jobs if job.state == "kept"]
    stale = [job for job in jobs if job.state != "kept"]

    def make(job: Job) -> str:
        try:
            if job.state == "stale":
                step(message("flow.report.making", name=job.name))
                execute(project, job.notebook, job.values)
            write_page(project, job.notebook, job.values)
        except KafeError as error:
            return str(error)
        return ""

    with ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        for job, error in zip(stale, pool.map(make, stale), strict=True):
            if error:
                outcome.failed[job.name] = error
                recorded.pop(job.target.name, None)
            else:
                (outcome.made if job.state == "stale" else outcome.refreshed).append(job.name)
                recorded[job.target.name] = job.record(project.hashes)
    if stale:
        write_text(project.paths.cache / RECORD, json.dumps(recorded, indent=1, sort_keys=True) + "\n")
    if not parameters:
        outcome.index = write_overview(project, find_notebooks(project, []), outcome.failed)
    project.hashes.keep()
    return outcome


def problems_of(*tables: Iterable[ProblemRow]) -> list[Problem]:
    """Return what these tables say that a person should put right."""
    return [Problem.from_row(dict(row)) for rows in tables for row in rows]
