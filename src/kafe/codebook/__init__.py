"""The codebook: `kodebok.yaml` read with errors that name file, line and key, and the patterns in it.

Changes to it, with the recoding that they bring, are in `kafe.codebook.changes`.
"""

from kafe.codebook import patterns
from kafe.codebook.reader import (
    DEFAULT_COLOUR,
    LISTS,
    STATUS,
    codebook_of,
    codebook_table,
    examine_codebook,
    is_code_id,
    load_codebook,
    status_name,
)

__all__ = [
    "DEFAULT_COLOUR",
    "LISTS",
    "STATUS",
    "codebook_of",
    "codebook_table",
    "examine_codebook",
    "is_code_id",
    "load_codebook",
    "patterns",
    "status_name",
]
