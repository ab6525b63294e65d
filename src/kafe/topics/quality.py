"""Figures on topics that stand in for reading them: coherence and diversity, called proxies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations
from math import log

from kafe.language.norm import norm_forms
from kafe.topics.records import TopicResult


def topic_quality(result: TopicResult, lemmas: Sequence[Sequence[str]], *, top: int = 10) -> dict[str, float]:
    """Return `npmi`, `diversity` and `coherence` of the topics' `top` words, `far_share`, `excess` and `topics`.

    None of the proxies can be compared across implementations, and all reward topics that are easy to
    describe, not right ones. `excess` is that of the number of topics there are; `topics` is that number.
    """
    topics = [topic.lemmas[:top] for topic in result.topics]
    return {
        "topics": float(len(topics)),
        "npmi": round(npmi(topics, [norm_forms(note) for note in lemmas]), 4),
        "diversity": round(diversity(topics), 4),
        "coherence": round(coherence(topics), 4),
        "far_share": round(result.far_share, 4),
        "excess": next((point.excess for point in result.curve if point.k == result.k), 0.0),
    }


def npmi(topics: Sequence[Sequence[str]], notes: Sequence[Collection[str]]) -> float:
    """Return the mean over topics of the normalised pointwise mutual information of their words, -1 to 1.

    Of all pairs of a topic's words, co-occurrence counted per note (Bouma 2009); a pair that never meets
    counts -1, a word that stands in every note 1. 0 without pairs.
    """
    where: dict[str, set[int]] = {word: set() for topic in topics for word in topic}
    for row, note in enumerate(notes):
        for word in set(note) & where.keys():
            where[word].add(row)
    means = []
    for topic in topics:
        scores = [pair_npmi(where[left], where[right], len(notes)) for left, right in combinations(topic, 2)]
        if scores:
            means.append(sum(scores) / len(scores))
    return sum(means) / len(means) if means else 0.0


def diversity(topics: Sequence[Sequence[str]]) -> float:
    """Return the share of different words among all topics' words, 0 to 1 (Dieng et al. 2020); 0 without words."""
    words = [word for topic in topics for word in topic]
    return len(set(words)) / len(words) if words else 0.0


def coherence(topics: Sequence[Sequence[str]]) -> float:
    """Return the mean cosine of a topic's words in the bundled static model, mean over topics; 0 without pairs.

    External word embedding coherence (Kardos et al. 2025).
    """
    from kafe.language.models import encode

    means = []
    for topic in topics:
        if (size := len(topic)) > 1:
            vectors = encode(topic).astype("float64")
            means.append(float(((vectors @ vectors.T).sum() - (vectors**2).sum()) / (size * (size - 1))))
    return sum(means) / len(means) if means else 0.0


def pair_npmi(left: set[int], right: set[int], notes: int) -> float:
    """Return the normalised pointwise mutual information of two words, given the notes that hold each, -1 to 1."""
    both = len(left & right) / notes if notes else 0.0
    if both == 0:
        return -1.0
    if both == 1:
        return 1.0
    return log(both / (len(left) * len(right) / notes**2)) / -log(both)
