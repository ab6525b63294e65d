"""`kafe export` and `kafe import`: to and from other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kafe.cli.options import HERE, ProjectOption

if TYPE_CHECKING:
    from kafe.exchange import PlannedImport

NOT_DONE = 3
"""Exit status of an import that was shown and not carried out."""
MOST_CODES = 20
KINDS = ("qdpx", "qdc", "tidy", "wide", "highlights")
"""Formats with a name of their own; any other is a codebook."""


def export(
    file: Annotated[Path, typer.Argument(help="Ending in .qdpx, .qdc, .xlsx or .csv.")],
    wide: Annotated[
        bool, typer.Option("--wide", help="A table with a row a note and 0/1 for each code (.xlsx, .csv).")
    ] = False,
    coder: Annotated[
        list[str] | None, typer.Option(help="Only this person's codings; may be given several times.")
    ] = None,
    project: ProjectOption = HERE,
) -> None:
    """Write notes, codebook and people's codings for another program; de-identified text only.

    .qdpx is a REFI-QDA project, .qdc a REFI-QDA codebook; .xlsx and .csv have a row for each coding.
    What the format cannot hold is listed.
    """
    from kafe.commands import exchange
    from kafe.flow import Project
    from kafe.messages import message

    done = exchange.export(Project(project), file, wide=wide, coders=coder or [])
    typer.echo(
        message("exchange.export.done", path=file, notes=done.notes, codings=done.codings, codes=done.codes)
        if file.suffix.lower() != ".qdc"
        else message("exchange.export.done_codes", path=file, codes=done.codes)
    )
    if done.absent:
        typer.echo(message("exchange.export.absent"))
        for key, count in done.absent.items():
            typer.echo(f"  {message(f'exchange.absent.{key}', count=count)}")
    typer.echo(message("exchange.export.privacy"))


def import_(
    file: Annotated[
        Path, typer.Argument(help="A .qdpx, .qdc, .xlsx or .csv file; what it is, is found out.")
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")] = False,
    coder: Annotated[
        str, typer.Option(help="Who coded, where the file does not say.", show_default=False)
    ] = "",
    project: ProjectOption = HERE,
) -> None:
    """Take in codings, codes and memos from another program: shows what it will do, then asks.

    Exit status: 0 when it is done or there is nothing to do, 1 when the file cannot be used, 3 when
    the plan was shown and nothing was changed, because the answer was no or there was no terminal to
    ask at and no --yes.
    """
    from kafe.commands import exchange
    from kafe.flow import Project
    from kafe.messages import message

    at = Project(project)
    planned = exchange.plan_import(at, file, coder=coder)
    _show(planned)
    if not planned.plan.changes and not planned.plan.unknown:
        typer.echo(message("exchange.import.nothing"))
        return
    if not yes:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            typer.echo(message("exchange.import.no_terminal"))
            raise typer.Exit(NOT_DONE)
        if not typer.confirm(message("exchange.import.ask")):
            typer.echo(message("exchange.import.unchanged"))
            raise typer.Exit(NOT_DONE)
    done = exchange.apply_import(at, planned, who=coder)
    typer.echo(message("exchange.import.done"))
    if done.masked:
        typer.echo(message("exchange.import.masked", count=done.masked))
    if done.written:
        typer.echo(message("exchange.import.written", path=done.written))


def _show(planned: PlannedImport) -> None:
    """Print what a file is and what taking it in would do."""
    from kafe.messages import message

    plan = planned.plan
    kind = planned.kind if planned.kind in KINDS else "codebook"
    typer.echo(message(f"exchange.kind.{kind}", file=planned.path.name))
    counts = {
        "codes": len(plan.codes),
        "fill": len(plan.fill),
        "codings": len(plan.codings),
        "memos": len(plan.memos),
        "finished": len(plan.finished),
        "unknown": len(plan.unknown),
        "there": plan.there,
    }
    for key, count in counts.items():
        if count:
            typer.echo(f"  {message(f'exchange.plan.{key}', count=count)}")
        if key == "codes":
            for code in plan.codes[:MOST_CODES]:
                typer.echo(f"    + {code.name} ({code.id})")
            if count > MOST_CODES:
                typer.echo(f"    {message('exchange.plan.more', count=count - MOST_CODES)}")
    for problem in plan.problems:
        typer.echo(f"  {problem}")
    for key, count in plan.left_out.items():
        typer.echo(f"  {message(f'exchange.left_out.{key}', count=count)}")
    if plan.differs:
        typer.echo(f"  {message('exchange.left_out.code_differs', count=len(plan.differs))}")
    for key, count in plan.losses.items():
        typer.echo(f"  {message(f'exchange.loss.{key}', count=count)}")
