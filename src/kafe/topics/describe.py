"""Groups in words and in order: numbers by size, heaviest words, place on a map, hierarchy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING

from kafe.topics.engine import heaviest
from kafe.topics.records import Merge

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

SHOWN_WORDS = 10
LEAST_NOTES = 3
LEAST_SHARE = 0.1
"""A word describes a topic when so many of its notes, and this share of them, hold it."""
ENOUGH_WORDS = 4
"""The share is asked for less where fewer single words than these would be left."""
FEWEST_WORDS = 2
"""The number of notes, too, where fewer than these would be left."""
MERGED_WORDS = 5

Described = tuple[tuple[str, ...], tuple[tuple[str, float], ...]]


def renumbered(labels: NDArray[np.int64]) -> tuple[list[int], NDArray[np.int64]]:
    """Return the old labels by falling size, then by first note, and each note's place in that list."""
    import numpy as np

    present, first, back, counts = np.unique(
        labels, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.lexsort((first, -counts))
    new = np.empty(len(present), dtype=np.int64)
    new[order] = np.arange(len(present))
    return [int(label) for label in present[order]], new[back]


def words_of(
    weights: csr_matrix,
    terms: Sequence[str],
    words: Sequence[Sequence[str]],
    labels: NDArray[np.int64],
    forms: Mapping[str, str],
) -> list[Described]:
    """Return, for each group, its heaviest single words in norm form, and what is shown with weights.

    Only what at least `LEAST_NOTES` and `LEAST_SHARE` of the group's notes hold: the weight alone prefers
    rare words, which say what one note is about (figures: docs/decisions/0011-topics-that-stay.md).
    """
    groups = range(int(labels.max()) + 1)
    notes: list[Counter[str]] = [Counter() for _ in groups]
    for row, label in zip(words, labels.tolist(), strict=True):
        notes[label].update(set(row))
    sizes = Counter(labels.tolist())
    found = []
    for group in groups:
        row = weights[group]
        value = dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
        least = _least(notes[group], sizes[group])
        ranked = [
            column for column in heaviest(weights, group, terms) if notes[group][terms[column]] >= least
        ]
        shown: dict[str, float] = {}
        for column in ranked:
            form = forms.get(terms[column], terms[column])
            if form not in shown and len(shown) < SHOWN_WORDS:
                shown[form] = round(value[column], 4)
        single = [terms[column] for column in ranked if " " not in terms[column]]
        found.append((tuple(single[:SHOWN_WORDS]), tuple(shown.items())))
    return found


def _least(notes: Mapping[str, int], size: int) -> int:
    """Return how many of a group's notes must hold a word that describes it."""
    single = sorted((count for word, count in notes.items() if " " not in word), reverse=True)
    enough, fewest = ((single[:words] or [1])[-1] for words in (ENOUGH_WORDS, FEWEST_WORDS))
    return min(max(LEAST_NOTES, min(ceil(LEAST_SHARE * size), enough)), fewest)


def plane(centres: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return two directions, as columns, along which the centres lie furthest apart; signs are fixed."""
    import numpy as np

    flat = np.zeros((centres.shape[1], 2))
    found = np.linalg.svd(centres - centres.mean(axis=0), full_matrices=False)[2][:2]
    for column, direction in enumerate(found):
        largest = direction[np.abs(direction).argmax()]
        flat[:, column] = direction * (1 if largest >= 0 else -1)
    return flat


def hierarchy(
    centres: NDArray[np.float64], sizes: Sequence[int], words: Sequence[Sequence[str]]
) -> tuple[Merge, ...]:
    """Return how the groups join into one, nearest first: Ward's distance of centres weighted by size.

    A merge's words are its parts' words by turns, without repeats. Empty for fewer than two groups.
    """
    import numpy as np

    live = {
        label: (np.asarray(centres[label]), int(sizes[label]), tuple(words[label]))
        for label in range(len(centres))
    }
    found: list[Merge] = []
    height = 0.0
    while len(live) > 1:
        distance, left, right = min(
            (_ward(live[one], live[other]), one, other) for one in live for other in live if one < other
        )
        height = max(height, round(distance, 4))
        (first, some, mine), (second, rest, yours) = live.pop(left), live.pop(right)
        both = _by_turns(mine, yours)[:MERGED_WORDS]
        node = len(centres) + len(found)
        live[node] = ((some * first + rest * second) / (some + rest), some + rest, both)
        found.append(Merge(node, left, right, height, some + rest, both))
    return tuple(found)


def _ward(left: tuple, right: tuple) -> float:
    weight = 2 * left[1] * right[1] / (left[1] + right[1])
    return round(float((weight * ((left[0] - right[0]) ** 2).sum()) ** 0.5), 8)


def _by_turns(left: Sequence[str], right: Sequence[str]) -> tuple[str, ...]:
    paired = [word for pair in zip(left, right, strict=False) for word in pair]
    return tuple(dict.fromkeys([*paired, *left, *right]))
