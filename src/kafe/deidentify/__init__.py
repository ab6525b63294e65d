"""Direct identifiers out, stable tags in, the key kept apart: nothing after this package sees a name.

`deidentify` does it, by the tables of `kafe.deidentify.rules` and the names that the project and the key know.
"""

from kafe.deidentify.findings import Deidentified, Finding, summary
from kafe.deidentify.keytable import KeyTable
from kafe.deidentify.namelist import read_names
from kafe.deidentify.run import deidentify

__all__ = ["Deidentified", "Finding", "KeyTable", "deidentify", "read_names", "summary"]
