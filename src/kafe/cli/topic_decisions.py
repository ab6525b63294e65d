"""`kafe topics list|merge|split|name|lock`: what an analyst decides about free topics, kept for later runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kafe.cli.topics import app

if TYPE_CHECKING:
    from kafe.flow.project import Project
    from kafe.topics.edits import TopicMark

ProjectOption = Annotated[
    Path, typer.Option("--project", help="The project folder, or any folder inside it.", show_default=False)
]
WhoOption = Annotated[str, typer.Option("--who", help="Who decides; the user's login when not given.")]
WhyOption = Annotated[str, typer.Option("--why", help="The reason, for those who read the file later.")]
Number = Annotated[int, typer.Argument(help="The topic's number in `kafe topics list`.", min=1)]
HERE = Path()


@app.command("list")
def list_topics(project: ProjectOption = HERE) -> None:
    """List the free topics of the last run: number, notes, stability beside that of mixed words, name."""
    for number, row in enumerate(_open(project).tables.topics.topics, 1):
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
    at = _open(project)
    _keep(at, "merge", [_mark(at, number) for number in dict.fromkeys(numbers)], name, why, who)


@app.command()
def split(
    number: Number,
    parts: Annotated[int, typer.Option("--parts", min=2, help="In how many parts.")] = 2,
    why: WhyOption = "",
    who: WhoOption = "",
    project: ProjectOption = HERE,
) -> None:
    """Divide a topic in parts of notes that are alike; give the parts names in data/coded/temaer.yaml."""
    from kafe.messages import message
    from kafe.records import KafeError
    from kafe.topics import TopicInput
    from kafe.topics.edits import split_topic

    at = _open(project)
    whole = set(_mark(at, number).notes)
    notes = [note for note in at.notes() if note.id in whole]
    units = at.tables.units
    columns = TopicInput.of(notes, units.lemmas, units.surface)
    found = split_topic(columns, parts=parts, seed=at.settings.seed)
    if len(found) < 2:
        raise KafeError(message("topics.edits.too_alike"), remedy=message("topics.edits.fewer_parts"))
    _keep(at, "split", found, "", why, who)
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
    at = _open(project)
    _keep(at, "rename", [_mark(at, number)], new, why, who)


@app.command()
def lock(
    number: Number,
    name: Annotated[str, typer.Option("--name", help="What the topic is called from now on.")] = "",
    why: WhyOption = "",
    who: WhoOption = "",
    project: ProjectOption = HERE,
) -> None:
    """Hold a topic's notes together whatever later runs find; new notes join where they are nearest."""
    at = _open(project)
    _keep(at, "lock", [_mark(at, number)], name, why, who)


def _open(start: Path) -> Project:
    from kafe.flow.project import Project

    return Project(start)


def _mark(project: Project, number: int) -> TopicMark:
    from kafe.messages import message
    from kafe.records import KafeError
    from kafe.topics.edits import TopicMark

    tables = project.tables.topics
    if not 1 <= number <= len(tables.topics):
        raise KafeError(
            message("topics.edits.no_topic", number=number),
            remedy=message("topics.edits.topics_are", count=len(tables.topics)),
        )
    topic = tables.topics[number - 1]
    notes = [row["note_id"] for row in tables.assignments if row["topic"] == topic["id"]]
    return TopicMark(tuple(notes), tuple(topic["lemmas"]))


def _keep(project: Project, kind: Any, marks: list[TopicMark], name: str, why: str, who: str) -> None:
    import getpass
    from hashlib import blake2b

    from kafe.clock import now
    from kafe.topics.edits import TopicDecision, add_decision

    at = now()
    named = blake2b(f"{at} {kind} {marks} {name}".encode(), digest_size=4).hexdigest()
    decision = TopicDecision(
        f"{at[:10]}-{named}", kind, tuple(marks), name, (), who or getpass.getuser(), at, why
    )
    add_decision(project.paths.topic_edits, decision)
    typer.echo(f"{project.paths.topic_edits.name}: {decision.id}")
