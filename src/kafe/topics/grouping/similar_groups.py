"""Notes that resemble each other, for the few notes in which no topics can be sought."""

from __future__ import annotations

from kafe.topics.vectors.embedder import Embedder
from kafe.topics.words.prepared import PreparedNotes

LEAST_ALIKE = 0.3
"""Mean cosine within a group: nine in ten pairs of composed café notes had one theme, of the example's
notes with one code seven in ten (twelve at a time; docs/decisions/0011-topics-that-stay.md)."""


def similar_groups(notes: PreparedNotes, embedder: Embedder) -> tuple[tuple[str, ...], ...]:
    """Return the groups of two notes or more that resemble each other, the largest first.

    Average linkage on the cosine of their vectors. A similarity, not a topic: nothing says that it would be found
    again. Notes that resemble no other are in no group; duplicates stand for themselves elsewhere.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(notes.kept) < 2:
        return ()
    vectors = embedder.embed(notes.lines).astype("float64")
    apart = (1 - vectors @ vectors.T).clip(0, 1).round(6)
    labels = fcluster(linkage(squareform(apart, checks=False), "average"), 1 - LEAST_ALIKE, "distance")
    groups: dict[int, list[str]] = {}
    for note, label in zip(notes.kept, labels.tolist(), strict=True):
        groups.setdefault(label, []).append(note)
    found = sorted(map(tuple, groups.values()), key=lambda group: (-len(group), group))
    return tuple(group for group in found if len(group) > 1)
