"""What `kafe codebook` prints, and the question it asks."""

from __future__ import annotations

import json
import sys
from difflib import unified_diff
from typing import TYPE_CHECKING

import typer

from kafe.codebook import LISTS, status_name
from kafe.codebook.changes import describe_operation
from kafe.codings import codes_in_files
from kafe.messages import message
from kafe.records import KafeError, Severity
from kafe.strings import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kafe.codebook.changes import ProposedChange
    from kafe.commands import check_codebook
    from kafe.exchange import PlannedImport
    from kafe.records import Code, Codebook, CodebookOperation, Coding, Memo, Problem
    from kafe.store import Store

MOST_LINES = 60
MOST_REVIEWED = 50
SHOWN = 60
YES = frozenset({"j", "ja", "y", "yes"})


def print_problems(problems: Sequence[Problem], codebook: Codebook) -> None:
    """Print what is wrong, then what is worth a look, then how many of each."""
    wrong = [problem for problem in problems if problem.severity is not Severity.REMARK]
    remarks = [problem for problem in problems if problem.severity is Severity.REMARK]
    for key, listed in (("wrong", wrong), ("remarks", remarks)):
        if listed:
            typer.echo(message(f"codebook.check.{key}"))
            for problem in listed:
                typer.echo(f"  {problem}")
    if not wrong:
        typer.echo(message("codebook.check.fine", codes=len(codebook.codes)))
    typer.echo(message("codebook.check.count", wrong=len(wrong), remarks=len(remarks)))


def print_tree(codebook: Codebook, uses: check_codebook.Uses) -> None:
    """Print the codes as a tree, each with its id, status and number of codings, headings with their sum."""
    for code in codebook.codes:
        own = uses.counts.get(code.id, 0)
        below = sum(uses.counts.get(one.id, 0) for one in codebook.codes if code in codebook.path(one.id))
        count = own if below == own else f"{own} ({below})" if code.codable else f"({below})"
        status = "" if code.status == "active" else f" [{status_name(code)}]"
        indent = "  " * (len(codebook.path(code.id)) - 1)
        typer.echo(f"{indent}{code.name} · {code.id}{status} · {count}")
    typer.echo(message("codebook.show.about", count=sum(uses.counts.values())))


def print_code(
    codebook: Codebook,
    code: Code,
    uses: check_codebook.Uses,
    history: Sequence[CodebookOperation],
    memos: Sequence[Memo],
) -> None:
    """Print everything about one code: its fields, its uses, its memos, what has been done with it."""
    rows: list[tuple[str, str]] = [
        ("id", code.id),
        ("path", " › ".join(one.name for one in codebook.path(code.id))),
        ("definition", code.definition),
        ("owner", code.owner),
        ("status", status_name(code)),
        ("colour", code.colour),
        ("codable", message("codebook.show.no") if not code.codable else ""),
        ("children", ", ".join(one.id for one in codebook.children(code.id))),
        ("uses", str(uses.counts.get(code.id, 0))),
    ]
    typer.echo(code.name)
    for key, value in rows:
        if value:
            typer.echo(f"  {message(f'codebook.show.{key}')}: {value}")
    for field in LISTS:
        if getattr(code, field):
            typer.echo(f"  {message(f'codebook.show.{field}')}:")
            for value in getattr(code, field):
                typer.echo(f"    - {value}")
    for memo in memos:
        typer.echo(f"  {message('codebook.show.memo', author=memo.author, at=memo.at[:10])}: {memo.text}")
    if any(_concerns(operation, code.id) for operation in history):
        typer.echo(f"  {message('codebook.show.history')}:")
        print_history(history, code.id, indent="    ")


def print_history(history: Sequence[CodebookOperation], code: str = "", indent: str = "") -> None:
    """Print each operation (those that concern `code`): when, what, who, and the versions before and after."""
    shown = [operation for operation in history if not code or _concerns(operation, code)]
    for operation in shown:
        who = operation.who or message("codebook.history.in_file")
        versions = f"{operation.before[:8] or '–'} → {operation.after[:8]}"
        typer.echo(f"{indent}{operation.at}  {describe_operation(operation)}  ({who}; {versions})")
    if not shown:
        typer.echo(indent + message("codebook.history.none"))


def _concerns(operation: CodebookOperation, code: str) -> bool:
    detail = json.loads(operation.detail)
    named = [detail.get(key, "") for key in ("old", "new", "code", "into", "under", "replaced_by")]
    named += [*detail.get("codes", []), *detail.get("added", []), *detail.get("removed", [])]
    named += [*detail.get("changed", {}), *detail.get("fill", {})]
    named += [row["id"] for row in detail.get("add", [])]
    return any(code == one or (isinstance(one, list) and code in one) for one in named)


def version_text(store: Store | None, start: str) -> str:
    """Return the codebook's text in the version that begins so. Raises KafeError when there is none."""
    history = store.operations() if store else []
    versions = dict.fromkeys(version for one in history for version in (one.before, one.after) if version)
    found = [version for version in versions if version.startswith(start.lower())]
    text = store.codebook_text(found[0]) if store and len(found) == 1 else None
    if text is None:
        raise KafeError(
            message("codebook.history.no_version", version=start),
            remedy=message("codebook.history.no_version_remedy"),
        )
    return text


def print_change(proposed: ProposedChange, codings: Path) -> None:
    """Print what an operation does: in words, in the files, to codings, and what a person must look at.

    `codings` is the folder of people's own files, which are never changed.
    """
    change = proposed.change
    typer.echo(describe_operation(change.operation))
    lines = list(unified_diff(change.before_text.splitlines(), change.text.splitlines(), lineterm="", n=1))[
        2:
    ]
    for line in lines[:MOST_LINES]:
        typer.echo(f"  {line}")
    if len(lines) > MOST_LINES:
        typer.echo(message("codebook.change.more", count=len(lines) - MOST_LINES))
    moved = [event for event in change.events if event.action == "remove"]
    coders = len({event.coder for event in moved})
    typer.echo(message("codebook.change.codings", count=len(moved), coders=coders))
    _print_lost(proposed)
    _print_review(change.review)
    gone = [code.id for code in change.before.codes if code.id not in change.codebook]
    rows = sum(code in gone for _, _, code in codes_in_files(codings))
    if rows:
        typer.echo(message("codebook.change.rows", count=rows))
    _print_elsewhere(proposed)


def _print_elsewhere(proposed: ProposedChange) -> None:
    """Print the places in other files that follow along, those that a person must change, and what to look at."""
    ids, named = proposed.change.new_ids, proposed.named
    places = [one for one in named.references if not ids or one.code in ids]
    if places:
        typer.echo(message(f"codebook.change.{'carried' if ids else 'by_hand'}"))
    for one in places[:MOST_LINES]:
        typer.echo(f"  {one}: «{one.code}»" + (f" → «{ids[one.code]}»" if ids else ""))
    if len(places) > MOST_LINES:
        typer.echo(message("codebook.change.more", count=len(places) - MOST_LINES))
    if named.decided and ids:
        typer.echo(message("codebook.change.decided", code=next(iter(ids.values()))))
    for name in named.unreadable:
        typer.echo(message("codebook.change.unreadable", file=name))


def _print_lost(proposed: ProposedChange) -> None:
    """Print the definitions of codes that an operation takes away; the history keeps them."""
    change = proposed.change
    kept = {code.definition for code in change.codebook.codes}
    for code in change.before.codes:
        if code.id not in change.codebook and code.definition and code.definition not in kept:
            typer.echo(message("codebook.change.lost", code=code.id, definition=code.definition))


def _print_review(review: Sequence[Coding]) -> None:
    if review:
        typer.echo(message("codebook.change.review", count=len(review)))
    for coding in review[:MOST_REVIEWED]:
        quote = shortened(coding.quote.replace("\n", " "), SHOWN)
        typer.echo(f"  {coding.note_id};{quote};{coding.coder}")
    if len(review) > MOST_REVIEWED:
        typer.echo(message("codebook.change.more", count=len(review) - MOST_REVIEWED))


def print_plan(planned: PlannedImport) -> None:
    """Print what an import of codes found, and what it will add, fill in and leave alone."""
    plan = planned.plan
    kind = message(f"exchange.codes.kind.{planned.kind}")
    typer.echo(message("codebook.import.kind", kind=kind, count=plan.codes_read))
    for problem in plan.problems:
        typer.echo(f"  {problem}")
    for code in plan.codes:
        typer.echo(message("codebook.import.add", code=code.id, name=code.name))
    for identity, fields in plan.fill.items():
        typer.echo(message("codebook.import.fill", code=identity, fields=_fields(fields)))
    for identity, fields in plan.differs.items():
        typer.echo(message("codebook.import.kept", code=identity, fields=_fields(fields)))
    for identity in plan.same:
        typer.echo(message("codebook.import.same", code=identity))
    if not plan.changes:
        typer.echo(message("codebook.import.nothing"))


def _fields(names: Iterable[str]) -> str:
    return ", ".join(message(f"codebook.field.{name}") for name in names)


def ask() -> None:
    """Return when the person says yes; end when they say no. Raises KafeError where nobody can answer."""
    if not sys.stdin.isatty():
        raise KafeError(
            message("codebook.error.not_asked"),
            file="kodebok.yaml",
            remedy=message("codebook.remedy.not_asked"),
        )
    answer = typer.prompt(message("codebook.change.ask"), default="n", show_default=False)
    if answer.strip().lower() not in YES:
        typer.echo(message("codebook.change.left"))
        raise typer.Exit(1)
