"""The rules that find identifiers: tables of named rules, each with how sure it is and why.

To add one: a function in the module of its kind, a row in `FORM_RULES`, `NAME_RULES` or `MODEL_RULES`
(the order is the precedence), and lines in `tests/deidentify/cases.txt`.
"""

from kafe.deidentify.rules.find_forms import FORM_RULES, find_forms
from kafe.deidentify.rules.find_names import NAME_RULES, find_names
from kafe.deidentify.rules.model_names import MODEL_RULES, filter_model_names
from kafe.deidentify.rules.rule import SURE

__all__ = [
    "FORM_RULES",
    "MODEL_RULES",
    "NAME_RULES",
    "SURE",
    "filter_model_names",
    "find_forms",
    "find_names",
]
