"""How many notes carry each code: those people read, and calibrated chances for those they have not.

A count is what people gave plus the summed chances of the rest; counting what a model classifies instead is
biased (Forman 2008, Data Mining and Knowledge Discovery 17:164–206).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Literal

from kafe.records import Unit
from kafe.stats import wilson_of_share
from kafe.suggestions.judgements import Judgements

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

FEWEST_READ = 10
"""Fully read notes below which nothing is estimated: there is no telling how far off the chances are."""
LEAST_LEFT = 0.5
"""Of the variance of a share, what is reckoned with at least: few read notes show too little of it."""


@dataclass(frozen=True, slots=True)
class CodeCount:
    """Notes with a code: `read` by people of `notes_read`, `estimate` of all, between `low` and `high` (95 %).

    `kind` is `read` where everything is read or too little for an estimate (then estimate is what was read).
    `basis`: the read notes are a random `draw`, or not, and the interval rests on the `model`.
    """

    code: str
    read: int
    notes_read: int
    notes: int
    estimate: float
    low: int
    high: int
    kind: Literal["read", "estimated"]
    basis: Literal["draw", "model"]


def code_counts(
    codes: Sequence[str],
    units: Sequence[Unit],
    people: Judgements,
    chances: Array,
    *,
    drawn: bool,
    clusters: Mapping[str, str] | None = None,
) -> list[CodeCount]:
    """Return a count for each code; `chances` (units × codes) come from models that had not seen the note.

    `drawn`: the notes that are read are a random draw of all. `clusters`: note id → its table. The intervals
    are those of prediction-powered inference with power tuning (Angelopoulos et al. 2023, arXiv 2311.01453)
    for what is not read, as a score interval of as many notes as their variance is worth.
    """
    import numpy as np

    ids = list(dict.fromkeys(unit.note_id for unit in units))
    place = {note_id: number for number, note_id in enumerate(ids)}
    rows = np.array([place[unit.note_id] for unit in units])
    yes, asked = people.counts()
    shape = (len(ids), len(codes))
    given, known, none = np.zeros(shape, dtype=bool), np.ones(shape, dtype=bool), np.ones(shape)
    np.logical_or.at(given, rows, (asked > 0) & (2 * yes >= asked))
    np.logical_and.at(known, rows, asked > 0)
    np.multiply.at(none, rows, 1 - chances)
    known |= given
    table = {name: number for number, name in enumerate(sorted({*(clusters or {}).values()}))}
    of = np.array([table.get((clusters or {}).get(own, ""), len(table) + n) for n, own in enumerate(ids)])
    full: NDArray[np.bool_] = np.asarray(known.all(axis=1), dtype=bool)
    return [
        _count(code, given[:, n], known[:, n], 1 - none[:, n], full, of, drawn)
        for n, code in enumerate(codes)
    ]


def _count(
    code: str,
    given: NDArray[np.bool_],
    known: NDArray[np.bool_],
    chance: Array,
    full: NDArray[np.bool_],
    cluster: NDArray[np.intp],
    drawn: bool,
) -> CodeCount:
    import numpy as np

    read, size, notes = int(given[known].sum()), int(full.sum()), len(given)
    left = notes - int(known.sum())
    basis: Literal["draw", "model"] = "draw" if drawn else "model"
    if not left or size < FEWEST_READ:
        return CodeCount(code, read, int(known.sum()), notes, float(read), read, read, "read", basis)
    truth, guess, rest = given[full].astype(float), chance[full], chance[~known]
    estimate = float(rest.sum())
    power = 1.0
    if drawn:
        spread = float(np.concatenate([guess, rest]).var()) * (1 + size / left)
        power = min(max(float(np.cov(truth, guess)[0, 1]) / spread, 0.0), 1.0) if spread > 0 else 0.0
    residual = truth - power * guess
    centre = float(residual.mean() + power * rest.mean()) if drawn else estimate / left
    share = max(min(centre, 1.0), (float(truth.sum()) + 0.5) / (size + 1), estimate / left)
    least = LEAST_LEFT * share * (1 - share)
    one = max(float(residual.var(ddof=1)), least)
    variance = max(_variance_of_mean(residual, cluster[full]), one / size) + one / left
    low, high = wilson_of_share(min(max(centre, 0.0), 1.0), max(share * (1 - share) / variance, 1.0))
    return CodeCount(
        code,
        read,
        int(known.sum()),
        notes,
        read + estimate,
        read + floor(min(low * left, estimate)),
        read + min(left, ceil(max(high * left, estimate))),
        "estimated",
        basis,
    )


def _variance_of_mean(values: Array, cluster: NDArray[np.intp]) -> float:
    """Return the variance of a mean when values of a cluster go together (Cochran 1977, section 9.3)."""
    import numpy as np

    sums = np.array([(values[cluster == one] - values.mean()).sum() for one in np.unique(cluster)])
    if len(sums) < 2:
        return 0.0
    return float((sums**2).sum() / len(values) ** 2 * len(sums) / (len(sums) - 1))


def is_random_draw(
    assigned: Mapping[str, Sequence[str]], finished: Collection[tuple[str, str]], notes: Collection[str]
) -> bool:
    """Return whether the notes that people finished are a random draw of all notes.

    They are when all notes were given out by chance and each coder has finished the first so many of theirs,
    in the order they got them, and nothing else.
    """
    everything = set(notes)
    done: dict[str, set[str]] = {}
    for coder, note_id in finished:
        if note_id in everything:
            done.setdefault(coder, set()).add(note_id)
    if not done or {one for ids in assigned.values() for one in ids} < everything:
        return False
    return all(
        own == set([one for one in assigned.get(coder, ()) if one in everything][: len(own)])
        for coder, own in done.items()
    )
