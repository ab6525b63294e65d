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

    from kafe.language.models import load_pipeline, pipeline_identity, resolve_model
    from kafe.language.training import evaluate_conllu

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
    corpus: Annotated[Path, typer.Argument(help="Folder with *.txt.xz, one paragraph a line.", exists=True)],
    work: Annotated[Path, typer.Option(help="Where checkpoints go.")] = Path("build/training"),
    output: Annotated[Path | None, typer.Option(help="Where the finished model goes.")] = None,
) -> None:
    """Train vectors, the bundled pipeline and the Bokmål/Nynorsk classifier anew (two hours on two cores)."""
    from kafe.language.models import bundled_path
    from kafe.language.training import train_all, train_identifier

    target = output or bundled_path()
    scores = train_all(treebank, corpus, work, target)
    accuracy = train_identifier(treebank, target.parent / "nb_nn.npz")
    for part, values in {**scores, "bokmål/nynorsk": accuracy}.items():
        typer.echo(f"{part}: {values}")


@app.command("train-yardstick")
def yardstick(
    treebank: Annotated[Path, typer.Argument(help="The treebank folder, as for `train`.", exists=True)],
    work: Annotated[Path, typer.Option(help="Where checkpoints go.")] = Path("build/yardstick"),
) -> None:
    """Train a Bokmål model of spaCy's "efficiency" kind, to measure the bundled pipeline against."""
    from kafe.language.training import train_yardstick

    typer.echo(train_yardstick(treebank, work))


@app.command()
def identify(
    file: Annotated[
        Path | None, typer.Argument(help="One text a line, UTF-8; standard input when none.", exists=True)
    ] = None,
    dialect: Annotated[bool, typer.Option(help="Add a tab and `dialekt` or nothing.")] = False,
) -> None:
    """Print a line for each line: nb, nn, mixed, other, usikker, or nothing where there are no words."""
    import sys

    from kafe.language import identify
    from kafe.messages import message

    content = file.read_bytes() if file else sys.stdin.buffer.read()
    lines = content.decode("utf-8-sig").removesuffix("\n").split("\n") if content else []
    for found in identify(lines):
        spoken = "\t" + (message("language.answer.dialect") if found.dialect else "") if dialect else ""
        standard = message("language.answer.unsure") if found.language == "unsure" else found.language
        sys.stdout.write(f"{standard}{spoken}\n")


@app.command()
def norm(
    file: Annotated[
        Path | None, typer.Argument(help="One word a line, UTF-8; standard input when none.", exists=True)
    ] = None,
) -> None:
    """Print the norm form of each word, a line each: Bokmål, Nynorsk and dialect spellings meet."""
    import sys

    from kafe.language.norm import norm_form

    data = file.read_bytes() if file else sys.stdin.buffer.read()
    lines = data.decode("utf-8-sig", errors="replace").split("\n")
    if not lines[-1]:
        lines.pop()
    sys.stdout.buffer.write("".join(f"{norm_form(line)}\n" for line in lines).encode())


@app.command()
def proposals(
    file: Annotated[
        Path | None, typer.Argument(help="One note a line, UTF-8; standard input when none.", exists=True)
    ] = None,
) -> None:
    """Print P, T, B or O (problem, tiltak, both, other), a tab and a probability for each line."""
    import sys

    from kafe.language import kinds
    from kafe.language.models import load_pipeline, resolve_model

    data = file.read_bytes() if file else sys.stdin.buffer.read()
    lines = data.decode("utf-8-sig", errors="replace").removesuffix("\n").split("\n") if data else []
    found = kinds(list(load_pipeline(resolve_model("auto")).pipe(line.strip() for line in lines)))
    for judged in found:
        sys.stdout.write(f"{judged.letter}\t{judged.probability:.3f}\n")


@app.command()
def train_proposals(
    file: Annotated[Path, typer.Argument(help="P, T, B or O, a tab and a note a line.", exists=True)],
    held_out: Annotated[Path, typer.Argument(help="Notes of the same kind, only measured.", exists=True)],
    output: Annotated[Path | None, typer.Option(help="Where the weights go.")] = None,
) -> None:
    """Train the model of problem or proposal anew (seconds), and print how well it does."""
    from kafe.language.models import static_path
    from kafe.language.training import train_proposals as train

    target = output or static_path().parent / "proposals.npz"
    for name, value in train(file, held_out, target).items():
        typer.echo(f"{name}: {value}")


@app.command()
def train_static(
    shared: Annotated[Path, typer.Argument(help="Folder with corpus/, treebank/ and lexicon/.", exists=True)],
    output: Annotated[Path | None, typer.Option(help="Where the model2vec folder goes.")] = None,
    seed: Annotated[int, typer.Option(min=0)] = 1,
) -> None:
    """Train the bundled static embeddings anew (needs PyTorch; forty minutes on one core)."""
    from kafe.language.models import static_path
    from kafe.language.training import FIELD
    from kafe.language.training import train_static as train_embeddings

    target = output or static_path()
    train_embeddings(shared, FIELD, target, seed=seed)
    typer.echo(f"{target}")
