"""Codes on notes: the codebook, suggestions by its rules, people's codings, agreement and tables."""

from kafe.coding.agreement import AgreementRow, agreement
from kafe.coding.codebook import codebook_table, load_codebook
from kafe.coding.codebook_history import keep_history
from kafe.coding.codings import Finished, Problem, read_codings
from kafe.coding.origin import origin
from kafe.coding.rules import rule_source, suggest
from kafe.coding.tables import code_frequencies, cooccurrence, unused_and_undefined

__all__ = [
    "AgreementRow",
    "Finished",
    "Problem",
    "agreement",
    "code_frequencies",
    "codebook_table",
    "cooccurrence",
    "keep_history",
    "load_codebook",
    "origin",
    "read_codings",
    "rule_source",
    "suggest",
    "unused_and_undefined",
]
