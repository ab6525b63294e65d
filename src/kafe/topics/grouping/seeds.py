"""Topics that an analyst starts: notes like a given description are taken out first, or pulled nearer to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kafe.topics.anchors import Anchor, anchored
from kafe.topics.edits.records import TopicSeed
from kafe.topics.vectors.embedder import Embedder
from kafe.topics.words.content_words import content_words
from kafe.topics.words.prepared import PreparedNotes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PULL = 0.25
"""How far a note is pulled to its seed, as in BERTopic's guided mode."""


def seeded(notes: PreparedNotes, seeds: Sequence[TopicSeed], seed: int) -> NDArray[np.int64]:
    """Return the number of the seed each note resembles most, or -1: too little, by the calibrated threshold."""
    import numpy as np

    if not seeds:
        return np.full(len(notes.kept), -1, dtype=np.int64)
    anchors = [Anchor(str(number), one.name, _texts(one)) for number, one in enumerate(seeds)]
    found = anchored(notes.kept, notes.texts, anchors, seed=seed)
    return np.array([int(own[0]) if own else -1 for own in found.assigned], dtype=np.int64)


def pull_to_seeds(
    notes: PreparedNotes,
    seeds: Sequence[TopicSeed],
    nearest: NDArray[np.int64],
    embedder: Embedder,
) -> NDArray[np.float32]:
    """Return the notes' vectors, those of guided seeds moved a quarter of the way to their seed."""
    import numpy as np

    guided = [number for number, one in enumerate(seeds) if not one.given]
    rows = [*notes.lines, *(" ".join(_texts(seeds[number])) for number in guided)]
    vectors = embedder.embed(rows)
    own = vectors[: len(notes.kept)].copy()
    for turn, number in enumerate(guided):
        near = nearest == number
        own[near] = (1 - PULL) * own[near] + PULL * vectors[len(own) + turn]
    return own / np.maximum(np.linalg.norm(own, axis=1, keepdims=True), np.finfo(np.float32).tiny)


def seed_words(seeds: Sequence[TopicSeed]) -> list[str]:
    """Return the norm forms of the words that the analyst gave for topics of their own."""
    return [word for row in content_words([" ".join(one.words) for one in seeds], None) for word in row]


def _texts(one: TopicSeed) -> tuple[str, ...]:
    """Return the seed's texts, its words as one more; its name where it has nothing else."""
    return (*one.texts, *([" ".join(one.words)] if one.words else [])) or (one.name,)
