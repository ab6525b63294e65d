"""Two sets of notes compared, such as a users' meeting and a staff meeting: shared, one-sided, other words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kafe.topics.free import free_topics
from kafe.topics.records import TopicResult
from kafe.topics.words.material import material

Verdict = Literal["shared", "left", "right", "few"]
LEAST = 5
"""With fewer expected notes on either side nothing is said of a topic."""
SIGNIFICANT = 0.05
"""Share of false alarms among the topics called one-sided (Benjamini and Hochberg 1995)."""
LEANING = 3.0
"""A one-sided topic is raised at least this many times as often on its side."""
OTHER_WORDS = 3
"""Words shown that one side uses for a topic and the other hardly does."""
LEAST_USED = 2


@dataclass(frozen=True, slots=True)
class Compared:
    """A topic of both sets together. `left`, `right`: its notes on each side; shares are of that side's notes.

    `verdict`: `shared`, one-sided (`left`, `right`), or `few` (too few notes to tell). `p`: chance of a
    difference as large, by Fisher's exact test. `only_left`, `only_right`: words of this topic that one side
    uses and the other does not: different words for one thing, where the topic is shared.
    """

    topic: int
    name: str
    left: int
    right: int
    left_share: float
    right_share: float
    p: float
    verdict: Verdict
    only_left: tuple[str, ...]
    only_right: tuple[str, ...]
    left_notes: tuple[str, ...]
    right_notes: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """The topics of both sets together, found without regard to side, and how each side takes part in them."""

    rows: tuple[Compared, ...]
    result: TopicResult


def compare(
    left: Mapping[str, str],
    right: Mapping[str, str],
    lemmas: Mapping[str, Sequence[str]] | None = None,
    *,
    surface: Mapping[str, str] | None = None,
    seed: int = 0,
    n_topics: int | None = None,
    result: TopicResult | None = None,
) -> Comparison:
    """Return how two sets of notes (id → text) divide over topics found in both together.

    Topics come from `result` where it is given (of these notes or more), else from `free_topics`. A topic
    is one-sided when its share differs by `LEANING` times and beyond chance. Raises ValueError when a note
    is on both sides.
    """
    if both := left.keys() & right.keys():
        raise ValueError(f"{len(both)} notes are on both sides")
    texts = {**left, **right}
    ids = sorted(texts)
    own = [lemmas[note] for note in ids] if lemmas is not None else None
    given = [texts[note] for note in ids]
    found = result or free_topics(ids, given, own, seed=seed, n_topics=n_topics, surface=surface)
    notes = material(ids, given, own, surface)
    words = dict(zip(notes.kept, notes.words, strict=True))
    placed = {note: found.assignments[note].topic for note in ids if note in found.assignments}
    sides = [
        {topic.id: [note for note in sorted(side) if placed.get(note) == topic.id] for topic in found.topics}
        for side in (left, right)
    ]
    totals = [sum(map(len, side.values())) for side in sides]
    chances = [_chance(len(sides[0][t.id]), len(sides[1][t.id]), *totals) for t in found.topics]
    limit = _limit(chances)
    rows = []
    for topic, chance in zip(found.topics, chances, strict=True):
        mine, yours = sides[0][topic.id], sides[1][topic.id]
        shares = [
            len(side) / total if total else 0.0 for side, total in zip((mine, yours), totals, strict=True)
        ]
        only = [_only(one, other, words, notes.forms) for one, other in ((mine, yours), (yours, mine))]
        rows.append(
            Compared(
                topic=topic.id,
                name=topic.name,
                left=len(mine),
                right=len(yours),
                left_share=round(shares[0], 4),
                right_share=round(shares[1], 4),
                p=round(chance, 4),
                verdict=_verdict(len(mine) + len(yours), shares, totals, chance <= limit),
                only_left=only[0],
                only_right=only[1],
                left_notes=tuple(_typical(found, topic.notes, mine)),
                right_notes=tuple(_typical(found, topic.notes, yours)),
            )
        )
    return Comparison(tuple(rows), found)


def _verdict(size: int, shares: Sequence[float], totals: Sequence[int], sure: bool) -> Verdict:
    if size * min(totals) < LEAST * sum(totals):
        return "few"
    low, high = sorted(shares)
    if sure and high >= LEANING * low:
        return "left" if shares[0] > shares[1] else "right"
    return "shared" if low * LEANING > high else "few"


def _chance(left: int, right: int, left_total: int, right_total: int) -> float:
    from scipy.stats import fisher_exact

    if not left_total or not right_total:
        return 1.0
    return float(fisher_exact([[left, left_total - left], [right, right_total - right]]).pvalue)


def _limit(chances: Sequence[float]) -> float:
    """Return the highest p that counts, so that at most `SIGNIFICANT` of those below are false alarms."""
    ranked = sorted(chances)
    passed = [p for place, p in enumerate(ranked, 1) if p <= SIGNIFICANT * place / len(ranked)]
    return max(passed, default=-1.0)


def _only(
    own: Sequence[str],
    other: Sequence[str],
    words: Mapping[str, Sequence[str]],
    forms: Mapping[str, str],
) -> tuple[str, ...]:
    """Return the words most notes of one side use in a topic and no note of the other does."""
    used = [Counter(word for note in side for word in set(words.get(note, ()))) for side in (own, other)]
    alone = [word for word, count in used[0].items() if count >= LEAST_USED and not used[1][word]]
    ranked = sorted(alone, key=lambda word: (-used[0][word], word))[:OTHER_WORDS]
    return tuple(dict.fromkeys(forms.get(word, word) for word in ranked))


def _typical(found: TopicResult, typical: Sequence[str], side: Sequence[str]) -> list[str]:
    first = [note for note in typical if note in set(side)]
    rest = sorted(set(side) - set(first), key=lambda note: (found.assignments[note].distance, note))
    return [*first, *rest][:LEAST]
