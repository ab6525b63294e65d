"""How well topics and anchored themes meet labels that people gave: any labelled table in, one set of figures out."""

from kafe.topics.evaluation.figures import anchored_figures, evaluate, lemmatiser
from kafe.topics.evaluation.labelled import Labelled, read_anchors, read_labelled, read_lines

__all__ = [
    "Labelled",
    "anchored_figures",
    "evaluate",
    "lemmatiser",
    "read_anchors",
    "read_labelled",
    "read_lines",
]
