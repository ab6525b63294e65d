"""The command line: parse, call, print."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kafe import __version__
from kafe.cli import codebook, codings, exchange, language, store, topic_decisions, topics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kafe.flow.run import Outcome
    from kafe.ingest.records import Ingested

app = typer.Typer(
    help="From café-table notes to a de-identified, coded, traceable basis for decisions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(codebook.app, name="codebook")
app.add_typer(language.app, name="language")
app.add_typer(topic_decisions.app, name="topics")
app.command()(topics.embed)
app.command()(exchange.export)
app.command("import")(exchange.import_)
app.command()(store.merge)
app.command()(store.assign)
app.command()(codings.find)

ProjectOption = Annotated[
    Path, typer.Option("--project", help="The project folder, or any folder inside it.", show_default=False)
]
HERE = Path()
STEPS = 14
"""What a whole run does: five stages, eight reports, the overview."""
MOST_SHOWN = 20
"""Remarks about the source that `run` prints; `ingest` and report 01 list them all."""


def main() -> None:
    """Run the command line; a KafeError is printed without a traceback and ends with status 1."""
    from kafe.records import KafeError

    try:
        app()
    except KafeError as error:
        typer.echo(f"kafe: {error}", err=True)
        sys.exit(1)


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False) -> None:
    if version:
        typer.echo(f"kafe {__version__}")
        raise typer.Exit


@app.command()
def run(project: ProjectOption = HERE) -> None:
    """Run everything that changed: read, de-identify, code, find themes, make every report.

    Remarks about data/raw are listed and do not count as failure. The exit status is 1 when a report
    could not be made, or when the codebook, codings, decisions or another file under data/coded, or
    kafe.toml, has something that could not be used; everything else is made all the same.
    """
    from kafe.flow.project import Project
    from kafe.flow.run import run_all

    at = Project(project)
    with _progress() as step:
        outcome = run_all(at, step)
    _print_outcome(outcome)


@app.command()
def ingest(project: ProjectOption = HERE) -> None:
    """Read data/raw and print the account: every source row is a note, or listed with the reason why not."""
    from kafe.flow.project import Project
    from kafe.ingest.project import read_project

    _print_account(read_project(Project(project).paths.raw))


@app.command()
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
    from kafe.flow.project import Project
    from kafe.flow.run import make_reports

    at = Project(project)
    with _progress() as step:
        outcome = make_reports(at, names or [], _parameters(parameter or []), step)
    _print_outcome(outcome)


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="A new or empty folder.")]) -> None:
    """Make a new project for another group: settings, folders, a first codebook, and what to do next."""
    from kafe.commands.new_project import init_project

    for path in init_project(folder):
        typer.echo(f"  {path}")
    typer.echo(f"\nNeste: legg notatene i {folder}/data/raw/<møte>/ og kjør «kafe run --project {folder}».")


@app.command()
def template(
    path: Annotated[Path, typer.Argument(help="The form to write, ending in .xlsx or .docx.")],
    session: Annotated[
        str, typer.Option(help="Whose questions to print; the first session when not given.")
    ] = "",
    tables: Annotated[int, typer.Option(help="Number of tables.", min=1, max=60)] = 8,
    project: ProjectOption = HERE,
) -> None:
    """Write an empty form for table hosts, with the session's questions; ingest reads it back."""
    from kafe.commands.new_project import write_form
    from kafe.flow.project import Project

    write_form(Project(project), session, path, tables)
    typer.echo(f"Skrev {path}.")


@app.command()
def lab(project: ProjectOption = HERE) -> None:
    """Open JupyterLab on the project's notebooks."""
    from kafe.commands.new_project import open_lab
    from kafe.flow.notebooks import notebooks_folder
    from kafe.flow.project import Project

    raise typer.Exit(open_lab(notebooks_folder(Project(project))))


@app.command()
def doctor(project: ProjectOption = HERE) -> None:
    """Say what is installed, which language model runs, what is missing, and how to get it."""
    from kafe.commands.doctor import examine

    lines, healthy = examine(project)
    for line in lines:
        typer.echo(line)
    raise typer.Exit(0 if healthy else 1)


def _parameters(assignments: list[str]) -> dict[str, str]:
    """Return name → text of `name=value` options. Raises KafeError where the sign is missing."""
    from kafe.records import KafeError

    pairs = {}
    for assignment in assignments:
        name, sign, value = assignment.partition("=")
        if not sign:
            raise KafeError(f"«-p {assignment}» mangler «=».", remedy="Skriv for eksempel -p session=kafe-1.")
        pairs[name.strip()] = value.strip()
    return pairs


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Give a function that shows what is being done: a bar on a terminal, a line each elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from kafe.messages import message

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda text: typer.echo(f"  {text} …", err=True)
        return
    columns = (BarColumn(bar_width=24), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(message("flow.starting"), total=STEPS, completed=0)

        def step(text: str) -> None:
            done = progress.tasks[0].completed
            progress.update(task, description=f"{text} …", completed=min(done + 1, STEPS - 1))

        yield step


def _print_outcome(outcome: Outcome) -> None:
    from kafe.messages import message

    for name, error in outcome.failed.items():
        typer.echo(message("flow.report.failed", name=name, error=error), err=True)
    for problem in outcome.problems[:MOST_SHOWN]:
        typer.echo(f"  {problem}", err=True)
    if len(outcome.problems) > MOST_SHOWN:
        typer.echo(message("flow.outcome.more", count=len(outcome.problems) - MOST_SHOWN), err=True)
    if not (outcome.stages or outcome.made or outcome.refreshed or outcome.failed):
        typer.echo(message("flow.outcome.nothing"))
    else:
        made = len(outcome.made) + len(outcome.refreshed)
        typer.echo(message("flow.outcome.reports", made=made, kept=len(outcome.kept)))
    if outcome.source_problems:
        typer.echo(message("flow.outcome.problems", count=len(outcome.source_problems)))
        for problem in outcome.source_problems[:MOST_SHOWN]:
            typer.echo(f"  {problem}")
    shown = outcome.index or (outcome.paths[0] if outcome.paths else None)
    if shown:
        typer.echo(message("flow.outcome.open", path=_short(shown)))
    if outcome.failed or outcome.unusable:
        raise typer.Exit(1)


def _short(path: Path) -> Path:
    """Return the path from the current folder when it lies below it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _print_account(found: Ingested) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from kafe.messages import message

    console = Console(width=None if sys.stdout.isatty() else 100)
    if not found.files:
        typer.echo(message("flow.account.empty"))
    table = Table(title=message("flow.account.title"), title_justify="left", show_footer=True)
    table.add_column(message("flow.account.file"), message("flow.account.total"), overflow="fold")
    for key in ("rows", "notes", "skipped"):
        total = str(sum(getattr(row, key) for row in found.files))
        table.add_column(message(f"flow.account.{key}"), total, justify="right")
    for row in found.files:
        table.add_row(Text(row.file), str(row.rows), str(row.notes), str(row.skipped))
    console.print(table)
    reasons: dict[str, int] = {}
    for entry in found.skipped:
        reasons[entry.reason] = reasons.get(entry.reason, 0) + entry.rows
    if reasons:
        typer.echo("\n" + message("flow.account.reasons"))
        for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0])):
            typer.echo(f"  {count:5}  {reason}")
    if found.duplicates:
        typer.echo("\n" + message("flow.account.duplicates", count=len(found.duplicates)))
    if found.problems:
        typer.echo("\n" + message("flow.account.problems"))
        for problem in found.problems:
            typer.echo(f"  {problem}")
