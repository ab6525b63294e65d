"""Another store, a file or a server, brought into the project's."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kafe.flow import Project, late_mask, memo_mask
from kafe.messages import message
from kafe.records import KafeError

if TYPE_CHECKING:
    from kafe.store import MergeReport


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
        raise KafeError(
            message("store.error.no_file"), file=file.name, remedy=message("store.remedy.no_file")
        )
    if file.resolve() == (project.paths.coded / "kafe.sqlite").resolve():
        raise KafeError(
            message("store.error.own_file"), file=file.name, remedy=message("store.remedy.own_file")
        )
    for part in (file, file.with_name(f"{file.name}-journal"), file.with_name(f"{file.name}-wal")):
        if part.exists():
            shutil.copy(part, folder / part.name)
    return f"sqlite:///{folder / file.name}"
