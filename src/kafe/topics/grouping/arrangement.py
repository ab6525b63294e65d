"""Groups in order: numbers by size, place on a map, hierarchy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kafe.topics.records import MergeStep

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MERGED_WORDS = 5


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
) -> tuple[MergeStep, ...]:
    """Return how the groups join into one, nearest first: Ward's distance of centres weighted by size.

    A merge's words are its parts' words by turns, without repeats. Empty for fewer than two groups.
    """
    import numpy as np

    live = {
        label: (np.asarray(centres[label]), int(sizes[label]), tuple(words[label]))
        for label in range(len(centres))
    }
    found: list[MergeStep] = []
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
        found.append(MergeStep(node, left, right, height, some + rest, both))
    return tuple(found)


def _ward(left: tuple, right: tuple) -> float:
    weight = 2 * left[1] * right[1] / (left[1] + right[1])
    return round(float((weight * ((left[0] - right[0]) ** 2).sum()) ** 0.5), 8)


def _by_turns(left: Sequence[str], right: Sequence[str]) -> tuple[str, ...]:
    paired = [word for pair in zip(left, right, strict=False) for word in pair]
    return tuple(dict.fromkeys([*paired, *left, *right]))
