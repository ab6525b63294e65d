"""Where things with a text go in a drawing, so that none covers another; and how wide a text is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

NARROW, WIDE = frozenset("fijlrtI.,:;!|'()[]-/ "), frozenset("mwMWÆæ@%—…")
STEP = 12
SPREAD = 0.5
"""How much of a place comes from its rank among the others, so that crowded places are spread out."""
ROOM = 1.7
"""The first drawing tried is so many times as large as the boxes together."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """Room around a point (px): `width` centred on it, `above` over and `below` under it."""

    width: float
    above: float
    below: float


def text_width(text: str, size: float) -> float:
    """Return how many px the text takes at most in the sans-serif fonts of reports: no glyph is wider."""
    return size * sum(
        0.42 if char in NARROW else 0.96 if char in WIDE else 0.74 if char.isupper() else 0.62
        for char in text
    )


def place(
    boxes: Sequence[Box], wanted: Sequence[Point], width: float, gap: float
) -> tuple[list[Point], float]:
    """Return a point for each box, near where it is wanted, so that no two overlap; and the height used.

    `wanted` is in any unit. The tallest boxes are placed first, each at the free spot nearest its wish;
    the drawing grows downwards when it is full. Points lie so that all boxes are within `width`.
    """
    height = max(
        ROOM * sum((box.width + gap) * (box.above + box.below + gap) for box in boxes) / width,
        max(box.above + box.below for box in boxes) + 2 * gap,
    )
    across, down = (_spread([point[axis] for point in wanted]) for axis in (0, 1))
    order = sorted(range(len(boxes)), key=lambda row: (-boxes[row].above, row))
    found: dict[int, Point] = {}
    for row in order:
        box = boxes[row]
        wish = (
            box.width / 2 + gap / 2 + across[row] * max(0.0, width - box.width - gap),
            box.above + gap / 2 + down[row] * max(0.0, height - box.above - box.below - gap),
        )
        taken = [(boxes[other], point) for other, point in found.items()]
        found[row] = _nearest_free(box, wish, taken, width, height, gap)
    top = min(found[row][1] - box.above for row, box in enumerate(boxes)) - gap / 2
    bottom = max(found[row][1] + box.below for row, box in enumerate(boxes)) + gap / 2
    return [(found[row][0], found[row][1] - top) for row in range(len(boxes))], bottom - top


def _spread(values: Sequence[float]) -> list[float]:
    """Return the values in [0, 1]: halfway between their place on the line and their rank; alone: the middle."""
    low, high = min(values), max(values)
    if len(values) == 1:
        return [0.5]
    order = sorted(range(len(values)), key=lambda row: (values[row], row))
    rank = {row: place / (len(values) - 1) for place, row in enumerate(order)}
    line = [(value - low) / (high - low) if high > low else rank[row] for row, value in enumerate(values)]
    return [SPREAD * rank[row] + (1 - SPREAD) * line[row] for row in range(len(values))]


def _nearest_free(
    box: Box, wish: Point, taken: Sequence[tuple[Box, Point]], width: float, height: float, gap: float
) -> Point:
    left, right = box.width / 2 + gap / 2, width - box.width / 2 - gap / 2
    for dx, dy in _ring(round(width), round(height)):
        at = (min(max(wish[0] + dx, left), max(left, right)), wish[1] + dy)
        inside = at[1] - box.above >= 0 and at[1] + box.below <= height
        if inside and not any(_overlap(box, at, other, point, gap) for other, point in taken):
            return at
    lowest = max((point[1] + other.below for other, point in taken), default=0.0)
    return (wish[0], lowest + gap + box.above)


def _overlap(one: Box, at: Point, other: Box, point: Point, gap: float) -> bool:
    return (
        abs(at[0] - point[0]) < (one.width + other.width) / 2 + gap
        and at[1] - one.above < point[1] + other.below + gap
        and point[1] - other.above < at[1] + one.below + gap
    )


@cache
def _ring(width: int, height: int) -> tuple[Point, ...]:
    """Return steps away from a point, the shortest first, as far as the drawing goes."""
    columns, rows = width // STEP, height // STEP
    steps = [(STEP * dx, STEP * dy) for dx in range(-columns, columns + 1) for dy in range(-rows, rows + 1)]
    return tuple(sorted(steps, key=lambda step: (step[0] ** 2 + step[1] ** 2, step)))
