"""`kafe suggestions`: how suggestions do as notes are coded."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Suggested codes: how good they are as notes are coded.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep `evaluate` a command of its own."""


@app.command()
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

    from kafe.commands import evaluate_suggestions
    from kafe.formatting import number
    from kafe.messages import message
    from kafe.suggestions import learning_curve

    wanted = evaluate_suggestions.read_sizes(sizes)
    notes = evaluate_suggestions.read_labelled(file, text, label, codes)
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
