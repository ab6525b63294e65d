"""Changing a project's codebook so that codings follow: what an operation would do, and doing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path
from typing import Any

from kafe.clock import now
from kafe.codebook.changes import ProposedChange, carry_out, propose
from kafe.codings import read_split_assignment
from kafe.flow import Project
from kafe.store import Store, open_store


def propose_change(
    project: Project, kind: str, arguments: Mapping[str, Any], *, who: str = ""
) -> ProposedChange:
    """Return what an operation would do to the codebook, the codings and the project's other files.

    `who` is the user's login where nobody is given. Raises KafeError when it cannot be done.
    """
    with open_store(project.paths, project.settings) as store:
        return propose(project.paths.codebook, store, kind, arguments, who=who or getuser(), at=now())


def make_change(project: Project, proposed: ProposedChange) -> str:
    """Return the codebook's version after the change is made in the store and in the files."""
    with open_store(project.paths, project.settings) as store:
        carry_out(proposed.change, project.paths.codebook, store)
    return proposed.change.codebook.version


def split_arguments(
    project: Project, code: str, into: Sequence[tuple[str, str]], by: Path | None
) -> dict[str, Any]:
    """Return the arguments of the operation `split`: `into` are (id, name or nothing), `by` a table of choices."""
    codes = [one for one, _ in into]
    assign: dict[str, str] = {}
    if by is not None:
        with reading(project) as store:
            assign = read_split_assignment(by, code, codes, store.codings() if store else [])
    names = {one: name for one, name in into if name}
    return {"code": code, "into": codes, "names": names, "assign": assign}


@contextmanager
def reading(project: Project) -> Iterator[Store | None]:
    """Give the project's store; None where it has none yet, so that looking makes nothing."""
    if not project.settings.store.url and not (project.paths.coded / "kafe.sqlite").exists():
        yield None
        return
    with open_store(project.paths, project.settings) as store:
        yield store
