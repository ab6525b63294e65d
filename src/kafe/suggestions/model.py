"""How well each code fits each unit: evidence per code, and one calibration over all codes.

Codes have few examples each. So what can be shared is shared: a ridge regression for every code at once
gives evidence, and a logistic regression over all pairs of unit and code, fitted on units that the evidence
had not seen, says how much each kind of evidence is worth and makes a probability of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

PENALTY = 1.0
FROM_CODEBOOK = 2.0
"""Weight of a text of the codebook, where a unit has 1."""
QUESTION_PRIOR = 10
"""Units that the share of a code over all questions is worth, beside its share under one question."""


@dataclass(frozen=True)
class Examples:
    """What is learnt from: vectors (n × d), how far each code fits (n × codes; NaN: not known), weights (n)."""

    vectors: Array
    fits: Array
    weights: Array

    def __add__(self, other: Examples) -> Examples:
        import numpy as np

        return Examples(
            np.vstack([self.vectors, other.vectors]),
            np.vstack([self.fits, other.fits]),
            np.concatenate([self.weights, other.weights]),
        )


class Evidence:
    """For each code: ridge regression, the centroid of its positive examples, and its share under each question."""

    def __init__(self, examples: Examples, asked: Sequence[str] = (), units: Array | None = None):
        """`asked` is the question of each row of `units` (rows × codes, NaN: not known), for the shares."""
        import numpy as np

        x, y, w = examples.vectors, examples.fits, examples.weights[:, None]
        known = ~np.isnan(y)
        fits = np.where(known, y, 0.0)
        self.base = (w * fits).sum(0) / np.maximum((w * known).sum(0), 1.0)
        centred = np.where(known, fits - self.base, 0.0)
        gram = x.T @ (x * w) + PENALTY * np.eye(x.shape[1])
        self.slopes = np.linalg.solve(gram, x.T @ (centred * w))
        centroids = x.T @ (fits * w)
        self.centroids = centroids / np.maximum(np.linalg.norm(centroids, axis=0), 1e-9)
        self._shares: dict[str, Array] = {}
        if units is None:
            return
        seen = ~np.isnan(units)
        yes = np.where(seen, units, 0.0)
        overall = (yes.sum(0) + 0.5) / (seen.sum(0) + 1)
        self._shares[""] = np.log(overall)
        of = np.asarray(asked)
        for question in sorted(set(asked) - {""}):
            at = of == question
            share = (yes[at].sum(0) + QUESTION_PRIOR * overall) / (seen[at].sum(0) + QUESTION_PRIOR)
            self._shares[question] = np.log(share)

    def scores(self, vectors: Array) -> Array:
        """Return the ridge regression's scores, (n × codes): about 1 where a code fits, 0 where not."""
        return vectors @ self.slopes + self.base

    def __call__(self, vectors: Array, asked: Sequence[str]) -> Array:
        """Return (n × codes × 3 or 4): score, cosine similarity to the centroid, lead over the best other code, and,
        where units were given, the logarithm of the code's share under the question."""
        import numpy as np

        scores = self.scores(vectors)
        parts = [scores, vectors @ self.centroids, lead(scores)]
        if self._shares:
            parts.append(np.stack([self._shares.get(question, self._shares[""]) for question in asked]))
        return np.stack(parts, axis=-1)


def lead(scores: Array) -> Array:
    """Return by how much each code's score is above the best of the others; below it: negative."""
    import numpy as np

    if scores.shape[1] < 2:
        return scores
    two = np.sort(scores, axis=1)[:, -2:]
    best = scores.argmax(axis=1)[:, None] == np.arange(scores.shape[1])
    return scores - np.where(best, two[:, :1], two[:, 1:])


class Calibration:
    """A logistic regression over pairs of unit and code, from evidence to probability."""

    def __init__(self, evidence: Array, yes: Array, asked: Array):
        """`yes` of `asked` people put the code; evidence (n × codes × kinds) must come from other notes."""
        import numpy as np
        from sklearn.linear_model import LogisticRegression

        pairs, up, down = evidence.reshape(-1, evidence.shape[-1]), yes.ravel(), (asked - yes).ravel()
        use_up, use_down = up > 0, down > 0
        x = np.vstack([pairs[use_up], pairs[use_down]])
        self._mean, self._scale = x.mean(0), np.maximum(x.std(0), 1e-9)
        labels = np.repeat([1, 0], [use_up.sum(), use_down.sum()])
        weights = np.concatenate([up[use_up], down[use_down]])
        fitted = LogisticRegression(C=10.0).fit((x - self._mean) / self._scale, labels, weights)
        self._slopes, self._base = fitted.coef_[0], float(fitted.intercept_[0])

    def __call__(self, evidence: Array) -> Array:
        """Return probabilities, (n × codes)."""
        from scipy.special import expit

        return expit((evidence - self._mean) / self._scale @ self._slopes + self._base)


UNTESTED = (-5.1, 5.4, 8.8, 2.7)
"""Base, and what score, similarity and lead are worth while nothing has been coded."""


def untested(evidence: Array) -> Array:
    """Return rough probabilities from the codebook's texts alone, with weights learnt from the constructed example."""
    from scipy.special import expit

    base, *slopes = UNTESTED
    return expit(evidence[..., :3] @ slopes + base)
