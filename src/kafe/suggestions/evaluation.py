"""How suggestions do as notes are coded, in random orders, measured on notes that stay unread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kafe.records import Codebook, Unit
from kafe.suggestions.judgements import Judgements
from kafe.suggestions.learning import Lesson, codes_to_learn
from kafe.suggestions.space import Space
from kafe.threads import one_thread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Means over draws with `size` notes coded; None: undefined (nothing suggested, or no note has a code).

    `top1`: share of unread notes with a code where the likeliest code is one of them. `precision` and
    `recall` are of the suggestions that are shown on unread notes, all draws together.
    """

    size: int
    top1: float | None
    precision: float | None
    recall: float | None
    suggestions_per_note: float


def learning_curve(
    texts: Sequence[str],
    labels: Sequence[frozenset[str]],
    codebook: Codebook,
    sizes: Sequence[int],
    *,
    draws: int = 12,
    seed: int = 1,
) -> list[CurvePoint]:
    """Return a point for each size: in each draw half of the notes stay unread, and others are coded in random order.

    `labels` are the codes of each note. A size above half of the notes is that half.
    """
    import numpy as np

    codes = codes_to_learn(codebook)
    units = [Unit(f"n{number:05}", 0, len(text), text) for number, text in enumerate(texts)]
    truth = np.array([[code.id in own for code in codes] for own in labels]).reshape(len(units), len(codes))
    counts = {size: np.zeros(6) for size in sizes}
    with one_thread():
        for draw in range(draws):
            order = np.random.default_rng((seed, draw)).permutation(len(units))
            half = (len(units) + 1) // 2
            unread, readable = order[:half], order[half:]
            space: Space | None = None
            for size in sizes:
                people = _read(truth, readable[:size])
                lesson = Lesson(units, people, codebook, codes, {}, seed, space)
                space = lesson.space
                counts[size] += _counted(lesson, truth, unread)
    return [_point(size, found) for size, found in counts.items()]


def _read(truth: NDArray[np.bool_], rows: NDArray[np.intp]) -> Judgements:
    """Return the judgements of one coder who has finished the notes in these rows."""
    import numpy as np

    known = np.zeros(truth.shape, dtype=bool)
    known[rows] = True
    return Judgements({"a": truth & known}, {"a": known}, np.zeros(truth.shape, dtype=bool), truth.shape)


def _counted(lesson: Lesson, truth: NDArray[np.bool_], rows: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return over these notes: likeliest code right, notes with a code, suggestions right, made, wanted, notes."""
    import numpy as np

    hit = np.zeros(truth.shape, dtype=bool)
    for row, place in lesson.chosen():
        hit[row, place] = True
    own, hit, best = truth[rows], hit[rows], lesson.chances[rows].argmax(1)
    right = own[np.arange(len(rows)), best].sum()
    return np.array(
        [right, own.any(1).sum(), (own & hit).sum(), hit.sum(), own.sum(), len(rows)], dtype=float
    )


def _point(size: int, counts: NDArray[np.float64]) -> CurvePoint:
    best, coded, right, made, wanted, notes = counts.tolist()
    return CurvePoint(
        size,
        best / coded if coded else None,
        right / made if made else None,
        right / wanted if wanted else None,
        made / notes if notes else 0.0,
    )
