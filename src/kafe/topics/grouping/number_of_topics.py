"""How many topics notes hold, and whether they hold any: stability beside that of shuffled notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kafe.stats import prediction_limit, shuffled_words
from kafe.topics.grouping.cluster import common_variance, margins, reduced, settle, starts
from kafe.topics.grouping.stability import agreements, masks, overlap, subsample_labels
from kafe.topics.records import CurvePoint
from kafe.topics.vectors.embedder import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_NOTES = 500
"""Larger corpora choose the number of topics on a seeded sample of this size."""
MOST_WORDS = 200
"""Different words of a note that enter the shuffling: one huge note must not fill all the others."""
SHUFFLINGS = ((300, 6, 12), (0, 20, 20))
"""(notes, shufflings that are grouped, shufflings whose variance is looked at): the fewer the notes, the more the
shufflings differ; the fewer shufflings, the wider the limit."""
CHANCE = 0.01
"""How often notes without themes may pass for notes with themes, if figures were normally distributed."""
CHANCE_OF_SOME = 0.03
"""The same for the mean gain, which never makes topics more than uncertain."""
CANDIDATES = (2, 3, 4, 5, 6, 8, 10, 12, 15, 20)
NOTES_PER_TOPIC = 10
LEAST = ((300, 5), (100, 3))
"""(notes, topics): with that many notes, fewer topics are not tried. A split of hundreds of notes in two
is stable when it takes one dense theme from all the rest, which tells a group nothing."""
LEAST_ROOM = 0.1
"""Keeps a null near 1 from turning noise into gain."""
Z = 1.96
NULL_TOPIC = 0.95
SAME_SIZE, FEWEST_NULL = 0.4, 20
"""Themeless topics are of the same size as one when the logarithms of their sizes differ no more than this."""
FEWEST_FROM = 90
"""Of equally good numbers of topics the least is taken for fewer notes, the one in the middle from so many on."""
FAR = 0.9
"""A note further from its topic than this share of shuffled notes are from theirs is far."""


@dataclass(frozen=True)
class NumberOfTopics:
    """The stability curve, the number of topics, and what themeless notes of the same words give.

    `equally_good`: the numbers of topics that stability cannot tell from the best, `k` among them.
    `varied_together`: whether the leading components hold more of the notes' variance than of notes
    without themes (all but `CHANCE` of them). `evenly_stable`: whether the mean gain over all numbers
    of topics is above theirs (all but `CHANCE_OF_SOME`). `null_spread`: the gain that notes without themes stay below (all but `CHANCE` of them).
    `null_distance`: the `FAR` quantile of shuffled notes' distance from their nearest centre at `k`.
    `null_topics`: of each of their clusters at `k` the share of the notes and the mean best Jaccard overlap across
    subsamples.
    """

    k: int
    curve: tuple[CurvePoint, ...]
    equally_good: tuple[int, ...]
    varied_together: bool
    evenly_stable: bool
    null_spread: float
    null_distance: float
    null_topics: tuple[tuple[float, float], ...]

    @property
    def gain(self) -> float:
        """The highest gain on the curve."""
        return max(point.gain for point in self.curve)

    def null_overlap(self, share: float) -> float:
        """Return what the overlap of a themeless topic that holds this share of the notes stays below (`NULL_TOPIC`).

        By those of about its size, at least `FEWEST_NULL`: small topics are found again less by chance than large ones.
        """
        import numpy as np

        apart = sorted((abs(np.log(own / share)), overlap) for own, overlap in self.null_topics)
        near = [overlap for gap, overlap in apart if gap <= SAME_SIZE]
        return float(
            np.quantile(near if len(near) >= FEWEST_NULL else [o for _, o in apart[:FEWEST_NULL]], NULL_TOPIC)
        )


def candidates(notes: int) -> tuple[int, ...]:
    """Return the numbers of topics worth trying: none below `LEAST`, `NOTES_PER_TOPIC` notes a topic on average."""
    least = next((topics for size, topics in LEAST if notes >= size), 2)
    return tuple(k for k in CANDIDATES if k == least or (k > least and k * NOTES_PER_TOPIC <= notes))


def choose(
    words: Sequence[Sequence[str]], ks: Sequence[int], seed: int, embedder: Embedder
) -> NumberOfTopics:
    """Return the number of topics, how sure it is, and the stability curve.

    `words` are those that the notes are compared by. Stability: mean adjusted mutual information of subsamples
    (`stability.agreements`). Null: the same on notes with all words shuffled, several times. Excess:
    their difference. Gain: the excess as a share of what was left above the null, since the null itself
    rises with k. Of the numbers whose gain is less than `Z` standard errors of the difference below the best, which
    stability cannot tell apart, those up to √notes are looked at (Bezdek and Pal 1998 take that for the most to look
    for). Below `FEWEST_FROM` notes the least is taken (the simplest that is not worse: Breiman et al. 1984), else the
    lower one in the middle. The group chooses among them all.
    """
    import numpy as np

    chosen = np.arange(len(words))
    if len(words) > MOST_NOTES:
        chosen = np.sort(np.random.default_rng(seed).choice(len(words), MOST_NOTES, replace=False))
    sample = [list(dict.fromkeys(words[row]))[:MOST_WORDS] for row in chosen.tolist()]
    rows = masks(len(sample), seed)
    share = embedder.spelling_share(sample)
    own = embedder.embed_words(sample, spelling=share)
    real = [agreements(found) for found in subsample_labels(reduced(own), ks, rows, seed).values()]
    turns, variances = next(counts for size, *counts in SHUFFLINGS if len(sample) >= size)
    nulls, spaces, parts, held = [], [], [], []
    for turn in range(variances):
        mixed = embedder.embed_words(shuffled_words(sample, seed + turn), spelling=share)
        held.append(common_variance(mixed))
        if turn >= turns:
            continue
        spaces.append(reduced(mixed))
        parts.append(subsample_labels(spaces[-1], ks, rows, seed))
        nulls.append([np.nanmean(agreements(found)) for found in parts[-1].values()])
    null = np.array(nulls)
    stable, mean = np.array([np.nanmean(found) for found in real]), null.mean(axis=0)
    gains, errors = _gain(stable, mean), _errors(real, null)
    curve = tuple(
        CurvePoint(int(k), *(round(float(value), 4) for value in values))
        for k, *values in zip(ks, stable, mean, stable - mean, gains, errors, strict=True)
    )
    best = int(gains.argmax())
    apart = np.hypot(errors, errors[best])
    good = tuple(int(k) for k in np.asarray(ks)[gains >= gains[best] - Z * apart])
    looked_at = [one for one in good if one**2 <= len(words)] or [good[0]]
    k = looked_at[0] if len(words) < FEWEST_FROM else looked_at[(len(looked_at) - 1) // 2]
    ends = [settle(space, starts(space, [k])[k], seed) for space in spaces]
    chance = [
        (float(size) / len(sample), round(float(found), 4))
        for (labels, _), part in zip(ends, parts, strict=True)
        for size, found in zip(np.bincount(labels), overlap(labels, part[k]), strict=True)
        if size
    ]
    away = [margins(space, centres)[1] for space, (_, centres) in zip(spaces, ends, strict=True)]
    against = _gain(null, (null.sum(axis=0) - null) / (len(null) - 1))
    return NumberOfTopics(
        k=k,
        curve=curve,
        equally_good=good,
        varied_together=common_variance(own) > prediction_limit(np.array(held), CHANCE),
        evenly_stable=gains.mean() > max(0.0, prediction_limit(against.mean(axis=1), CHANCE_OF_SOME)),
        null_spread=round(prediction_limit(against.max(axis=1), CHANCE), 4),
        null_distance=float(np.quantile(np.concatenate(away), FAR)),
        null_topics=tuple(chance),
    )


def _gain(stable: NDArray[np.float64], null: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    return (stable - null) / np.maximum(1 - null, LEAST_ROOM)


def _errors(real: Sequence[NDArray[np.float64]], null: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the standard error of each gain: jackknife over subsamples, and how shufflings differ.

    The gain of a division that is found again whole depends little on the null, that of another much
    (delta method).
    """
    import numpy as np

    turns = range(len(real[0]))
    without = np.array(
        [[np.nanmean(np.delete(np.delete(found, one, 0), one, 1)) for one in turns] for found in real]
    )
    jackknife = (len(turns) - 1) * without.var(axis=1)
    room = np.maximum(1 - null.mean(axis=0), LEAST_ROOM)
    left = (1 - np.array([np.nanmean(found) for found in real])) / room
    return np.sqrt(jackknife + left**2 * null.var(axis=0, ddof=1) * (1 + 1 / len(null))) / room
