"""Themes of notes: anchored in definitions first, then free topics that say how far they can be trusted."""

from kafe.topics.anchors import Anchor, AnchoredResult, anchored
from kafe.topics.embed import embed
from kafe.topics.free import FEWEST, free_topics
from kafe.topics.quality import topic_quality
from kafe.topics.records import Assignment, CurvePoint, Topic, TopicResult
from kafe.topics.stopwords import stopwords

__all__ = [
    "FEWEST",
    "Anchor",
    "AnchoredResult",
    "Assignment",
    "CurvePoint",
    "Topic",
    "TopicResult",
    "anchored",
    "embed",
    "free_topics",
    "stopwords",
    "topic_quality",
]
