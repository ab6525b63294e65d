"""`kafe topics` and `kafe embed`: score topics against labels, turn texts into vectors."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Themes of texts: how well they meet labels that people gave.", no_args_is_help=True)

ModelOption = Annotated[
    str,
    typer.Option("--embedding", help="auto (bundled), a folder, or a model that is already on this machine."),
]


@app.callback()
def _group() -> None:
    pass


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="A table with a header: CSV with , ; tab or |, UTF-8.")],
    text: Annotated[str, typer.Option(help="The column of texts.")] = "text",
    label: Annotated[str, typer.Option(help="The column of labels, one a text.")] = "label",
    anchors: Annotated[
        Path | None, typer.Option(help="A table with the columns code (a label) and definition.")
    ] = None,
    embedding: ModelOption = "auto",
    seed: Annotated[int, typer.Option(min=0)] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Score the default recipe on a labelled table.

    ami, nmi, v: the topics that kafe finds by itself, k of them, against the labels. ami_true_k and
    nmi_true_k: k-means at the true number of labels. anchored_accuracy and anchored_top3 (with
    --anchors): how often the definition of the right code resembles the text most, or is among three.
    """
    import json

    from kafe.topics.evaluation import evaluate as figures
    from kafe.topics.evaluation import lemmatiser, read_anchors, read_labelled
    from kafe.topics.vectors import Embedder

    data = read_labelled(file, text, label)
    given = read_anchors(anchors) if anchors else []
    found = figures(data, given, lemmatise=lemmatiser(), embedder=Embedder(embedding, seed=seed))
    if as_json:
        typer.echo(json.dumps({"file": file.name, **found}, ensure_ascii=False, indent=2))
        return
    for key, value in found.items():
        typer.echo(f"{key:20} {'–' if value is None else value}")


def embed(
    file: Annotated[Path, typer.Argument(help="A UTF-8 text file, one text a line.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The NumPy file (.npy) to write.")],
    embedding: ModelOption = "auto",
) -> None:
    """Write one row of float32 a line, in order; a blank line is a row of zeros.

    The default is kafe's hybrid, fitted on this file: the bundled static model beside the spelling of the
    texts, each text smoothed on its nearest neighbours here. Nothing is downloaded.
    """
    import numpy as np

    from kafe.topics.evaluation import read_lines
    from kafe.topics.vectors import Embedder

    rows = Embedder(embedding).embed(read_lines(file), smoothed=True)
    with output.open("wb") as stream:
        np.save(stream, rows)
    typer.echo(f"{output}: {rows.shape[0]} × {rows.shape[1]}")
