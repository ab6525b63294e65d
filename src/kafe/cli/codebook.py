"""`kafe codebook`: check and show the codebook, change it so that codings follow, see its history."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kafe.cli.options import HERE, ProjectOption

if TYPE_CHECKING:
    from kafe.flow import Project

app = typer.Typer(
    help="The codebook: check it, show it, change it so that codings follow, import one, see its history.",
    no_args_is_help=True,
)
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Change it without asking.")]
WhoOption = Annotated[str, typer.Option("--who", help="Who changes it; the user's login when not given.")]
NameOption = Annotated[str, typer.Option("--name", help="The code's new name.")]


@app.command()
def check(project: ProjectOption = HERE) -> None:
    """List everything wrong with the codebook, and what is worth a look; status 1 when something is wrong."""
    from kafe.cli.codebook_print import print_problems
    from kafe.commands import check_codebook
    from kafe.records import Severity

    codebook, problems = check_codebook.examine_project(_project(project))
    print_problems(problems, codebook)
    raise typer.Exit(1 if any(problem.severity is not Severity.REMARK for problem in problems) else 0)


@app.command()
def show(
    code: Annotated[str, typer.Argument(help="The id of a code; the whole tree when not given.")] = "",
    project: ProjectOption = HERE,
) -> None:
    """Print the tree with how often people have used each code, or everything about one code."""
    from kafe.cli.codebook_print import print_code, print_tree
    from kafe.codebook import load_codebook
    from kafe.codebook.changes import find_code
    from kafe.commands import change_codebook, check_codebook

    at = _project(project)
    codebook = load_codebook(at.paths.codebook)
    with change_codebook.reading(at) as store:
        uses = check_codebook.uses_in(at, codebook, store)
        history = store.operations() if store else []
        memos = [memo for memo in store.memos() if memo.target == f"code:{code}"] if store and code else []
    if code:
        print_code(codebook, find_code(codebook, code), uses, history, memos)
    else:
        print_tree(codebook, uses)


@app.command()
def history(
    code: Annotated[str, typer.Argument(help="Only what concerns this code.")] = "",
    text: Annotated[
        str, typer.Option("--text", help="Print the codebook as it was in a version (its first letters).")
    ] = "",
    project: ProjectOption = HERE,
) -> None:
    """Print who changed what in the codebook and when, the oldest first."""
    from kafe.cli.codebook_print import print_history, version_text
    from kafe.commands import change_codebook

    with change_codebook.reading(_project(project)) as store:
        if text:
            typer.echo(version_text(store, text), nl=False)
        else:
            print_history(store.operations() if store else [], code)


@app.command()
def rename(
    old: Annotated[str, typer.Argument(help="The id as it is, or as it was before the file was edited.")],
    new: Annotated[str, typer.Argument(help="The new id.")],
    name: NameOption = "",
    yes: YesOption = False,
    who: WhoOption = "",
    project: ProjectOption = HERE,
) -> None:
    """Give a code a new id, in the codebook and on every coding."""
    _change(project, "rename", {"old": old, "new": new, "name": name}, yes, who)


@app.command()
def move(
    code: Annotated[str, typer.Argument(help="The code to move, with all below it.")],
    under: Annotated[str, typer.Option("--under", help="The code to put it under; empty for the top.")],
    yes: YesOption = False,
    who: WhoOption = "",
    project: ProjectOption = HERE,
) -> None:
    """Move a code, and all below it, to another place in the tree."""
    _change(project, "move", {"code": code, "under": under}, yes, who)


@app.command()
def merge(
    codes: Annotated[list[str], typer.Argument(help="The codes to merge.")],
    into: Annotated[str, typer.Option("--into", help="The code they become: one of them, another, or new.")],
    name: NameOption = "",
    yes: YesOption = False,
    who: WhoOption = "",
    project: ProjectOption = HERE,
) -> None:
    """Make several codes one; their codings, examples and patterns follow."""
    _change(project, "merge", {"codes": codes, "into": into, "name": name}, yes, who)


@app.command()
def split(
    code: Annotated[str, typer.Argument(help="The code to split.")],
    into: Annotated[
        str, typer.Option("--into", help="The codes it becomes, e.g. b,c or «b=Name of b,c=Name of c».")
    ],
    by: Annotated[
        Path | None,
        typer.Option(
            "--by",
            help="CSV with innspill, sitat, koder, kode: where each coding goes; the others stay on the first.",
            exists=True,
        ),
    ] = None,
    yes: YesOption = False,
    who: WhoOption = "",
    project: ProjectOption = HERE,
) -> None:
    """Split a code; its codings stay on the first of the new ones unless a file says otherwise."""
    from kafe.commands import change_codebook

    parts = [part.partition("=") for part in into.split(",") if part.strip()]
    pairs = [(one.strip(), name.strip()) for one, _, name in parts]
    arguments = change_codebook.split_arguments(_project(project), code, pairs, by)
    _change(project, "split", arguments, yes, who)


@app.command()
def retire(
    code: Annotated[str, typer.Argument(help="The code that is to get no new codings.")],
    replaced_by: Annotated[str, typer.Option("--replaced-by", help="The code to use instead.")] = "",
    yes: YesOption = False,
    who: WhoOption = "",
    project: ProjectOption = HERE,
) -> None:
    """Retire a code: it keeps its codings and gets no new ones."""
    _change(project, "retire", {"code": code, "replaced_by": replaced_by}, yes, who)


@app.command(name="import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(help="CSV, XLSX, .qdc, QualCoder (.qda, .txt, .csv) or Taguette.", exists=True),
    ],
    within: Annotated[str, typer.Option("--from", help="Which project of a Taguette database.")] = "",
    yes: YesOption = False,
    who: WhoOption = "",
    project: ProjectOption = HERE,
) -> None:
    """Add the codes of another codebook; what is defined here already is never overwritten."""
    from kafe.cli.codebook_print import print_plan
    from kafe.commands import exchange

    planned = exchange.plan_codebook_import(_project(project), file, within=within)
    print_plan(planned)
    if not planned.plan.changes:
        raise typer.Exit(1 if planned.plan.problems and not planned.plan.codes_read else 0)
    _change(project, "import", planned.plan.operation(file.name), yes, who)


def _project(start: Path) -> Project:
    from kafe.flow import Project

    return Project(start)


def _change(start: Path, kind: str, arguments: dict[str, Any], yes: bool, who: str) -> None:
    """Show what an operation would do, ask, and do it."""
    from kafe.cli.codebook_print import ask, print_change
    from kafe.commands import change_codebook
    from kafe.messages import message

    project = _project(start)
    proposed = change_codebook.propose_change(project, kind, arguments, who=who)
    print_change(proposed, project.paths.codings)
    if not yes:
        ask()
    version = change_codebook.make_change(project, proposed)
    typer.echo(message("codebook.change.done", version=version[:12]))
