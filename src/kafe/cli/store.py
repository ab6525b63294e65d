"""`kafe merge`, `kafe assign` and `kafe relink`: people's work brought together, given out, and tied to corrected notes."""

from __future__ import annotations

import getpass
import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kafe.cli.options import HERE, ProjectOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafe.corrections import WaitingAct, questions
    from kafe.flow import Project
    from kafe.store import MergeReport, Store

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


def _print_report(report: MergeReport) -> None:
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


def relink(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print where the work stands as JSON, and ask nothing.")
    ] = False,
    undo: Annotated[
        str, typer.Option(help="Take back what was last said of this note (its earlier id).", metavar="NOTE")
    ] = "",
    who: Annotated[str, typer.Option("--who", help="Who settles; the user's login when not given.")] = "",
    project: ProjectOption = HERE,
) -> None:
    """Settle what waits to be relinked: codings, finished marks, memos and decisions on notes that were corrected.

    Each note is shown as it was and as it may be now; one key says whether they are the same. Nothing is
    settled without an answer, and every answer can be taken back with --undo.
    """  # fmt: skip
    from kafe.clock import now_ms
    from kafe.corrections import questions, settle, standing
    from kafe.flow import Project, bring_up_to_date
    from kafe.messages import message
    from kafe.store import open_store

    at = Project(project)
    name = who or getpass.getuser()
    if undo:
        with open_store(at.paths, at.settings) as store:
            count = settle.undo(store, undo, who=name, at=now_ms())
        typer.echo(message("corrections.ask.undone", count=count))
        return
    bring_up_to_date(at, lambda text: typer.echo(f"  {text} …", err=True))
    with open_store(at.paths, at.settings) as store:
        stands = standing(store)
        if as_json:
            typer.echo(json.dumps(questions.as_json(stands), ensure_ascii=False, indent=2))
            return
        if stands.followed:
            typer.echo(message("corrections.list.followed", count=stands.followed))
        if not stands.waiting:
            typer.echo(message("corrections.list.nothing"))
            return
        _ask_all(store, name)
        left = len(standing(store).waiting)
    typer.echo("\n" + message("corrections.ask.done", open=left))


def waiting_now(project: Project) -> Sequence[WaitingAct]:
    """Return what waits by the store as it is; nothing where there is no store yet."""
    from kafe.corrections import standing
    from kafe.store import open_store

    if not project.settings.store.url and not (project.paths.coded / "kafe.sqlite").exists():
        return ()
    with open_store(project.paths, project.settings) as store:
        return standing(store).waiting


def _ask_all(store: Store, who: str) -> None:
    """Ask about each note, then about each coding that still waits; stop at `q`."""
    from kafe.corrections import questions as use_case

    asked: set[tuple[str, str]] = set()
    while True:
        pending = [one for one in use_case.questions(store) if _name(one) not in asked]
        if not pending:
            return
        question = pending[0]
        asked.add(_name(question))
        _show(question, len(asked), len(asked) + len(pending) - 1)
        answered = _ask_coding(store, question, who) if question.coding else _ask_note(store, question, who)
        if not answered:
            return


def _name(question: questions.Question) -> tuple[str, str]:
    return question.old.id, question.coding.act if question.coding else ""


def _show(question: questions.Question, place: int, of: int) -> None:
    from kafe.messages import message

    typer.echo("\n" + message("corrections.ask.head", place=place, of=of, what=question.words))
    typer.echo("  " + question.acts[0].reason)
    typer.echo(f"\n{message('corrections.ask.before')}: {question.old.text}")


def _ask_note(store: Store, question: questions.Question, who: str) -> bool:
    """Ask whether the note is one of those it may have become; return False to stop."""
    from kafe.corrections import questions as use_case
    from kafe.messages import message

    for note in question.possible:
        typer.echo(f"\n{message('corrections.ask.after')} ({note.id}): {note.text}")
        match _key(message("corrections.ask.same"), "jnfbhq"):
            case "j":
                typer.echo(
                    message("corrections.ask.moved", count=use_case.accept(store, question, note.id, who))
                )
                return True
            case "n":
                use_case.refuse(store, question, note.id, who)
                typer.echo(message("corrections.ask.refused"))
            case "b":
                return _leave(store, question, who)
            case "h":
                return True
            case "q":
                return False
    match _key(message("corrections.ask.none"), "bihq"):
        case "b":
            return _leave(store, question, who)
        case "i":
            wanted = typer.prompt(message("corrections.ask.id"))
            typer.echo(
                message("corrections.ask.moved", count=use_case.accept(store, question, wanted.strip(), who))
            )
        case "q":
            return False
    return True


def _ask_coding(store: Store, question: questions.Question, who: str) -> bool:
    """Ask where one coding stands in the corrected note; return False to stop."""
    from kafe.corrections import questions as use_case
    from kafe.messages import message

    act = question.coding
    assert act is not None
    typer.echo(message("corrections.ask.quote", quote=act.quote, code=act.code, who=act.who))
    text = question.possible[0].text
    shown = (
        f"{text[: act.start]}[[{text[act.start : act.end]}]]{text[act.end :]}"
        if act.end > act.start
        else text
    )
    typer.echo(f"{message('corrections.ask.after')} ({question.possible[0].id}): {shown}")
    match _key(message("corrections.ask.coding"), "jabhq" if act.end > act.start else "abhq"):
        case "j" | "a" as key:
            count = use_case.place_coding(store, question, who, whole=key == "a")
            typer.echo(message("corrections.ask.moved", count=count))
        case "b":
            return _leave(store, question, who)
        case "q":
            return False
    return True


def _leave(store: Store, question: questions.Question, who: str) -> bool:
    from kafe.corrections import questions as use_case
    from kafe.messages import message

    use_case.leave(store, question, who)
    typer.echo(message("corrections.ask.left"))
    return True


def _key(prompt: str, keys: str) -> str:
    """Return one of the keys: pressed on a terminal, or the first letter of a line; the end of the input is `q`."""
    typer.echo(prompt)
    while True:
        if sys.stdin.isatty():
            pressed = typer.getchar()
        else:
            line = sys.stdin.readline()
            if not line:
                return "q"
            pressed = line.strip()[:1]
        if pressed.casefold() in keys and pressed:
            return pressed.casefold()
