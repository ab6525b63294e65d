"""Themes anchored in definitions: which notes resemble which code's words, and which resemble none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from kafe.stats import shuffled_words
from kafe.threads import one_thread
from kafe.topics.vectors.embedder import Embedder
from kafe.topics.words.content_words import content, is_non_answer, normal_words, similarity_words

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

WHOLE_SHARE = 0.7
"""The share of the score from an anchor's texts as one; the rest is its best single text, which alone
finds chance similarity the more texts an anchor has (figures: docs/decisions/0003-topic-recipe.md)."""
NULL_QUANTILE = 0.5
"""Against the example's coders: .4 finds more and less of it is right, .6 the other way
(figures: docs/decisions/0006-static-embeddings.md)."""
OWN_QUANTILE = 0.95
"""Documents on projects: without it 98 of 427 notes were of a theme about other projects, with it 23; on the
example as much found and right (measured once, not by a command here)."""
STRICT_QUANTILE = 0.96
"""Taken where notes resemble the anchors hardly more than shuffled ones do: what such material resembles by chance
is then mostly left without a theme (reviews and laws in benchmarks/embeddings.py)."""
TAIL = (0.8, 0.9)
STANDS_OUT = (1.5, 1.9)
"""How many times as many notes as shuffled ones pass the `TAIL` quantiles, on average: up to the first the threshold is
strict, from the second on it is not, between them it is in between. Café notes reach 1.9 or more, reviews and laws 1.5."""
PASSED_BY_CHANCE = (0.25, 0.4)
"""The share of shuffled notes that independent floors of the themes would let pass: up to the first there is no need to
be strict (five anchors), from the second on there is (ten)."""
FEW_NOTES = 30
FEW_NOTES_THRESHOLD = 0.25
"""Where shuffling says little: near what larger sets calibrate to. From no notes to twice `FEW_NOTES` the threshold
goes evenly from this to the calibrated one, so that one note more never changes it by a step."""
THRESHOLD_RANGE = (0.25, 0.6)
"""With few codes shuffled notes score low, and below this every second theme given is wrong
(figures: docs/decisions/0006-static-embeddings.md)."""
SHUFFLED = 1000
"""Notes, spread evenly, that are shuffled to calibrate on."""
MARGIN = 0.25


@dataclass(frozen=True, slots=True)
class Anchor:
    """A theme given beforehand: `texts` are a code's definition, inclusion rules and examples."""

    id: str
    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class AnchoredResult:
    """Similarity of every note with every anchor, and the themes each note got.

    `scores`: (notes × anchors) in [0, 1]. `assigned`: anchor ids a note, best first, several or none.
    `calibrated`: whether the threshold was estimated from word-shuffled notes. `by_chance`: the share of those that
    get a theme, too; None where it was not looked at.
    """

    ids: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    scores: NDArray[np.float64]
    assigned: list[list[str]]
    threshold: float
    margin: float
    calibrated: bool
    by_chance: float | None = None

    def table(self) -> pd.DataFrame:
        """Return one row per assignment: note_id, theme, name, score, margin.

        `margin` is the score minus that of the best other anchor: negative for a second theme.
        """
        import pandas as pd

        column = {anchor.id: index for index, anchor in enumerate(self.anchors)}
        rows: list[tuple[str, str, str, float, float]] = []
        for note, themes, scores in zip(self.ids, self.assigned, self.scores.tolist(), strict=True):
            for theme in themes:
                index = column[theme]
                others = [score for other, score in enumerate(scores) if other != index]
                gap = scores[index] - max(others, default=0.0)
                rows.append((note, theme, self.anchors[index].name, round(scores[index], 4), round(gap, 4)))
        return pd.DataFrame(rows, columns=["note_id", "theme", "name", "score", "margin"])

    def unassigned(self) -> list[str]:
        """Return the ids of the notes that resemble no anchor enough, in order."""
        return [note for note, themes in zip(self.ids, self.assigned, strict=True) if not themes]


def anchored(
    ids: Sequence[str],
    texts: Sequence[str],
    anchors: Sequence[Anchor],
    *,
    threshold: float | None = None,
    margin: float = MARGIN,
    seed: int = 0,
) -> AnchoredResult:
    """Return the anchored themes of the notes.

    Score: cosine of the default vectors (`Embedder`), fitted on notes and anchors together, so that it holds across written standards; with
    all of an anchor's texts as one (`WHOLE_SHARE`) and with the best of them. A note gets every theme that reaches
    `threshold` and at least `1 - margin` of the note's best score. Default threshold: the `NULL_QUANTILE` of the
    best scores of word-shuffled notes (same words, same lengths, no themes), kept within `THRESHOLD_RANGE`; a higher
    one where the notes do not stand out from them (`STANDS_OUT`). It is for finding: what passes is no count. A theme that resembles whatever the material is about must reach the `OWN_QUANTILE` of its own scores there besides.
    Non-answers get score 0.
    """
    import numpy as np

    if len(ids) != len(texts) or len(set(ids)) != len(ids):
        raise ValueError("ids must be unique, one a text")
    if not ids or not anchors:
        empty = np.zeros((len(ids), len(anchors)))
        return AnchoredResult(
            tuple(ids),
            tuple(anchors),
            empty,
            [[] for _ in ids],
            threshold or FEW_NOTES_THRESHOLD,
            margin,
            False,
        )
    order = sorted(range(len(ids)), key=lambda row: ids[row])
    lines = _lines(texts)
    lines = ["" if is_non_answer(texts[row]) else lines[row] for row in order]
    scorer = _Scorer(lines, anchors, seed)
    found = scorer.scores(lines)
    usable, by_chance = sum(map(bool, lines)), None
    calibrated = threshold is None and usable >= FEW_NOTES
    floors = np.zeros(len(anchors))
    if threshold is None and usable:
        threshold, floors, by_chance = _calibrate(scorer, lines, found, seed)
    elif threshold is None:
        threshold = FEW_NOTES_THRESHOLD
    scores = np.empty_like(found)
    scores[order] = found
    floors = np.maximum(floors, threshold)
    assigned = [_themes(row, anchors, floors, margin) for row in scores]
    return AnchoredResult(
        tuple(ids), tuple(anchors), scores, assigned, threshold, margin, calibrated, by_chance
    )


def _lines(texts: Sequence[str]) -> list[str]:
    """Return each text as the words it is compared by; nothing where none of them carries a theme."""
    return [" ".join(similarity_words(words)) if content(words) else "" for words in normal_words(texts)]


class _Scorer:
    """Scores of notes against fixed anchors: cosines of `Embedder.embed_words`, fitted on notes and anchors together.

    Spelling counts among all notes it scores as it does among the given ones (`spelling_share`).
    """

    def __init__(self, notes: Sequence[str], anchors: Sequence[Anchor], seed: int):
        parts = [_lines(anchor.texts) for anchor in anchors]
        whole = [[" ".join(filter(None, own)), *(own if len(own) > 1 else [])] for own in parts]
        self._starts = [0, *accumulate(map(len, whole))]
        self._anchors = [line for own in whole for line in own]
        self._embedder = Embedder(seed=seed)
        self._share = self._embedder.spelling_share([line.split() for line in (*notes, *self._anchors)])

    def scores(self, notes: Sequence[str]) -> NDArray[np.float64]:
        """Return the (notes × anchors) scores in [0, 1]; 0 for an empty note."""
        import numpy as np

        words = [line.split() for line in (*notes, *self._anchors)]
        vectors = self._embedder.embed_words(words, spelling=self._share)
        with one_thread():
            found = vectors[: len(notes)].astype(np.float64) @ vectors[len(notes) :].T
        best = np.maximum.reduceat(found, self._starts[:-1], axis=1)
        best = WHOLE_SHARE * found[:, self._starts[:-1]] + (1 - WHOLE_SHARE) * best
        return np.clip(best, 0, 1)


def _calibrate(
    scorer: _Scorer, notes: Sequence[str], found: NDArray[np.float64], seed: int
) -> tuple[float, NDArray[np.float64], float]:
    """Return the threshold for all themes, the floor of each, and the share of shuffled notes that get a theme.

    Fewer notes are shuffled more often, and what they say weighs less (`FEW_NOTES`).
    """
    import numpy as np

    worded = [line.split() for line in notes if line]
    rows = np.unique(np.linspace(0, len(worded) - 1, min(len(worded), SHUFFLED)).astype(np.int64))
    rounds = max(3, -(-4 * FEW_NOTES // len(rows)))
    mixed = (shuffled_words([worded[row] for row in rows], seed + turn) for turn in range(rounds))
    null = np.concatenate([scorer.scores([" ".join(words) for words in own]) for own in mixed])
    best = null.max(axis=1)
    real = found[[row for row, line in enumerate(notes) if line]].max(axis=1)
    limits = np.maximum(np.quantile(best, TAIL), FEW_NOTES_THRESHOLD)
    passed = [(real >= limit).mean() / max((best >= limit).mean(), 1 / len(best)) for limit in limits]
    floors = np.quantile(null, OWN_QUANTILE, axis=0)
    strict = (1 - np.interp(np.mean(passed), STANDS_OUT, (0.0, 1.0))) * np.interp(
        1 - OWN_QUANTILE ** null.shape[1], PASSED_BY_CHANCE, (0.0, 1.0)
    )
    wanted = np.quantile(best, NULL_QUANTILE + strict * (STRICT_QUANTILE - NULL_QUANTILE))
    sure = min(1.0, len(worded) / (2 * FEW_NOTES))
    threshold = sure * float(np.clip(wanted, *THRESHOLD_RANGE)) + (1 - sure) * FEW_NOTES_THRESHOLD
    return round(threshold, 4), sure * floors, round(_by_chance(null, sure * floors, threshold), 4)


def _by_chance(null: NDArray[np.float64], floors: NDArray[np.float64], threshold: float) -> float:
    """Return the share of shuffled notes that reach the threshold and the floor of a theme."""
    import numpy as np

    return float((null >= np.maximum(floors, threshold)).any(axis=1).mean())


def _themes(
    row: NDArray[np.float64], anchors: Sequence[Anchor], floors: NDArray[np.float64], margin: float
) -> list[str]:
    least = (1 - margin) * float(row.max())
    kept = [
        index for index in range(len(anchors)) if row[index] >= max(least, floors[index]) and row[index] > 0
    ]
    return [anchors[index].id for index in sorted(kept, key=lambda index: (-row[index], index))]
