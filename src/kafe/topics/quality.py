"""Figures on topics that stand in for reading them: coherence and diversity, called proxies."""

from __future__ import annotations

from collections.abc import Sequence

from kafe.topics.records import TopicResult


def topic_quality(result: TopicResult, lemmas: Sequence[Sequence[str]], *, top: int = 10) -> dict[str, float]:
    """Return the proxies `npmi` (-1 to 1), `diversity` (0 to 1), `far_share`, `excess` and counts.

    NPMI: mean over topics of the normalised pointwise mutual information of all pairs of their `top`
    words, co-occurrence counted per note (Bouma 2009); a pair that never meets counts -1. Diversity: the
    share of different words among all topics' top words (Dieng et al. 2020). Neither can be compared
    across implementations, and both reward clusters that are easy to describe, not right ones.
    """
    topics = [topic.lemmas[:top] for topic in result.topics]
    words = [word for topic in topics for word in topic]
    coherence = [score for topic in topics if (score := _npmi(topic, lemmas)) is not None]
    excess = next((point.excess for point in result.curve if point.k == result.k), 0.0)
    return {
        "topics": float(len(topics)),
        "npmi": round(sum(coherence) / len(coherence), 4) if coherence else 0.0,
        "diversity": round(len(set(words)) / len(words), 4) if words else 0.0,
        "far_share": round(result.far_share, 4),
        "excess": excess,
    }


def _npmi(words: Sequence[str], lemmas: Sequence[Sequence[str]]) -> float | None:
    from itertools import combinations
    from math import log

    where = {word: {row for row, note in enumerate(lemmas) if word in note} for word in words}
    total = len(lemmas)
    scores = []
    for left, right in combinations(words, 2):
        both = len(where[left] & where[right]) / total if total else 0.0
        if both == 0:
            scores.append(-1.0)
        elif both == 1:
            scores.append(1.0)
        else:
            expected = len(where[left]) * len(where[right]) / total**2
            scores.append(log(both / expected) / -log(both))
    return sum(scores) / len(scores) if scores else None
