"""Everything in order: the stages, then the reports, then the overview."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from kafe.flow.fingerprints import file_hash, fingerprint, program_hash
from kafe.flow.project import Project, write_text
from kafe.flow.results import READS
from kafe.flow.stages import STAGES, run_stages
from kafe.records import KafeError
from kafe.text import tekst

Step = Callable[[str], None]
"""Called with a Norwegian sentence as each piece of work begins."""


@dataclass
class Outcome:
    """What ran: names of stages, reports made anew, reports that were up to date, and failures by name."""

    stages: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    index: Path | None = None


def bring_up_to_date(project: Project, step: Step = lambda text: None) -> list[str]:
    """Run the stages that must run and return their names."""
    return run_stages(project, STAGES, lambda name: step(tekst(f"flow.stage.{name}")))


def run_all(project: Project, step: Step = lambda text: None) -> Outcome:
    """Run every stage and every report that is out of date; return what was done."""
    return make_reports(project, [], {}, step)


def notebooks_folder(project: Project) -> Path:
    """Return the project's own `notebooks/` when it has any, and the ones that come with kafe otherwise."""
    from importlib import resources

    if any(project.paths.notebooks.glob("[0-9]*.ipynb")):
        return project.paths.notebooks
    return Path(str(resources.files("kafe.notebooks")))


def find_notebooks(project: Project, names: Sequence[str]) -> list[Path]:
    """Return the notebooks called `names` (with or without ending), all when none is named.

    Raises KafeError for a name that no notebook has, listing those there are.
    """
    known = {path.stem: path for path in sorted(notebooks_folder(project).glob("[0-9]*.ipynb"))}
    chosen = []
    for name in names or known:
        stem = Path(name).stem if name.endswith(".ipynb") else name
        if stem not in known:
            raise KafeError(
                tekst("flow.notebook.unknown", name=name),
                remedy=tekst("flow.notebook.remedy", known=", ".join(known)),
            )
        chosen.append(known[stem])
    return chosen


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
    marks = {notebook: _report_mark(project, notebook, values[notebook]) for notebook in notebooks}
    recorded = _read_json(project.paths.cache / "reports.json")
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
        write_text(project.paths.cache / "reports.json", json.dumps(recorded, indent=1, sort_keys=True) + "\n")
    if not parameters:
        outcome.index = write_index(project, outcome)
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


def report_path(project: Project, notebook: Path, values: dict) -> Path:
    """Return the report's file: the notebook's name, and the parameters' values where any are given."""
    import re

    parts = [notebook.stem, *(f"{key}-{value}" for key, value in sorted(values.items()))]
    name = re.sub(r"[^\w-]+", "-", "-".join(parts)).strip("-")
    return project.paths.reports / f"{name}.html"


def notebook_reads(notebook: Path) -> list[str]:
    """Return the stages that the notebook's metadata says it reads."""
    return list(_metadata(notebook).get("kafe", {}).get("reads", []))


def notebook_title(notebook: Path) -> str:
    """Return the title in the notebook's metadata, or its name."""
    return str(_metadata(notebook).get("title", notebook.stem))


def _metadata(notebook: Path) -> dict:
    return _read_json(notebook).get("metadata", {})


def _report_mark(project: Project, notebook: Path, values: dict) -> str:
    """Return a fingerprint of what a report is made from: the tables it reads, not all there are."""
    settings = project.settings.model_dump(mode="json", include={"project", "privacy", "seed"})
    reads = {name: file_hash(project.result_path(name)) for name in notebook_reads(notebook)}
    return fingerprint([program_hash(), file_hash(notebook), values, reads, settings])


def _read_json(path: Path) -> dict:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
