"""`kafe run`, `ingest`, `report`, `init`, `template`, `lab`, `doctor`: what is done with a whole project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kafe.cli.options import HERE, ProjectOption


def run(project: ProjectOption = HERE) -> None:
    """Run everything that changed: read, de-identify, code, find themes, make every report.

    Remarks about data/raw are listed and do not count as failure. The exit status is 1 when a report
    could not be made, or when the codebook, codings, decisions or another file under data/coded, or
    kafe.toml, has something that could not be used; everything else is made all the same.
    """
    from kafe.cli.account_print import print_columns
    from kafe.cli.project_print import print_outcome, progress
    from kafe.flow import Project, run_all
    from kafe.ingest import ColumnAccount

    at = Project(project)
    first = not (at.paths.cache / "results" / "notes").exists()
    with progress() as step:
        outcome = run_all(at, step)
    if first:
        print_columns([ColumnAccount(**row) for row in at.tables.notes.columns])  # type: ignore[arg-type]
    print_outcome(outcome)


def ingest(
    project: ProjectOption = HERE,
    suggest: Annotated[
        bool, typer.Option("--foreslå", "--suggest", help="Write lines for [columns] into session.toml.")
    ] = False,
) -> None:
    """Read data/raw and print the account: every source row is a note, or listed with the reason why not.

    Every column is listed with what it was read as. `--foreslå` writes lines for the columns that were not read, or
    read by their values, into `[columns]` of session.toml; what stands there is kept.
    """
    from kafe.cli.account_print import print_account, without_names, write_suggestions
    from kafe.cli.project_print import print_waiting
    from kafe.cli.store import waiting_now
    from kafe.flow import Project, memo_mask
    from kafe.ingest import read_project

    at = Project(project)
    found = read_project(at.paths.raw)
    if suggest:
        write_suggestions(at.paths.raw, found)
    else:
        print_account(without_names(found, memo_mask(at, ())))
        print_waiting([(act.note, act.kind, act.why) for act in waiting_now(at)])


def report(
    names: Annotated[
        list[str] | None, typer.Argument(help="Notebooks, e.g. 04-temaer; all when none.")
    ] = None,
    parameter: Annotated[
        list[str] | None, typer.Option("-p", "--parameter", help="name=value, e.g. session=eksempel-kafe-1.")
    ] = None,
    project: ProjectOption = HERE,
) -> None:
    """Make reports, for the whole material or for a selection of it."""
    from kafe.cli.project_print import print_outcome, progress
    from kafe.flow import Project, make_reports

    at = Project(project)
    with progress() as step:
        outcome = make_reports(at, names or [], _parameters(parameter or []), step)
    print_outcome(outcome)


def init(folder: Annotated[Path, typer.Argument(help="A new or empty folder.")]) -> None:
    """Make a new project for another group: settings, folders, a first codebook, and what to do next."""
    from kafe.commands import new_project
    from kafe.messages import message

    for path in new_project.init_project(folder):
        typer.echo(f"  {path}")
    typer.echo("\n" + message("flow.init.next", folder=folder))


def template(
    path: Annotated[Path, typer.Argument(help="The form to write, ending in .xlsx or .docx.")],
    session: Annotated[
        str, typer.Option(help="Whose questions to print; the first session when not given.")
    ] = "",
    tables: Annotated[int, typer.Option(help="Number of tables.", min=1, max=60)] = 8,
    project: ProjectOption = HERE,
) -> None:
    """Write an empty form for table hosts, with the session's questions; ingest reads it back."""
    from kafe.commands import host_form
    from kafe.flow import Project
    from kafe.messages import message

    host_form.write_form(Project(project), session, path, tables)
    typer.echo(message("flow.form.written", path=path))


def lab(
    notebook: Annotated[str, typer.Argument(help="The notebook to open, e.g. 02-koding.")] = "",
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
    port: Annotated[
        int, typer.Option(help="The port to listen on; any free one when 0.", min=0, max=65535)
    ] = 0,
    project: ProjectOption = HERE,
) -> None:
    """Open JupyterLab on the project's own notebooks; a project without any gets copies first."""
    from kafe.commands import lab, notebooks
    from kafe.flow import Project
    from kafe.messages import message

    at = Project(project)
    options = lab.lab_options(at, notebook, browser=browser, port=port)
    folder, done = notebooks.own_notebooks(at)
    for one in done:
        typer.echo(message(f"flow.notebook.{one.state}", name=one.name))
    typer.echo(message("flow.lab.serves", title=at.settings.project.title, folder=at.root))
    raise typer.Exit(lab.run_lab(folder, options))


def doctor(project: ProjectOption = HERE) -> None:
    """Say what is installed, which language model runs, what is missing, and how to get it."""
    from kafe.commands import doctor

    lines, healthy = doctor.examine(project)
    for line in lines:
        typer.echo(line)
    raise typer.Exit(0 if healthy else 1)


def _parameters(assignments: list[str]) -> dict[str, str]:
    """Return name → text of `name=value` options. Raises KafeError where the sign is missing."""
    from kafe.messages import message
    from kafe.records import KafeError

    pairs = {}
    for assignment in assignments:
        name, sign, value = assignment.partition("=")
        if not sign:
            raise KafeError(
                message("flow.parameters.no_sign", given=assignment),
                remedy=message("flow.parameters.write_so"),
            )
        pairs[name.strip()] = value.strip()
    return pairs
