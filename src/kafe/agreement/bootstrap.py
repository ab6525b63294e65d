"""95 % intervals of alpha by resampling whole notes, since units of one note hang together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kafe.agreement.coefficients import LabelSet, masi_distance
from kafe.stats import ClusterBootstrap

if TYPE_CHECKING:
    from kafe.agreement.unitizing import UnitizedNote

Interval = tuple[float | None, float | None]


class AlphaBootstrap(ClusterBootstrap):
    """Intervals of alpha from 1,000 resamples of whole notes, the same resamples for every code.

    `note_ids` holds the note of each unit, in order of note.
    """

    def __init__(self, note_ids: Sequence[str], seed: int):
        super().__init__(note_ids, seed)
        self._units = self.sums([1] * len(note_ids))

    def binary(self, first: Sequence[bool], second: Sequence[bool]) -> Interval:
        """Return the interval of nominal alpha for one code (formula: coefficients.binary_alpha)."""
        mismatches = self.sums([a != b for a, b in zip(first, second, strict=True)])
        positives = self.sums([int(a) + int(b) for a, b in zip(first, second, strict=True)])
        values = 2 * self._units
        return self._alpha_interval(mismatches, 2 * positives * (values - positives))

    def ratings(self, counts: Sequence[tuple[int, int]]) -> Interval:
        """Return the interval of nominal alpha for one code; `counts` holds each unit's (ones, values).

        Formula: coefficients.nominal_alpha, for two values.
        """
        import numpy as np

        apart = self.sums([2 * ones * (n - ones) / (n - 1) for ones, n in counts])
        ones = self.sums([ones for ones, _ in counts])
        values = self.sums([n for _, n in counts])
        expected = 2 * ones * (values - ones)
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.interval(1 - apart * (values - 1) / expected, expected > 0)

    def unitizing(self, notes: Sequence[UnitizedNote]) -> Interval:
        """Return the interval of unitizing alpha; one unit a note (formula: unitizing.unitizing_alpha)."""
        import numpy as np

        coded, gaps, apart, pairs = (
            self.sums([getattr(note, name) for note in notes])
            for name in ("coded", "gaps", "apart", "self_pairs")
        )
        whole = coded + gaps
        with np.errstate(divide="ignore", invalid="ignore"):
            alphas = 1 - apart * (whole - pairs / whole) / (coded * gaps)
        return self.interval(alphas, coded * gaps > 0)

    def label_sets(self, first: Sequence[LabelSet], second: Sequence[LabelSet]) -> Interval:
        """Return the interval of alpha with MASI distance (formula: coefficients.masi_alpha)."""
        import numpy as np

        kinds = sorted(set(first) | set(second), key=sorted)
        number = {labels: place for place, labels in enumerate(kinds)}
        counts = np.zeros((self.clusters, len(kinds)))
        for column in (first, second):
            np.add.at(counts, (self.cluster_of, np.array([number[labels] for labels in column], int)), 1)
        distances = np.array([[masi_distance(a, b) for b in kinds] for a in kinds]).reshape(len(kinds), -1)
        observed = self.sums([masi_distance(a, b) for a, b in zip(first, second, strict=True)])
        drawn = self.draws @ counts
        return self._alpha_interval(observed, ((drawn @ distances) * drawn).sum(axis=1))

    def _alpha_interval(self, observed: Any, expected: Any) -> Interval:
        """Return the interval of alpha from observed and expected disagreement of two coders."""
        import numpy as np

        units = self._units
        with np.errstate(divide="ignore", invalid="ignore"):
            alphas = 1 - (observed / units) * (2 * units * (2 * units - 1)) / expected
        return self.interval(alphas, expected > 0)
