"""The command line: parse, call, print."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kafe import __version__
from kafe.cli import (
    codebook,
    codings,
    exchange,
    language,
    links,
    notebooks,
    project,
    store,
    topic_decisions,
    topics,
)

__all__ = ["app", "main"]

app = typer.Typer(
    help="From café-table notes to a de-identified, coded, traceable basis for decisions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    project.run,
    project.ingest,
    project.report,
    project.init,
    project.template,
    project.lab,
    project.doctor,
):
    app.command()(command)
app.add_typer(codebook.app, name="codebook")
app.add_typer(language.app, name="language")
app.add_typer(notebooks.app, name="notebooks")
app.add_typer(links.app, name="links")
app.add_typer(codings.suggestions, name="suggestions")
app.add_typer(topic_decisions.app, name="topics")
app.command()(topics.embed)
app.command()(exchange.export)
app.command("import")(exchange.import_)
app.command()(store.merge)
app.command()(store.assign)
app.command()(store.relink)
app.command()(codings.find)


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
