"""How well the model does on held-out notes, code by code, beside how well people agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from kafe.agreement import binary_alpha
from kafe.origins import CONSENSUS_CODER
from kafe.records import Code
from kafe.suggestions.judgements import Judgements

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

State = Literal["used", "few", "weak", "untested"]
FEWEST_POSITIVE = 8
"""Units with the code below which its own figures say nothing: one unit more or less moves recall by .12."""
LEAST_PRECISION = 0.5
"""More suggestions right than wrong, or they cost more attention than they save and pull people along."""
SUPPOSED = (0.7, 20.0)
"""Precision of all codes before anything is known, and the suggestions that this is worth."""
LEAST_WEIGHT, MOST_WEIGHT = 8.0, 40.0
"""Suggestions that the precision of all codes is worth beside one code's own."""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """Cross-validated figures of a code; None: undefined.

    `state`: `used` gets suggestions; so does `few`, which has too few examples for figures of its own, and
    `untested`, as long as too little is coded; `weak` gets none. `units` were judged by someone, `positive` of them carry the code by at
    least half of those. Precision, recall and F1 count each person's judgement of each unit. The human
    figures compare each two people, the machine's alpha each person with the model, on the same kind of units.
    """

    code: str
    name: str
    state: State
    units: int
    positive: int
    suggested: int
    precision: float | None
    recall: float | None
    f1: float | None
    average_precision: float | None
    alpha: float | None
    human_f1: float | None
    human_alpha: float | None


def code_rows(
    codes: Sequence[Code],
    people: Judgements,
    chances: NDArray[np.float64] | None,
    cut: float,
    measured: bool = True,
) -> list[CodeRow]:
    """Return a row for each code; `chances` (units × codes) come from models for which the note was held out.

    While not `measured` the rows have no figures of the model, and state whether codes are weak all the same.
    """
    yes, asked = people.counts()
    found = [
        {} if chances is None or not people.known else _figures(people, chances[:, place], place, cut)
        for place in range(len(codes))
    ]
    careful = careful_precisions([(own.get("right") or 0.0, own.get("hits") or 0.0) for own in found])
    rows = []
    for place, code in enumerate(codes):
        seen = asked[:, place] > 0
        positive = int((2 * yes[seen, place] >= asked[seen, place]).sum()) if seen.any() else 0
        figures = found[place] if measured else {}
        rows.append(
            CodeRow(
                code.id,
                code.name,
                state=_state(positive, careful[place], measured),
                units=int(seen.sum()),
                positive=positive,
                suggested=int(figures.get("suggested") or 0),
                **{
                    key: figures.get(key)
                    for key in ("precision", "recall", "f1", "average_precision", "alpha")
                },
                **_between_people(people, place),
            )
        )
    return rows


def careful_precisions(counts: Sequence[tuple[float, float]]) -> list[float]:
    """Return each code's precision drawn towards that of all codes, from how many were right of how many suggested.

    Empirical Bayes: Efron & Morris (1975), Journal of the American Statistical Association 70:311–319, for a
    beta prior whose mean is the pooled precision and whose weight comes from how much codes differ (moments,
    Kleinman 1973, JASA 68:46–54). The pool starts as `SUPPOSED`.
    """
    supposed, worth = SUPPOSED
    right, hits = sum(one for one, _ in counts), sum(of for _, of in counts)
    pool = (right + supposed * worth) / (hits + worth)
    some = [(one, of) for one, of in counts if of > 0]
    weight = MOST_WEIGHT
    if len(some) > 1 and hits > len(some):
        between = sum(of * (one / of - pool) ** 2 for one, of in some)
        chance = pool * (1 - pool)
        spare = hits - sum(of * of for _, of in some) / hits
        share = (between - (len(some) - 1) * chance) / (chance * max(spare - len(some) + 1, 1.0))
        weight = 1 / share - 1 if share > 0 else MOST_WEIGHT
    weight = min(max(weight, LEAST_WEIGHT), MOST_WEIGHT)
    return [(one + weight * pool) / (of + weight) for one, of in counts]


def _state(positive: int, careful: float, measured: bool) -> State:
    if careful < LEAST_PRECISION:
        return "weak"
    if not measured:
        return "untested"
    return "used" if positive >= FEWEST_POSITIVE else "few"


def _figures(
    people: Judgements, chances: NDArray[np.float64], place: int, cut: float
) -> dict[str, float | None]:
    import numpy as np
    from sklearn.metrics import average_precision_score

    voices = people.voices()
    truth = np.concatenate([said[known[:, place], place] for said, known in voices])
    chance = np.concatenate([chances[known[:, place]] for _, known in voices])
    guess = chance >= cut
    right, hits, wanted = float((truth & guess).sum()), float(guess.sum()), float(truth.sum())
    judged = np.any([known[:, place] for _, known in voices], axis=0)
    return {
        "right": right,
        "hits": hits,
        "suggested": float((judged & (chances >= cut)).sum()),
        "precision": right / hits if hits else None,
        "recall": right / wanted if wanted else None,
        "f1": 2 * right / (hits + wanted) if wanted else None,
        "average_precision": float(average_precision_score(truth, chance)) if wanted else None,
        "alpha": binary_alpha(len(truth), float((truth != guess).sum()), wanted + hits)
        if len(truth)
        else None,
    }


def _between_people(people: Judgements, place: int) -> dict[str, float | None]:
    """Return F1 and alpha over all pairs of people, each pair on the units that both judged."""
    units, differ, both, marked = 0, 0, 0, 0
    for one, other in combinations(sorted(people.known.keys() - {CONSENSUS_CODER}), 2):
        shared = people.known[one][:, place] & people.known[other][:, place]
        a, b = people.said[one][shared, place], people.said[other][shared, place]
        units, differ = units + len(a), differ + int((a != b).sum())
        both, marked = both + int((a & b).sum()), marked + int(a.sum() + b.sum())
    return {
        "human_f1": 2 * both / marked if marked else None,
        "human_alpha": binary_alpha(units, differ, marked) if units else None,
    }
