"""`kafe find`: notes by a query about codes, words and what is known about them."""

from typing import TYPE_CHECKING, Annotated

import typer

from kafe.cli.options import HERE, ProjectOption

if TYPE_CHECKING:
    from kafe.records import Row
    from kafe.search import ConcordanceLine


def find(
    query: Annotated[str, typer.Argument(help="E.g. 'kode:\"uklart ansvar\" og gruppe:pårørende'.")],
    limit: Annotated[int, typer.Option(help="Quotes or lines that are shown.", min=1)] = 20,
    context: Annotated[
        bool, typer.Option("--context", help="Show the words in context, one place a line.")
    ] = False,
    project: ProjectOption = HERE,
) -> None:
    """Print the notes that a query finds; small groups are hidden as in the reports.

    The language is described in docs/bruk/utforsking.md. Runs the stages that are out of date first.
    """
    from kafe.flow import Project, bring_up_to_date
    from kafe.messages import message
    from kafe.search import parse_query
    from kafe.views import Results, search

    parse_query(query)
    at = Project(project)
    bring_up_to_date(at, lambda text: typer.echo(f"  {text} …", err=True))
    results = Results(at, {}, query)
    found = search.find(results)
    typer.echo(search.count_words(results, found))
    if context:
        lines = search.found_lines(results, found)[1]
        _print_lines(lines[:limit])
        of = len(lines)
    else:
        rows = search.found_rows(results, found, limit)
        for row in rows:
            _print_quote(row)
        of = len(found.shown)
    if of > limit:
        typer.echo("\n" + message("views.find.shown", shown=limit, count=of))


def _print_quote(row: "Row") -> None:
    from kafe.messages import message

    where = [row["note_id"], row["session"], row["group"]]
    if row["table"]:
        where.insert(2, message("charts.quotes.table", table=row["table"]))
    typer.echo("\n" + " · ".join(part for part in where if part))
    text, at = row["text"], 0
    for start, end in row["marks"]:
        start = max(start, at)
        typer.echo(text[at:start] + typer.style(text[start:end], bold=True), nl=False)
        at = max(end, at)
    typer.echo(text[at:])


def _print_lines(lines: "list[ConcordanceLine]") -> None:
    before = max((len(line.left) for line in lines), default=0)
    for line in lines:
        keyword = typer.style(line.keyword, bold=True)
        typer.echo(f"{line.left:>{before}} {keyword} {line.right}")
