"""Two sets of notes compared, such as a users' meeting and a staff meeting: shared, one-sided, other words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kafe.stats import ratios
from kafe.topics.inputs import TopicInput
from kafe.topics.records import TopicResult
from kafe.topics.words.prepared import prepared_notes

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
class ComparedTopic:
    """A topic of both sets together. `left`, `right`: its notes on each side; shares are of that side's notes.

    `verdict`: `shared`, one-sided (`left`, `right`), or `few` (too few notes to tell). `p`: chance of a
    difference as large when whole tables (`TopicInput.places`) are dealt to the sides at random. `only_left`, `only_right`: words of this topic that one side
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


def compare(
    notes: TopicInput, left: Collection[str], right: Collection[str], result: TopicResult
) -> tuple[ComparedTopic, ...]:
    """Return how two sets of notes (by id) divide over the topics of `result`, which was made of them or of more.

    `notes` are those of both sides. A topic is one-sided when its share differs by `LEANING` times and beyond
    chance. Raises ValueError when a note is on both sides.
    """
    if both := set(left) & set(right):
        raise ValueError(f"{len(both)} notes are on both sides")
    ready = prepared_notes(notes)
    words = dict(zip(ready.kept, ready.words, strict=True))
    sides = [_by_topic(side, result) for side in (left, right)]
    totals = [sum(map(len, side.values())) for side in sides]
    placed = [[note for own in side.values() for note in own] for side in sides]
    places = dict(zip(notes.ids, notes.places or (), strict=False))
    chances = _chances(placed, result, places)
    limit = _limit(chances)
    rows = []
    for topic, chance in zip(result.topics, chances, strict=True):
        mine, yours = sides[0][topic.id], sides[1][topic.id]
        shares = [
            len(side) / total if total else 0.0 for side, total in zip((mine, yours), totals, strict=True)
        ]
        only = [_only(one, other, words, ready.forms) for one, other in ((mine, yours), (yours, mine))]
        rows.append(
            ComparedTopic(
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
                left_notes=tuple(_typical(result, topic.notes, mine)),
                right_notes=tuple(_typical(result, topic.notes, yours)),
            )
        )
    return tuple(rows)


def _by_topic(side: Collection[str], result: TopicResult) -> dict[int, list[str]]:
    """Return topic → its notes on this side, in order."""
    placed = {note: result.assignments[note].topic for note in sorted(side) if note in result.assignments}
    return {topic.id: [note for note, own in placed.items() if own == topic.id] for topic in result.topics}


def _verdict(size: int, shares: Sequence[float], totals: Sequence[int], sure: bool) -> Verdict:
    if size * min(totals) < LEAST * sum(totals):
        return "few"
    low, high = sorted(shares)
    if sure and high >= LEANING * low:
        return "left" if shares[0] > shares[1] else "right"
    both = min(round(share * total) for share, total in zip(shares, totals, strict=True)) >= LEAST
    return "shared" if both and low * LEANING > high else "few"


def _chances(sides: Sequence[Sequence[str]], result: TopicResult, places: Mapping[str, str]) -> list[float]:
    """Return each topic's chance of its difference; a note whose place is not known is a place of its own."""
    clusters: dict[tuple[int, str], Counter[int]] = {}
    for side, own in enumerate(sides):
        for note in sorted(own):
            found = clusters.setdefault((side, places.get(note) or note), Counter())
            found[result.assignments[note].topic] += 1
    if not all(sides):
        return [1.0] * len(result.topics)
    return ratios.cluster_permutation(
        [[found[topic.id] for found in clusters.values()] for topic in result.topics],
        [found.total() for found in clusters.values()],
        [side == 0 for side, _ in clusters],
        seed=0,
    )


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
