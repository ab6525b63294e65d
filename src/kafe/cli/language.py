"""`kafe language`: evaluate the Norwegian pipeline, retrain it."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The Norwegian pipeline: evaluate it, retrain it.", no_args_is_help=True)


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="A CoNLL-U file; names as `name=` in MISC.", exists=True)],
    model: Annotated[str, typer.Option(help="auto, nb_kafe_sm, an installed model, or a folder.")] = "auto",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Score the pipeline on a CoNLL-U file: POS, morphology, lemmas, sentences, names."""
    import json

    from kafe.language import load_pipeline, pipeline_identity, resolve_model
    from kafe.language.evaluate import evaluate_conllu

    nlp = load_pipeline(resolve_model(model))
    scores = {"model": pipeline_identity(nlp), "file": file.name, **evaluate_conllu(nlp, file)}
    if as_json:
        typer.echo(json.dumps(scores, ensure_ascii=False, indent=2))
        return
    for key, value in scores.items():
        if not isinstance(value, dict):
            typer.echo(f"{key:12} {value}")
    for label, value in scores["entities"].items():
        typer.echo(f"  {label:10} {value}")


@app.command()
def train(
    treebank: Annotated[
        Path, typer.Argument(help="Folder with ndt-train-*, ndt-dev-* and ud-dev-*.", exists=True)
    ],
    work: Annotated[Path, typer.Option(help="Where checkpoints go.")] = Path("build/training"),
    output: Annotated[Path | None, typer.Option(help="Where the finished model goes.")] = None,
) -> None:
    """Train the bundled pipeline and the Bokmål/Nynorsk classifier anew (an hour or two on one core)."""
    from kafe.language.pipeline import bundled_path
    from kafe.language.train import train_identifier, train_pipeline, write_package_data

    target = output or bundled_path()
    best = train_pipeline(treebank, work)
    scores = write_package_data(best, treebank, target)
    accuracy = train_identifier(treebank, target.parent / "nb_nn.npz")
    for part, values in {**scores, "bokmål/nynorsk": accuracy}.items():
        typer.echo(f"{part}: {values}")
