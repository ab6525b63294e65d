"""A file from elsewhere held against a project: what importing it would do, and doing it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kafe.codebook import load_codebook
from kafe.codebook.changes import carry_out, keep_history, propose
from kafe.exchange.detect import detect
from kafe.exchange.files import refusal
from kafe.exchange.new_notes import write_new_notes
from kafe.exchange.plan import ImportPlan, ProjectState, make_plan
from kafe.exchange.read import read_codebook, read_file
from kafe.origins import imported, is_machine_name
from kafe.records import Codebook
from kafe.settings import Paths, Settings
from kafe.store import Store, open_store

Mask = Callable[[Sequence[str]], Sequence[str]]
"""Texts in, the same texts with identifiers masked out, in the same order."""


@dataclass(frozen=True)
class PlannedImport:
    """A file that may be imported: its kind, what that would do, and the origin that events get."""

    path: Path
    kind: str
    plan: ImportPlan
    origin: str = ""


@dataclass(frozen=True)
class Applied:
    """What an import did beside the plan: where unknown texts were written, and how many memos were masked."""

    written: Path | None
    masked: int


def plan_import(paths: Paths, settings: Settings, path: Path, *, coder: str = "") -> PlannedImport:
    """Return what importing a file would do; nothing is changed. Raises KafeError when it cannot be read.

    `coder` is used where the file does not say who coded.
    """
    codebook = load_codebook(paths.codebook)
    if coder and is_machine_name(coder):
        raise refusal("machine", path.name, coder=coder)
    file = detect(path, [code.id for code in codebook.codes])
    with open_store(paths, settings) as store:
        project = _state(store, codebook)
    incoming = read_file(file, {note.id: note for note in project.notes}, codebook)
    origin = imported(hashlib.sha256(file.data).hexdigest())
    return PlannedImport(
        path, incoming.kind, make_plan(incoming, project, origin=origin, coder=coder), origin
    )


def plan_codebook_import(paths: Paths, path: Path, *, within: str = "") -> PlannedImport:
    """Return what importing the codes of a file would do to the codebook; tables and texts are read as codes.

    `within` names the project of a Taguette database that has several. Raises KafeError when the file
    has no codes that can be read.
    """
    codebook = load_codebook(paths.codebook)
    incoming = read_codebook(detect(path, as_codebook=True), within=within)
    return PlannedImport(path, incoming.kind, make_plan(incoming, ProjectState((), codebook)))


def apply_import(
    paths: Paths, settings: Settings, planned: PlannedImport, *, who: str, at: str, mask: Mask
) -> Applied:
    """Do what the plan says.

    New codes go into the codebook by an operation with its history, then codings, memos and finished
    marks are appended, after `mask` has been over everything that people wrote. Texts that the project
    does not have are written beside the file. Doing it twice changes nothing more.
    """
    plan, masked = _masked(planned.plan, mask)
    with open_store(paths, settings) as store:
        version = _add_codes(paths, store, planned, who=who, at=at)
        new = {code.id for code in plan.codes}
        store.append_codings(
            replace(coding, codebook_version=version) if coding.code in new else coding
            for coding in plan.codings
        )
        store.append_memos(replace(memo, at=memo.at or at) for memo in plan.memos)
        store.append_finished_marks([(coder, note, at) for coder, note in plan.finished], planned.origin)
    return Applied(write_new_notes(planned.path, plan.unknown) if plan.unknown else None, masked)


def _state(store: Store, codebook: Codebook) -> ProjectState:
    return ProjectState(
        notes=store.notes(),
        codebook=codebook,
        standing=store.codings(),
        events=frozenset(event.id for event in store.history()),
        memos=store.memos(),
        finished=frozenset(store.finished()),
    )


def _masked(plan: ImportPlan, mask: Mask) -> tuple[ImportPlan, int]:
    """Return the plan with identifiers masked in its memos, and in how many texts there were any."""
    texts = sorted({one.memo for one in plan.codings if one.memo} | {memo.text for memo in plan.memos})
    new = dict(zip(texts, mask(texts) if texts else [], strict=True)) | {"": ""}
    clean = replace(
        plan,
        codings=tuple(replace(coding, memo=new[coding.memo]) for coding in plan.codings),
        memos=tuple(replace(memo, text=new[memo.text]) for memo in plan.memos),
    )
    return clean, sum(old != text for old, text in new.items())


def _add_codes(paths: Paths, store: Store, planned: PlannedImport, *, who: str, at: str) -> str:
    """Add the plan's codes to the codebook and return its version."""
    plan = planned.plan
    if not (plan.codes or plan.fill):
        return keep_history(paths.codebook, store, at=at).codebook.version
    arguments = plan.operation(planned.path.name)
    proposed = propose(paths.codebook, store, "import", arguments, who=who, at=at)
    carry_out(proposed.change, paths.codebook, store)
    return proposed.change.codebook.version
