"""Changes to the codebook with comments and layout kept: operations, recoding, history, names in other files."""

from kafe.codebook.changes.edits import find_code
from kafe.codebook.changes.history import ProposedChange, carry_out, keep_history, propose
from kafe.codebook.changes.operations import code_row
from kafe.codebook.changes.recode import CodeMap, earlier_ids, place_key
from kafe.codebook.changes.timeline import describe_operation, timeline

__all__ = [
    "CodeMap",
    "ProposedChange",
    "carry_out",
    "code_row",
    "describe_operation",
    "earlier_ids",
    "find_code",
    "keep_history",
    "place_key",
    "propose",
    "timeline",
]
