"""The store of a project: notes in versions, and all that people do as appended events."""

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from kafe.settings import Paths, Settings
from kafe.store.codebook_store import CodebookStore
from kafe.store.coder_store import CoderStore
from kafe.store.coding_store import CodingStore
from kafe.store.decision_store import CorrectionStore, DecisionStore, LinkStore
from kafe.store.memo_store import MemoStore
from kafe.store.merge import MergeReport, merge
from kafe.store.note_store import NoteStore
from kafe.store.remask import Mask
from kafe.store.tables.events import CODINGS, CORRECTIONS, MARKS, MEMOS

FILE = "kafe.sqlite"


class Store(
    NoteStore, CodingStore, MemoStore, DecisionStore, LinkStore, CodebookStore, CoderStore, CorrectionStore
):
    """Notes, codings and decisions behind one SQLAlchemy address; use it in a `with` statement.

    Nothing is ever deleted: notes get new versions or are marked withdrawn, everything else is events
    that are appended, each once by its id; only `remask` and `remask_memos` rewrite, for privacy. Every
    method is one transaction; when it has returned, the disk has it. Where several may write at once,
    they take turns.
    Raises KafeError where the address, the file or its content cannot be used.
    """

    def merge(
        self, other: "Store", at: str, *, dry_run: bool = False, mask: Mask | None = None
    ) -> MergeReport:
        """Bring everything of `other` in and return what was new and what does not agree.

        `mask` takes names out of what people wrote in memos. A `dry_run` says the same and leaves the
        store as it is. See `kafe.store.merge`.
        """
        for store in (self, other):
            store._database.check()
        with other._database.reading() as there, self._database.writing() as here:
            report = merge(here, there, at, mask)
            if dry_run:
                here.rollback()
        return report

    def revision(self, apart_from: str = "") -> list[int]:
        """Return numbers that grow when codings, marks, memos or corrections are appended.

        Events whose origin is `apart_from`, carried along by a change of the codebook or a correction too, do not count.
        """
        marks = []
        with self._database.reading() as connection:
            for log in (CODINGS, MARKS, MEMOS, CORRECTIONS):
                query = select(func.max(log.table.c.seq))
                if apart_from and "origin" in log.table.c:
                    origin = log.table.c.origin
                    told = origin.startswith("operation:") | origin.startswith("followed:")
                    carried = told & origin.endswith(f" {apart_from}", autoescape=True)
                    query = query.where(~((origin == apart_from) | carried))
                marks.append(connection.scalar(query) or 0)
        return marks


def open_store(paths: Paths, settings: Settings) -> Store:
    """Return the project's store: `store.url` of `kafe.toml`, or `data/coded/kafe.sqlite`.

    A relative SQLite file in the address counts from the project folder.
    Raises KafeError where the store cannot be opened.
    """
    if not settings.store.url:
        return Store(URL.create("sqlite", database=str(paths.coded / FILE)))
    try:
        address = make_url(settings.store.url)
    except ArgumentError:
        return Store(settings.store.url)
    file = address.database
    if address.get_backend_name() == "sqlite" and file and not file.startswith((":memory:", "file:")):
        address = address.set(database=str(paths.root / Path(file)))
    return Store(address)
