"""What `kafe ingest` prints of data/raw: files, reasons, columns, and what should go into session.toml."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from kafe.ingest import ColumnAccount, Ingested


def print_account(found: Ingested) -> None:
    """Print, file by file, how many rows became notes, and why the others did not."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from kafe.ingest import suggest
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
    print_columns(found.columns)
    for session in found.sessions:
        if new := suggest.lines(session, found.columns):
            typer.echo("\n" + message("flow.columns.suggested", file=f"{session.folder}/session.toml"))
            for line in new:
                typer.echo(f"  {line}")
            typer.echo(message("flow.columns.suggest"))
    if problems := (*found.problems, *suggest.gaps(found)):
        typer.echo("\n" + message("flow.account.problems"))
        for problem in problems:
            typer.echo(f"  {problem}")


def without_names(found: Ingested, mask: Callable[[Sequence[str]], Sequence[str]]) -> Ingested:
    """Return what was read with headers and sheets of its columns masked: anyone may have written them."""
    labels = sorted({label for column in found.columns for label in (column.header, column.sheet)})
    new = dict(zip(labels, mask(labels), strict=True))
    columns = [replace(one, header=new[one.header], sheet=new[one.sheet]) for one in found.columns]
    return replace(found, columns=tuple(columns))


def print_columns(columns: Sequence[ColumnAccount]) -> None:
    """Print, file by file, what each column of a table was read as, and what told so."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from kafe.ingest import suggest
    from kafe.messages import message

    if not columns:
        return
    typer.echo("")
    console = Console(width=None if sys.stdout.isatty() else 120)
    table = Table(title=message("flow.columns.title"), title_justify="left")
    table.add_column(message("flow.account.file"), overflow="fold")
    for key in ("column", "header", "read_as", "by"):
        table.add_column(message(f"flow.columns.{key}"), overflow="fold")
    table.add_column(message("flow.columns.filled"), justify="right")
    before = ""
    for column in columns:
        where = f"{column.file} {column.sheet}".strip()
        table.add_row(
            Text("" if where == before else where),
            column.column,
            Text(column.header),
            Text(suggest.read_as(column)),
            Text(suggest.read_by(column)),
            str(column.filled),
        )
        before = where
    console.print(table)


def write_suggestions(raw: Path, found: Ingested) -> None:
    """Write what is suggested into the sessions' files, and print where."""
    from kafe.ingest import suggest
    from kafe.messages import message

    written = 0
    for session in found.sessions:
        new = suggest.lines(session, found.columns)
        if new and suggest.write(raw, session, new):
            written += 1
            file = f"{session.folder}/session.toml"
            typer.echo(message("flow.columns.written", count=len(new), file=file))
    if not written:
        typer.echo(message("flow.columns.nothing"))
