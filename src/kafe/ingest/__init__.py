"""`data/raw` → RawNote: one reader a format, and an account in which every source row is found again."""

from kafe.ingest.project import read_project
from kafe.ingest.records import FileAccount, Ingested, RawNote, Session, Skipped
from kafe.ingest.template import write_template

__all__ = [
    "FileAccount",
    "Ingested",
    "RawNote",
    "Session",
    "Skipped",
    "read_project",
    "write_template",
]
