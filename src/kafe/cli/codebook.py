"""`kafe codebook`: check and show the codebook, change it so that codings follow, see its history."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kafe.codebook.check import Uses
    from kafe.flow.project import Project
    from kafe.records import Codebook, CodebookOperation
    from kafe.store.store import Store

app = typer.Typer(
    help="The codebook: check it, show it, change it so that codings follow, import one, see its history.",
    no_args_is_help=True,
)
ProjectOption = Annotated[
    Path, typer.Option("--project", help="The project folder, or any folder inside it.", show_default=False)
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Change it without asking.")]
WhoOption = Annotated[str, typer.Option("--who", help="Who changes it; the user's login when not given.")]
NameOption = Annotated[str, typer.Option("--name", help="The code's new name.")]
HERE = Path()


@app.command()
def check(project: ProjectOption = HERE) -> None:
    """List everything wrong with the codebook, and what is worth a look; status 1 when something is wrong."""
    from kafe.cli.codebook_print import print_problems
    from kafe.codebook.check import check_codebook
    from kafe.codebook.reader import examine_codebook
    from kafe.codebook.yaml_nodes import Reader
    from kafe.records import Severity

    at = _project(project)
    path = at.paths.codebook
    codebook, faults = examine_codebook(Reader(path.name).read(path), path.name)
    with _reading(at) as store:
        uses, _ = _uses(at, codebook, store)
    problems = check_codebook(codebook, faults, uses)
    print_problems(problems, codebook)
    raise typer.Exit(1 if any(problem.severity is not Severity.REMARK for problem in problems) else 0)


@app.command()
def show(
    code: Annotated[str, typer.Argument(help="The id of a code; the whole tree when not given.")] = "",
    project: ProjectOption = HERE,
) -> None:
    """Print the tree with how often people have used each code, or everything about one code."""
    from kafe.cli.codebook_print import print_code, print_tree
    from kafe.codebook.edits import known
    from kafe.codebook.reader import load_codebook

    at = _project(project)
    codebook = load_codebook(at.paths.codebook)
    with _reading(at) as store:
        uses, history = _uses(at, codebook, store)
        memos = [memo for memo in store.memos() if memo.target == f"code:{code}"] if store and code else []
    if code:
        print_code(codebook, known(codebook, code), uses, history, memos)
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

    with _reading(_project(project)) as store:
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
    from kafe.codings.split_table import read_assignment

    pairs = [part.partition("=") for part in into.split(",") if part.strip()]
    names = {one.strip(): name.strip() for one, _, name in pairs if name.strip()}
    codes = [one.strip() for one, _, _ in pairs]
    arguments: dict[str, Any] = {"code": code, "into": codes, "names": names, "assign": {}}
    if by is not None:
        with _reading(_project(project)) as store:
            arguments["assign"] = read_assignment(by, code, codes, store.codings() if store else [])
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
    from kafe.codebook.reader import load_codebook
    from kafe.exchange.codebook_import import plan_import, read_foreign

    codebook = load_codebook(_project(project).paths.codebook)
    foreign = read_foreign(file, within=within)
    plan = plan_import(codebook, foreign)
    print_plan(foreign, plan)
    if plan.nothing:
        raise typer.Exit(1 if foreign.problems and not foreign.codes else 0)
    _change(project, "import", {"file": file.name, "add": plan.add, "fill": plan.fill}, yes, who)


def _project(start: Path) -> Project:
    from kafe.flow.project import Project

    return Project(start)


@contextmanager
def _reading(project: Project) -> Iterator[Store | None]:
    """Give the project's store; None where it has none yet, so that looking makes nothing."""
    from kafe.store.store import open_store

    if not project.settings.store.url and not (project.paths.coded / "kafe.sqlite").exists():
        yield None
        return
    with open_store(project.paths, project.settings) as store:
        yield store


def _uses(project: Project, codebook: Codebook, store: Store | None) -> tuple[Uses, list[CodebookOperation]]:
    from kafe.codebook.check import count_uses
    from kafe.codebook.recode import Carried
    from kafe.codings.files import codes_in_files

    operations = store.operations() if store else []
    codings = store.codings() if store else []
    rows = codes_in_files(project.paths.codings)
    uses = count_uses(codings, rows, Carried(operations, codebook), rows_count=not codings)
    return uses, operations


def _change(start: Path, kind: str, arguments: dict[str, Any], yes: bool, who: str) -> None:
    """Show what an operation would do, ask, and do it."""
    from datetime import UTC, datetime
    from getpass import getuser

    from kafe.cli.codebook_print import ask, print_change
    from kafe.codebook.history import carry_out, keep_history
    from kafe.codebook.operations import apply
    from kafe.codebook.references import carried_along, concerned, find_references
    from kafe.codebook.yaml_nodes import Reader
    from kafe.messages import message
    from kafe.store.store import open_store

    project = _project(start)
    path = project.paths.codebook
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with open_store(project.paths, project.settings) as store:
        recorded = keep_history(path, store, at=at)
        text = Reader(path.name).read(path)
        standing = store.codings()
        named = find_references(path, concerned(kind, arguments))
        if carried := carried_along(kind, arguments, named):
            arguments = {**arguments, "elsewhere": carried}
        change = apply(text, kind, arguments, standing, recorded.history, who=who or getuser(), at=at)
        print_change(change, project.root, named)
        if not yes:
            ask()
        carry_out(change, path, store)
    typer.echo(message("coding_codebook.change.done", version=change.codebook.version[:12]))
