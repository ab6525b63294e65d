"""People's codings: files and store kept alike, and tables of what was coded."""

from kafe.codings import saturation
from kafe.codings.files import codes_in_files, read_codings
from kafe.codings.memos import memo_entries
from kafe.codings.reading_order import in_reading_order
from kafe.codings.split_table import read_split_assignment
from kafe.codings.sync import sync_codings
from kafe.codings.tables import code_frequencies, code_tree, cooccurrence, cross_table, unused_and_undefined

__all__ = [
    "code_frequencies",
    "code_tree",
    "codes_in_files",
    "cooccurrence",
    "cross_table",
    "in_reading_order",
    "memo_entries",
    "read_codings",
    "read_split_assignment",
    "saturation",
    "sync_codings",
    "unused_and_undefined",
]
