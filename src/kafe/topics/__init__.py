"""Themes of notes: anchored in definitions first, then free topics that say how far they can be trusted."""

from kafe.topics.anchors import Anchor, AnchoredResult, anchored
from kafe.topics.breakdown import by, over_time
from kafe.topics.compare import Compared, Comparison, compare
from kafe.topics.edits import Decision, Edits, Mark, Seed, mark
from kafe.topics.engine import keywords
from kafe.topics.free import FEWEST, free_topics
from kafe.topics.grouping.split_topic import divide
from kafe.topics.quality import topic_quality
from kafe.topics.records import Assignment, CurvePoint, Merge, Notice, SecondOpinion, Topic, TopicResult
from kafe.topics.vectors.embed import embed
from kafe.topics.words.stopwords import stopwords

__all__ = [
    "FEWEST",
    "Anchor",
    "AnchoredResult",
    "Assignment",
    "Compared",
    "Comparison",
    "CurvePoint",
    "Decision",
    "Edits",
    "Mark",
    "Merge",
    "Notice",
    "SecondOpinion",
    "Seed",
    "Topic",
    "TopicResult",
    "anchored",
    "by",
    "compare",
    "divide",
    "embed",
    "free_topics",
    "keywords",
    "mark",
    "over_time",
    "stopwords",
    "topic_quality",
]
