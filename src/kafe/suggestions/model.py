"""How well each code fits each unit: the codebook's texts first, then what people's codings say beside them.

The codebook is the prior: before anyone has coded, its texts alone give each pair of unit and code a chance.
What people do is learnt as a correction, a ridge regression on how far they differ from that chance. So
nothing coded corrects nothing, and each coding moves a little. A logistic regression over all pairs, fitted on
units that the correction had not seen and shrunk towards what it is worth elsewhere, makes probabilities.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

PENALTY = 1.0
FROM_CODEBOOK = 2.0
"""Weight of a text of the codebook, against the penalty."""
QUESTION_PRIOR = 10
"""Units that the share of a code over all questions is worth, beside its share under one question."""
RATE_PRIOR = 20
"""Units that the mean share of all codes is worth, beside the share of one."""
BASE, SIMILARITY, LEAD, CODES = -0.2, 0.95, 0.9, 0.75
"""What evidence from the codebook is worth, in logits: similarity and lead in standard deviations, and the
logarithm of the number of codes. Learnt on café notes in tests/data and the constructed example."""
FEWEST_CODES = 17
"""The fewest that `BASE` was learnt on. Where there are fewer, more notes have none of them."""
SPREAD_SCORE, MEAN_SIMILARITY, SPREAD_SIMILARITY, SPREAD_UNITS = 0.05, 0.035, 0.085, 20
"""Mean and standard deviations in few texts are drawn towards these, which count as so many units."""


class CodebookPrior:
    """What the codebook's texts say about units: `logits` of vectors, and the words' part in them."""

    def __init__(self, texts: Array, fits: Array, units: Array):
        """`fits` (texts × codes): 1 fits, 0 does not, NaN says nothing. `units` are the vectors of the material."""
        import numpy as np

        known = ~np.isnan(fits)
        yes = np.where(known, fits, 0.0)
        share = yes.sum(0) / np.maximum(known.sum(0), 1.0)
        gram = FROM_CODEBOOK * texts.T @ texts + PENALTY * np.eye(texts.shape[1])
        slopes = np.linalg.solve(gram, texts.T @ (np.where(known, yes - share, 0.0) * FROM_CODEBOOK))
        middle: Array = texts.T @ yes
        middle /= np.maximum(np.linalg.norm(middle, axis=0), 1e-9)
        similarity = units @ middle
        self._mean = _drawn(float(similarity.mean()), MEAN_SIMILARITY, len(units))
        around = float(((similarity - self._mean) ** 2).mean())
        self._middle = middle / _drawn(around, SPREAD_SIMILARITY**2, len(units)) ** 0.5
        self._mean /= _drawn(around, SPREAD_SIMILARITY**2, len(units)) ** 0.5
        self._slopes = slopes / _drawn(float((units @ slopes).var()), SPREAD_SCORE**2, len(units)) ** 0.5
        self._base = BASE - CODES * float(np.log(max(fits.shape[1], FEWEST_CODES))) - SIMILARITY * self._mean
        self.slopes: Array = np.asarray(SIMILARITY * self._middle + LEAD * self._slopes, dtype=np.float64)

    def __call__(self, vectors: Array) -> Array:
        """Return logits, (n × codes)."""
        near = SIMILARITY * (vectors @ self._middle)
        return self._base + near + LEAD * lead(vectors @ self._slopes)


def _drawn(value: float, towards: float, units: int) -> float:
    return (units * value + SPREAD_UNITS * towards) / (units + SPREAD_UNITS)


class Correction:
    """How people's codings differ from what the codebook says: by text, and by how often and where a code is used."""

    def __init__(self, vectors: Array, fits: Array, prior: Array, asked: Sequence[str]):
        """`fits` (n × codes; NaN: not known) of units that people judged, `prior` the logits of the same."""
        import numpy as np
        from scipy.special import expit

        known = ~np.isnan(fits)
        differ = np.where(known, fits - expit(prior), 0.0)
        gram = vectors.T @ vectors + PENALTY * np.eye(vectors.shape[1])
        self.slopes: Array = np.asarray(np.linalg.solve(gram, vectors.T @ differ), dtype=np.float64)
        yes = np.where(known, fits, 0.0)
        mean = (yes.sum() + 1) / (known.sum() + fits.shape[1])
        rates = (yes.sum(0) + RATE_PRIOR * mean) / (known.sum(0) + RATE_PRIOR)
        self._shares: dict[str, Array] = {"": np.log(rates / mean)}
        of = np.asarray(asked, dtype=object)
        for question in sorted(set(asked) - {""}):
            at = of == question
            share = (yes[at].sum(0) + QUESTION_PRIOR * rates) / (known[at].sum(0) + QUESTION_PRIOR)
            self._shares[question] = np.log(share / mean)

    def __call__(self, vectors: Array, prior: Array, asked: Sequence[str]) -> Array:
        """Return evidence (n × codes × 3): the codebook's logit, the correction, the code's share under the question."""
        import numpy as np

        shares = np.stack([self._shares.get(question, self._shares[""]) for question in asked])
        return np.stack([prior, vectors @ self.slopes, shares], axis=-1)


def lead(scores: Array) -> Array:
    """Return by how much each code's score is above the best of the others; below it: negative."""
    import numpy as np

    if scores.shape[1] < 2:
        return scores
    two = np.sort(scores, axis=1)[:, -2:]
    best = scores.argmax(axis=1)[:, None] == np.arange(scores.shape[1])
    return scores - np.where(best, two[:, :1], two[:, 1:])


WORTH = (0.0, 1.0, 8.0, 0.2)
"""Base, and what the codebook's logit, the correction and the share are worth before it is measured."""
DOUBT = (0.7, 0.3, 4.0, 0.4)
"""Standard deviations of these from material to material."""
STEPS = 30


class Calibration:
    """A logistic regression over pairs of unit and code, from evidence to probability.

    The most probable under a normal prior round `WORTH`: where little is coded, what the evidence is worth
    elsewhere; where much is, what it is worth here.
    """

    def __init__(self, evidence: Array, yes: Array, asked: Array):
        """`yes` of `asked` people put the code; evidence (n × codes × kinds) must come from other notes."""
        import numpy as np
        from scipy.special import expit

        use = asked.ravel() > 0
        x = np.column_stack([np.ones(int(use.sum())), evidence.reshape(-1, evidence.shape[-1])[use]])
        up, of = yes.ravel()[use], asked.ravel()[use]
        start, hold = np.array(WORTH), np.diag(1 / np.array(DOUBT) ** 2)
        self._slopes = start.copy()
        for _ in range(STEPS):
            chance = expit(x @ self._slopes)
            slope = x.T @ (up - of * chance) - hold @ (self._slopes - start)
            bend = (x * (of * chance * (1 - chance))[:, None]).T @ x + hold
            step = np.linalg.solve(bend, slope)
            self._slopes = self._slopes + step * min(1.0, 4 / float(np.abs(step).max() + 1e-12))
            if float(np.abs(step).max()) < 1e-8:
                break

    def logits(self, evidence: Array) -> Array:
        """Return the logarithms of the odds, (n × codes)."""
        return evidence @ self._slopes[1:] + float(self._slopes[0])

    def __call__(self, evidence: Array) -> Array:
        """Return probabilities, (n × codes)."""
        from scipy.special import expit

        return expit(self.logits(evidence))

    def word_slopes(self, prior: CodebookPrior, correction: Correction) -> Array:
        """Return what each dimension of a vector adds to each code, the lead over other codes aside."""
        return self._slopes[1] * prior.slopes + self._slopes[2] * correction.slopes
