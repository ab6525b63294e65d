"""Themes of notes: anchored in definitions first, then free topics that say how far they can be trusted.

`kafe.topics.edits` is what an analyst decides about free topics, `kafe.topics.vectors` turns texts into vectors,
`kafe.topics.evaluation` measures both kinds of themes against labels that people gave.
"""

from kafe.topics.anchors import Anchor, anchored
from kafe.topics.breakdown import topics_by, topics_over_time
from kafe.topics.compare import compare
from kafe.topics.explore import Explorer, Grouping
from kafe.topics.free import free_topics
from kafe.topics.inputs import TopicInput, TopicOptions
from kafe.topics.quality import topic_quality
from kafe.topics.records import TopicResult

__all__ = [
    "Anchor",
    "Explorer",
    "Grouping",
    "TopicInput",
    "TopicOptions",
    "TopicResult",
    "anchored",
    "compare",
    "free_topics",
    "topic_quality",
    "topics_by",
    "topics_over_time",
]
