"""`kafe links list|set|keep`: what notes say to the pilot's proposals, as people read them."""

from typing import Annotated

import typer

from kafe.cli.options import HERE, ProjectOption

app = typer.Typer(
    help="What notes say to the proposals of the pilot, as people read them.", no_args_is_help=True
)
Proposal = Annotated[str, typer.Argument(help="The proposal's id in data/coded/pilot.yaml.")]


@app.command("list")
def list_links(
    proposal: Proposal,
    every: Annotated[bool, typer.Option("--all", help="Those that are read too.")] = False,
    project: ProjectOption = HERE,
) -> None:
    """List notes on a proposal's theme, likest wording first; * marks words that may mean disagreement.

    The order is a help to read. Only people decide what a note says. Runs the stages that are out of date first.
    """
    from kafe.commands import links
    from kafe.flow import Project, bring_up_to_date
    from kafe.messages import message

    at = Project(project)
    bring_up_to_date(at, lambda text: typer.echo(f"  {text} …", err=True))
    found = links.to_read(at, proposal, unread=not every)
    for line in found:
        flag = f"  * {', '.join(line.flags)}" if line.flags else ""
        stance = f"  [{message(f'flow.stance.{line.stance}')}]" if line.stance else ""
        typer.echo(f"{line.note_id}  {line.likeness:.2f}  {' '.join(line.text.split())}{flag}{stance}")
    if not found:
        typer.echo(message("flow.stance.none"))


@app.command("set")
def set_link(
    note: Annotated[str, typer.Argument(help="The note's id.")],
    proposal: Proposal,
    stance: Annotated[
        str, typer.Argument(help="støtter, imot, betingelse, problemet, annet, or ulest to take it back.")
    ],
    who: Annotated[str, typer.Option("--who", help="Who has read it.")],
    remark: Annotated[str, typer.Option("--remark", help="A remark for those who read the file later.")] = "",
    project: ProjectOption = HERE,
) -> None:
    """Say what a note says to a proposal; kept in data/coded/lenker.csv and in the store."""
    from kafe.commands import links
    from kafe.flow import Project

    kept = links.read_as(Project(project), note, proposal, stance, who=who, remark=remark)
    typer.echo(f"lenker.csv: {kept.note_id} → {kept.proposal}: {stance}")


@app.command()
def keep(project: ProjectOption = HERE) -> None:
    """Write what other stores and the workbench have read to data/coded/lenker.csv, at its end."""
    from kafe.commands import links
    from kafe.flow import Project

    typer.echo(f"lenker.csv: +{links.keep(Project(project))}")
