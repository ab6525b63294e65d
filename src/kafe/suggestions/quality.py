"""How well the model does on held-out notes, code by code, beside how well people agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
"""Units with the code below which the figures say nothing: one unit more or less moves recall by .12."""
LEAST_PRECISION = 0.5
"""More suggestions right than wrong, or they cost more attention than they save and pull people along.
Counted with one right and one wrong suggestion added, so that one lucky hit does not do (Laplace)."""
LEAST_F1 = 0.4


@dataclass(frozen=True, slots=True)
class CodeRow:
    """Cross-validated figures of a code; None: undefined.

    `state`: `used` gets suggestions; `few` has too few examples, `weak` too poor figures, `untested` has
    only the codebook to go by. `units` were judged by someone, `positive` of them carry the code by at
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
    codes: Sequence[Code], people: Judgements, chances: NDArray[np.float64] | None, cut: float
) -> list[CodeRow]:
    """Return a row for each code; `chances` (units × codes) come from models for which the note was held out."""
    yes, asked = people.counts()
    rows = []
    for place, code in enumerate(codes):
        seen = asked[:, place] > 0
        positive = int((2 * yes[seen, place] >= asked[seen, place]).sum()) if seen.any() else 0
        figures = _figures(people, chances[:, place], place, cut) if chances is not None else {}
        rows.append(
            CodeRow(
                code.id,
                code.name,
                state=_state(positive, figures) if chances is not None else "untested",
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


def _state(positive: int, figures: Mapping[str, float | None]) -> State:
    if positive < FEWEST_POSITIVE:
        return "few"
    careful = ((figures["right"] or 0) + 1) / ((figures["hits"] or 0) + 2)
    good = careful >= LEAST_PRECISION and (figures["f1"] or 0) >= LEAST_F1
    return "used" if good else "weak"


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
