"""`kafe find`: notes by a query about codes, words and what is known about them; `kafe suggestions`: how good they are."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kafe.cli.options import HERE, ProjectOption

if TYPE_CHECKING:
    from kafe.records import Row
    from kafe.search import ConcordanceLine
    from kafe.views import Results

NEAR = 5
"""Notes that are shown though they have none of the words."""


def find(
    query: Annotated[str, typer.Argument(help="E.g. 'kode:\"uklart ansvar\" og gruppe:pårørende'.")] = "",
    limit: Annotated[int, typer.Option(help="Quotes or lines that are shown.", min=1)] = 20,
    context: Annotated[
        bool, typer.Option("--context", help="Show the words in context, one place a line.")
    ] = False,
    like: Annotated[str, typer.Option("--like", help="A note's id: the notes nearest it in meaning.")] = "",
    project: ProjectOption = HERE,
) -> None:
    """Print the notes that a query finds, best first, or those like a note; small groups are hidden as in the reports.

    The language is described in docs/bruk/utforsking.md. Runs the stages that are out of date first.
    """
    from kafe.flow import Project, bring_up_to_date
    from kafe.messages import message
    from kafe.records import KafeError
    from kafe.search import parse_query
    from kafe.views import Results, search

    if not query and not like:
        raise KafeError(message("views.find.neither"), remedy=message("views.find.neither_remedy"))
    if query:
        parse_query(query)
    at = Project(project)
    bring_up_to_date(at, lambda text: typer.echo(f"  {text} …", err=True))
    results = Results(at, {}, query)
    if like:
        _print_like(results, like, limit)
    if not query:
        return
    found = search.find(results)
    typer.echo(search.count_words(results, found))
    if context:
        lines = search.found_lines(results, found)[1]
        _print_lines(lines[:limit])
        of = len(lines)
    else:
        for row in search.found_rows(results, found, limit):
            _print_quote(row)
        of = len(found.shown)
    if of > limit:
        typer.echo("\n" + message("views.find.shown", shown=limit, count=of))
    elif not context and (near := search.near_rows(results, found, NEAR)):
        typer.echo("\n" + message("views.found.near"))
        for row in near:
            _print_quote(row)


def _print_like(results: "Results", note_id: str, limit: int) -> None:
    from kafe.messages import message
    from kafe.views import search

    rows = search.like_rows(results, note_id, limit)
    typer.echo(message("views.like.some" if rows else "views.like.none", note=note_id))
    for row in rows:
        _print_quote(row)


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


suggestions = typer.Typer(help="Suggested codes: how good they are as notes are coded.", no_args_is_help=True)


@suggestions.callback()
def _group() -> None:
    """Keep `evaluate` a command of its own."""


@suggestions.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="A CSV file with a note and its code a row.")],
    codes: Annotated[Path, typer.Option(help="A CSV file with the columns code and definition.")],
    text: Annotated[str, typer.Option(help="The column with the notes.")] = "text",
    label: Annotated[str, typer.Option(help="The column with the codes, `;` between several.")] = "label",
    sizes: Annotated[str, typer.Option(help="Numbers of coded notes to measure at.")] = "0,10,29,30,50",
    draws: Annotated[int, typer.Option(help="Random orders of coding.", min=1)] = 12,
    seed: Annotated[int, typer.Option(help="Where chance starts.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure suggestions on notes that stay unread (half of them), after so many others have been coded."""
    import json
    from dataclasses import asdict

    from kafe.formatting import number
    from kafe.messages import message
    from kafe.suggestions import learning_curve, read_labelled, read_sizes

    wanted = read_sizes(sizes)
    notes = read_labelled(file, text, label, codes)
    points = learning_curve(notes.texts, notes.labels, notes.codebook, wanted, draws=draws, seed=seed)
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "file": file.name,
                    "notes": len(notes.texts),
                    "codes": len(notes.codebook.codes),
                    "draws": draws,
                    "seed": seed,
                    "sizes": [asdict(point) for point in points],
                },
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    typer.echo(
        message(
            "suggestions.evaluate.shown",
            notes=len(notes.texts),
            codes=len(notes.codebook.codes),
            draws=draws,
        )
    )
    typer.echo(message("suggestions.evaluate.head"))
    for point in points:
        shown = [
            "–" if value is None else number(value, 2)
            for value in (point.top1, point.precision, point.recall, point.suggestions_per_note)
        ]
        typer.echo(f"{point.size:6}{shown[0]:>14}{shown[1]:>11}{shown[2]:>9}{shown[3]:>22}")
