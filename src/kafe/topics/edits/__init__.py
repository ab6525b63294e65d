"""What an analyst decides about free topics: records, the file they are kept in, how they are carried out."""

from kafe.topics.edits.file import add_decision, doubts, read_edits
from kafe.topics.edits.records import Edits, TopicDecision, TopicMark, TopicSeed
from kafe.topics.edits.split_topic import split_topic

__all__ = [
    "Edits",
    "TopicDecision",
    "TopicMark",
    "TopicSeed",
    "add_decision",
    "doubts",
    "read_edits",
    "split_topic",
]
