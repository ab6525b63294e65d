"""95 % intervals of alpha by resampling whole notes, since units of one note hang together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kafe.agreement.coefficients import LabelSet, masi_distance

if TYPE_CHECKING:
    from kafe.agreement.unitizing import UnitizedNote

RESAMPLES = 1000
LEAST_DEFINED = 950
Interval = tuple[float | None, float | None]


class ClusterBootstrap:
    """How often each note is drawn in each of 1,000 resamples; the same for every code.

    `note_ids` holds the note of each unit, in order of note. Percentile bootstrap over clusters:
    Davison & Hinkley (1997), Bootstrap Methods and their Application, ch. 3.
    """

    def __init__(self, note_ids: Sequence[str], seed: int):
        import numpy as np

        names = {note_id: number for number, note_id in enumerate(dict.fromkeys(note_ids))}
        self.notes = len(names)
        self._note_of = np.array([names[note_id] for note_id in note_ids], dtype=int)
        self._draws = np.zeros((RESAMPLES, self.notes))
        if names:
            shares = np.full(self.notes, 1 / self.notes)
            self._draws += np.random.default_rng(seed).multinomial(self.notes, shares, size=RESAMPLES)
        self._units = self._per_resample([1] * len(note_ids))

    def binary(self, first: Sequence[bool], second: Sequence[bool]) -> Interval:
        """Return the interval of nominal alpha for one code (formula: coefficients.binary_alpha)."""
        mismatches = self._per_resample([a != b for a, b in zip(first, second, strict=True)])
        positives = self._per_resample([int(a) + int(b) for a, b in zip(first, second, strict=True)])
        values = 2 * self._units
        return self._interval(mismatches, 2 * positives * (values - positives))

    def ratings(self, counts: Sequence[tuple[int, int]]) -> Interval:
        """Return the interval of nominal alpha for one code; `counts` holds each unit's (ones, values).

        Formula: coefficients.nominal_alpha, for two values.
        """
        import numpy as np

        apart = self._per_resample([2 * ones * (n - ones) / (n - 1) for ones, n in counts])
        ones = self._per_resample([ones for ones, _ in counts])
        values = self._per_resample([n for _, n in counts])
        expected = 2 * ones * (values - ones)
        with np.errstate(divide="ignore", invalid="ignore"):
            return self._percentiles(1 - apart * (values - 1) / expected, expected > 0)

    def unitizing(self, notes: Sequence[UnitizedNote]) -> Interval:
        """Return the interval of unitizing alpha; one unit a note (formula: unitizing.unitizing_alpha)."""
        import numpy as np

        coded, gaps, apart, pairs = (
            self._per_resample([getattr(note, name) for note in notes])
            for name in ("coded", "gaps", "apart", "self_pairs")
        )
        whole = coded + gaps
        with np.errstate(divide="ignore", invalid="ignore"):
            alphas = 1 - apart * (whole - pairs / whole) / (coded * gaps)
        return self._percentiles(alphas, coded * gaps > 0)

    def label_sets(self, first: Sequence[LabelSet], second: Sequence[LabelSet]) -> Interval:
        """Return the interval of alpha with MASI distance (formula: coefficients.masi_alpha)."""
        import numpy as np

        kinds = sorted(set(first) | set(second), key=sorted)
        number = {labels: place for place, labels in enumerate(kinds)}
        counts = np.zeros((self.notes, len(kinds)))
        for column in (first, second):
            np.add.at(counts, (self._note_of, np.array([number[labels] for labels in column], int)), 1)
        distances = np.array([[masi_distance(a, b) for b in kinds] for a in kinds]).reshape(len(kinds), -1)
        observed = self._per_resample([masi_distance(a, b) for a, b in zip(first, second, strict=True)])
        drawn = self._draws @ counts
        return self._interval(observed, ((drawn @ distances) * drawn).sum(axis=1))

    def _per_resample(self, of_units: Sequence[float]) -> Any:
        """Return the sum over the units drawn, for each resample."""
        import numpy as np

        of_notes = np.bincount(self._note_of, weights=np.asarray(of_units, float), minlength=self.notes)
        return self._draws @ of_notes

    def _interval(self, observed: Any, expected: Any) -> Interval:
        """Return the interval of alpha from observed and expected disagreement of two coders."""
        import numpy as np

        units = self._units
        with np.errstate(divide="ignore", invalid="ignore"):
            alphas = 1 - (observed / units) * (2 * units * (2 * units - 1)) / expected
        return self._percentiles(alphas, expected > 0)

    def _percentiles(self, alphas: Any, defined: Any) -> Interval:
        """Return the middle 95 % of alpha; no interval from one note, or where too many lack alpha.

        A code seen in one or two notes is missing from many resamples; an interval would feign certainty.
        """
        import numpy as np

        if self.notes < 2 or defined.sum() < LEAST_DEFINED:
            return None, None
        low, high = np.percentile(alphas[defined], [2.5, 97.5])
        return float(low), float(high)
