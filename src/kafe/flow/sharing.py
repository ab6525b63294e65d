"""Work of several people on one project: bringing stores together, and giving notes to coders."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kafe.flow.project import Project
from kafe.records import KafeError
from kafe.settings import key_folder
from kafe.text import tekst

if TYPE_CHECKING:
    from kafe.store import Store
    from kafe.store.merge import MergeReport
    from kafe.store.remask import Mask


@dataclass(frozen=True)
class Shares:
    """Who gets what: coder → note ids in order; `double` of them go to everyone."""

    notes: dict[str, list[str]]
    double: int
    replaces: bool


def merge_store(project: Project, other: str, *, at: str, dry_run: bool = False) -> MergeReport:
    """Bring another store, a file or an address, into the project's and return what was new.

    A file is read from a copy, so that the sender's stays as it is, also when an earlier kafe wrote it.
    Names that this project knows are masked in the earlier texts and the memos that come along.
    Raises KafeError when there is no such file or it is the project's own.
    """
    from kafe.store import Store, open_store

    with tempfile.TemporaryDirectory() as folder, open_store(project.paths, project.settings) as store:
        with Store(_address(project, other, Path(folder))) as theirs:
            mask = memo_mask(project, [*store.coders(), *theirs.coders()])
            report = store.merge(theirs, at, dry_run=dry_run, mask=mask)
        if not dry_run and report.new["note_versions"]:
            store.remask(late_mask(project))
    return report


def _address(project: Project, other: str, folder: Path) -> str:
    if "://" in other:
        return other
    file = Path(other)
    if not file.is_file():
        raise KafeError(tekst("store.error.no_file"), file=file.name, remedy=tekst("store.remedy.no_file"))
    if file.resolve() == (project.paths.coded / "kafe.sqlite").resolve():
        raise KafeError(tekst("store.error.own_file"), file=file.name, remedy=tekst("store.remedy.own_file"))
    for part in (file, file.with_name(f"{file.name}-journal"), file.with_name(f"{file.name}-wal")):
        if part.exists():
            shutil.copy(part, folder / part.name)
    return f"sqlite:///{folder / file.name}"


def late_mask(project: Project) -> Mask:
    """Return what masks identifiers in texts that were stored before they were known."""
    return _mask(project, project.settings.project.municipalities, by_model=True)


def memo_mask(project: Project, coders: Iterable[str]) -> Mask:
    """Return what masks identifiers in memos: by the project's names, kafe's lists and patterns.

    Not by the language model, whose guesses would change what people have written for good. Coders' names
    stand, unless one of the participants is known by the same name.
    """
    from kafe.deidentify import KeyTable

    key = KeyTable.load(key_folder(project.settings.project.id))
    known = {part.casefold() for name in key.names() for part in (name, *name.split())}
    mine = {form for name in coders if name.casefold() not in known for form in (name, name.capitalize())}
    return _mask(project, {*project.settings.project.municipalities, *mine}, by_model=False)


def mask_memos(project: Project, store: Store) -> int:
    """Return how many memos in the store had identifiers that are masked now."""
    return store.remask_memos(memo_mask(project, store.coders()))


def _mask(project: Project, keep: Iterable[str], *, by_model: bool) -> Mask:
    from kafe.deidentify import KeyTable, deidentify, read_names
    from kafe.ingest import RawNote

    key = KeyTable.load(key_folder(project.settings.project.id))
    names = read_names(project.paths.names)

    def mask(texts: Sequence[str]) -> list[str]:
        raw = [RawNote(f"{number:09}", "", "fritekst", text) for number, text in enumerate(texts)]
        nlp = project.nlp if by_model else None
        again = deidentify(raw, nlp=nlp, names=names, key=key, keep=keep)
        key.save()
        return [note.text for note in again.notes]

    return mask


def share_notes(
    project: Project,
    coders: Sequence[str],
    share: float,
    *,
    seed: int,
    at: str,
    label: str = "",
    session: str = "",
    dry_run: bool = False,
) -> Shares:
    """Give the project's notes to coders: a share of them to everyone, the rest one coder each.

    Notes that were given out under another label are left out. Coders are named once: an unknown name is
    registered, a known one keeps its spelling. Raises KafeError without coders, notes, or two names.
    """
    from kafe.store import open_store
    from kafe.store.names import name_key, tidy_name
    from kafe.store.sampling import share_out

    wanted: dict[str, str] = {}
    for name in filter(None, map(tidy_name, coders)):
        wanted.setdefault(name_key(name), name)
    if not wanted:
        raise KafeError(tekst("store.error.no_name"), remedy=tekst("store.remedy.no_name"))
    with open_store(project.paths, project.settings) as store:
        spelled = {name_key(name): name for name in store.coders()}
        names = [spelled.get(key, name) for key, name in wanted.items()]
        mine = store.assignments(label)
        elsewhere = {note_id for ids in store.assignments().values() for note_id in ids}
        elsewhere -= {note_id for ids in mine.values() for note_id in ids}
        notes = [note for note in store.notes() if note.id not in elsewhere and session in ("", note.session)]
        if not notes:
            raise KafeError(tekst("store.error.no_notes"), remedy=tekst("store.remedy.no_notes"))
        given = share_out(notes, names, share, seed)
        if not dry_run:
            for name in names:
                store.name_coder(name, at)
            store.assign_all({**{name: [] for name in mine}, **given}, at, label)
    shared = set.intersection(*map(set, given.values())) if len(names) > 1 else set()
    return Shares(given, len(shared), bool(mine))
