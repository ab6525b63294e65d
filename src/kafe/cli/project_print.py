"""What `kafe run`, `report` and `ingest` print: progress, what was made, and the account of the source."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kafe.flow import Outcome

STEPS = 14
"""What a whole run does: five stages, eight reports, the overview."""
MOST_SHOWN = 20
"""Remarks about the source that `run` prints; `ingest` and report 01 list them all."""


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
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


def print_outcome(outcome: Outcome) -> None:
    """Print what was made, what failed and what must be looked at; status 1 when something failed."""
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
    print_waiting([(row["note_id"], row["kind"], row["why"]) for row in outcome.waiting])
    shown = outcome.index or (outcome.paths[0] if outcome.paths else None)
    if shown:
        typer.echo(message("flow.outcome.open", path=_short(shown)))
    if outcome.failed or outcome.unusable:
        raise typer.Exit(1)


def print_waiting(acts: Sequence[tuple[str, str, str]]) -> None:
    """Print what people have done that waits to be relinked: (note id, kind, why) each."""
    from kafe.messages import message

    if not acts:
        return
    key = "corrections.list.one" if len(acts) == 1 else "corrections.list.title"
    typer.echo("\n" + message(key, count=len(acts)))
    for note, kind, why in acts[:MOST_SHOWN]:
        reason = message(f"corrections.reason.{why}")
        typer.echo(
            message(
                "corrections.list.line", note=note, kind=message(f"corrections.kind.{kind}"), reason=reason
            )
        )
    if len(acts) > MOST_SHOWN:
        typer.echo(message("corrections.list.more", count=len(acts) - MOST_SHOWN))
    typer.echo(message("corrections.list.settle"))


def _short(path: Path) -> Path:
    """Return the path from the current folder when it lies below it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
