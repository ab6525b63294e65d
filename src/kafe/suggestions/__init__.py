"""Codes that rules and a model suggest; a person must accept them."""

from kafe.suggestions.counts import is_random_draw
from kafe.suggestions.evaluation import learning_curve
from kafe.suggestions.judgements import Judgements, citable_notes, judge
from kafe.suggestions.labelled import read_labelled, read_sizes
from kafe.suggestions.learning import Learned, codes_to_learn, learn
from kafe.suggestions.rules import rule_source, suggest_by_rules

__all__ = [
    "Judgements",
    "Learned",
    "citable_notes",
    "codes_to_learn",
    "is_random_draw",
    "judge",
    "learn",
    "learning_curve",
    "read_labelled",
    "read_sizes",
    "rule_source",
    "suggest_by_rules",
]
