"""`data/raw` → RawNote: one reader a format, and an account in which every source row is found again."""

from kafe.ingest import suggest
from kafe.ingest.meaning.questions import short_id
from kafe.ingest.project import read_project
from kafe.ingest.records import (
    ColumnAccount,
    FileAccount,
    Ingested,
    RawNote,
    Skipped,
    SourceSession,
    place_key,
)
from kafe.ingest.template import write_template

__all__ = [
    "ColumnAccount",
    "FileAccount",
    "Ingested",
    "RawNote",
    "Skipped",
    "SourceSession",
    "place_key",
    "read_project",
    "short_id",
    "suggest",
    "write_template",
]
