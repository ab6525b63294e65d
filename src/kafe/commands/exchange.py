"""To and from other programs: what people wrote is masked before it goes out, and before it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kafe import exchange
from kafe.clock import now
from kafe.exchange import Applied, Exported, PlannedImport
from kafe.flow import Project, mask_memos, memo_mask
from kafe.messages import message
from kafe.records import KafeError
from kafe.store import open_store


def export(project: Project, file: Path, *, wide: bool = False, coders: Sequence[str] = ()) -> Exported:
    """Write the project to a file whose name says which format, and return what it holds and what not.

    `wide` is a table with a row a note; `coders` limits to some people's codings. Raises KafeError.
    """
    if wide and file.suffix.lower() not in (".xlsx", ".csv"):
        raise KafeError(message("exchange.export.wide"), remedy=message("exchange.export.wide_remedy"))
    with open_store(project.paths, project.settings) as store:
        mask_memos(project, store)
    return exchange.export(project.paths, project.settings, file, as_wide=wide, coders=coders)


def plan_import(project: Project, file: Path, *, coder: str = "") -> PlannedImport:
    """Return what importing a file would do; `coder` is who coded where the file does not say. Raises KafeError."""
    return exchange.plan_import(project.paths, project.settings, file, coder=coder)


def plan_codebook_import(project: Project, file: Path, *, within: str = "") -> PlannedImport:
    """Return what importing the codes of a file would do to the codebook. Raises KafeError."""
    return exchange.plan_codebook_import(project.paths, file, within=within)


def apply_import(project: Project, planned: PlannedImport, *, who: str = "") -> Applied:
    """Do what the plan says; memos are masked before they are stored.

    The names of those who code stand in memos: in the project, and in the file.
    """
    plan = planned.plan
    with open_store(project.paths, project.settings) as store:
        coders = {*store.coders(), *(coding.coder for coding in plan.codings)}
    coders |= {coder for coder, _ in plan.finished}
    return exchange.apply_import(
        project.paths,
        project.settings,
        planned,
        who=who or message("exchange.import.who"),
        at=now(),
        mask=memo_mask(project, coders),
    )
