"""`kafe notebooks`: the project's own copies of the notebooks."""

from __future__ import annotations

import typer

from kafe.cli.options import HERE, ProjectOption

app = typer.Typer(help="The project's own copies of the notebooks.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep `update` a command of its own."""


@app.command()
def update(project: ProjectOption = HERE) -> None:
    """Copy notebooks that are missing, renew those nobody has edited, and show what is new in the others.

    A notebook that somebody has edited is never overwritten.
    """
    from kafe.commands import notebooks
    from kafe.flow import Project
    from kafe.messages import message

    for one in notebooks.update_notebooks(Project(project).paths.notebooks):
        typer.echo(message(f"flow.notebook.{one.state}", name=one.name))
        for line in one.changes:
            typer.echo(f"    {line}")
