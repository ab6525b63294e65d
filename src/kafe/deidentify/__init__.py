"""Direct identifiers out, stable tags in, the key kept apart: nothing after this room sees a name."""

from kafe.deidentify.findings import TAG, Deidentified, Finding, summary
from kafe.deidentify.keytable import KeyTable
from kafe.deidentify.namelist import read_names
from kafe.deidentify.run import deidentify

__all__ = ["TAG", "Deidentified", "Finding", "KeyTable", "deidentify", "read_names", "summary"]
