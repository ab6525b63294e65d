"""What an analyst decides about topics: how many, which to start with, what to merge, split, name and lock.

A decision names topics by what they were made of when it was taken: their notes and their heaviest words.
Numbers of topics change from run to run; notes and words seldom do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["merge", "split", "rename", "lock"]


@dataclass(frozen=True, slots=True)
class TopicMark:
    """How a topic is recognised: the ids of its notes and its heaviest words in norm form."""

    notes: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicDecision:
    """An analyst's decision. `marks`: the topics to merge; the parts of a split; the one topic to name or lock."""

    id: str
    kind: Kind
    marks: tuple[TopicMark, ...]
    name: str = ""
    names: tuple[str, ...] = ()
    """Names of the parts of a split, in order; may be empty."""
    who: str = ""
    at: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TopicSeed:
    """A topic that an analyst starts. `texts`: its description; `words`: words that belong to it.

    `given`: notes like it are taken out first (zero-shot); else such notes are pulled to it (guided).
    """

    name: str
    texts: tuple[str, ...]
    words: tuple[str, ...] = ()
    given: bool = False


@dataclass(frozen=True, slots=True)
class Edits:
    """All an analyst decided: the number of topics (None: by stability), seeds and decisions in order."""

    topics: int | None = None
    seeds: tuple[TopicSeed, ...] = ()
    decisions: tuple[TopicDecision, ...] = ()
