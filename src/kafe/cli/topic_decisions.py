"""`kafe topics list|merge|split|name|lock`: what an analyst decides about free topics, kept for later runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kafe.cli.options import HERE, ProjectOption
from kafe.cli.topics import app

if TYPE_CHECKING:
    from kafe.commands import topic_decisions

WhoOption = Annotated[str, typer.Option("--who", help="Who decides; the user's login when not given.")]
WhyOption = Annotated[str, typer.Option("--why", help="The reason, for those who read the file later.")]
Number = Annotated[int, typer.Argument(help="The topic's number in `kafe topics list`.", min=1)]


@app.command("list")
def list_topics(project: ProjectOption = HERE) -> None:
    """List the free topics of the last run: number, notes, stability beside that of mixed words, name."""
    from kafe.flow import Project

    for number, row in enumerate(Project(project).tables.topics.topics, 1):
        held = " (locked)" if row["locked"] else ""
        found = f"{row['stability']:.2f} / {row['null_stability']:.2f}"
        typer.echo(f"{number:3}  {row['size']:4}  {found}  {row['name']}{held}")


@app.command()
def merge(
    numbers: Annotated[list[int], typer.Argument(help="The topics' numbers in `kafe topics list`.", min=1)],
    name: Annotated[str, typer.Option("--name", help="What the topic is called from now on.")] = "",
    why: WhyOption = "",
    who: WhoOption = "",
    project: ProjectOption = HERE,
) -> None:
    """Make two or more topics one."""
    _decide(project, "merge", numbers, name, who, why)


@app.command()
def split(
    number: Number,
    parts: Annotated[int, typer.Option("--parts", min=2, help="In how many parts.")] = 2,
    why: WhyOption = "",
    who: WhoOption = "",
    project: ProjectOption = HERE,
) -> None:
    """Divide a topic in parts of notes that are alike; give the parts names in data/coded/temaer.yaml."""
    from kafe.commands import topic_decisions
    from kafe.flow import Project

    at = Project(project)
    decision, found = topic_decisions.split(at, number, parts, who=who, why=why)
    typer.echo(f"{at.paths.topic_edits.name}: {decision}")
    for part in found:
        typer.echo(f"{len(part.notes):4}  {', '.join(part.words[:6])}")


@app.command()
def name(
    number: Number,
    new: Annotated[str, typer.Argument(metavar="NAME", help="What the topic is called from now on.")],
    why: WhyOption = "",
    who: WhoOption = "",
    project: ProjectOption = HERE,
) -> None:
    """Give a topic a name of its own."""
    _decide(project, "rename", [number], new, who, why)


@app.command()
def lock(
    number: Number,
    name: Annotated[str, typer.Option("--name", help="What the topic is called from now on.")] = "",
    why: WhyOption = "",
    who: WhoOption = "",
    project: ProjectOption = HERE,
) -> None:
    """Hold a topic's notes together whatever later runs find; new notes join where they are nearest."""
    _decide(project, "lock", [number], name, who, why)


def _decide(
    start: Path, kind: topic_decisions.Kind, numbers: list[int], name: str, who: str, why: str
) -> None:
    from kafe.commands import topic_decisions
    from kafe.flow import Project

    at = Project(start)
    decision = topic_decisions.decide(at, kind, numbers, name=name, who=who, why=why)
    typer.echo(f"{at.paths.topic_edits.name}: {decision}")
