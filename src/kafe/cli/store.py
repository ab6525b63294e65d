"""`kafe merge` and `kafe assign`: several people's work on one project."""

from typing import TYPE_CHECKING, Annotated

import typer

from kafe.cli.options import HERE, ProjectOption

if TYPE_CHECKING:
    from kafe.store import MergeReport

YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
MOST_SHOWN = 10
"""Conflicts of one kind that are shown by name."""


def merge(
    other: Annotated[str, typer.Argument(help="Another store: a file such as kari.sqlite, or an address.")],
    yes: YesOption = False,
    project: ProjectOption = HERE,
) -> None:
    """Bring another coder's store into this project's: first what it would do, then, when agreed, it.

    Nothing is lost or comes twice; what does not agree is listed. The other store stays as it is.
    """
    from kafe.clock import now
    from kafe.commands import merge_stores
    from kafe.flow import Project
    from kafe.messages import message

    at = Project(project)
    plan = merge_stores.merge_store(at, other, at=now(), dry_run=True)
    _print_report(plan)
    if not plan.total:
        typer.echo(message("store.merge.nothing"))
        return
    if not yes and not typer.confirm(message("store.merge.ask")):
        typer.echo(message("store.merge.left"))
        raise typer.Exit(1)
    done = merge_stores.merge_store(at, other, at=now())
    typer.echo(message("store.merge.done", count=done.total))


def assign(
    coders: Annotated[str, typer.Option(help="Names with commas between, e.g. kari,ola.")],
    share: Annotated[str, typer.Option(help="The part that everyone codes, e.g. 20%.")] = "20%",
    seed: Annotated[int | None, typer.Option(help="For the draw; that of kafe.toml when not given.")] = None,
    label: Annotated[str, typer.Option(help="What this round is called; again, it is replaced.")] = "",
    session: Annotated[str, typer.Option(help="Only the notes of this session.")] = "",
    yes: YesOption = False,
    project: ProjectOption = HERE,
) -> None:
    """Give notes to coders: a sample that everyone codes, so that agreement can be measured, the rest once.

    Both parts are spread over sessions and questions. The same seed gives the same notes.
    """
    from kafe.clock import now
    from kafe.commands import assign
    from kafe.flow import Project
    from kafe.messages import message
    from kafe.store import read_share

    at = Project(project)
    part = read_share(share)
    chance = at.settings.seed if seed is None else seed
    moment = now()

    def shares(*, dry_run: bool) -> assign.Shares:
        return assign.share_notes(
            at,
            coders.split(","),
            part,
            seed=chance,
            at=moment,
            label=label,
            session=session,
            dry_run=dry_run,
        )

    plan = shares(dry_run=True)
    for name, ids in plan.notes.items():
        typer.echo(message("store.assign.line", name=name, count=len(ids), double=plan.double))
    if plan.replaces and not yes and not typer.confirm(message("store.assign.ask")):
        typer.echo(message("store.assign.left"))
        raise typer.Exit(1)
    shares(dry_run=False)
    typer.echo(message("store.assign.done", seed=chance))


def _print_report(report: "MergeReport") -> None:
    from kafe.messages import message

    for table, count in report.new.items():
        if count:
            typer.echo(f"  {count:6}  {message(f'store.merge.new.{table}')}")
    by_kind: dict[str, list[str]] = {}
    for conflict in report.conflicts:
        shown = f"{conflict.what} ({conflict.count})" if conflict.count > 1 else conflict.what
        by_kind.setdefault(conflict.kind, []).append(shown)
    for kind, found in by_kind.items():
        typer.echo("\n" + message(f"store.merge.conflict.{kind}"))
        for shown in found[:MOST_SHOWN]:
            typer.echo(f"  {shown}")
        if len(found) > MOST_SHOWN:
            typer.echo(message("store.merge.more", count=len(found) - MOST_SHOWN))
