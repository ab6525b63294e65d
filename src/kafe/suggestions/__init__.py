"""Codes that rules and a model suggest; a person must accept them."""

from kafe.suggestions.evaluation import CurvePoint, learning_curve
from kafe.suggestions.judgements import Judgements, citable_notes, judge
from kafe.suggestions.labelled import read_labelled, read_sizes
from kafe.suggestions.learning import Learned, codes_to_learn, learn
from kafe.suggestions.rules import rule_source, suggest_by_rules

__all__ = [
    "CurvePoint",
    "Judgements",
    "Learned",
    "citable_notes",
    "codes_to_learn",
    "judge",
    "learn",
    "learning_curve",
    "read_labelled",
    "read_sizes",
    "rule_source",
    "suggest_by_rules",
]
