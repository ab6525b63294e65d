"""Vectors of texts without any download: meaning from the bundled static model, spelling from the texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kafe.threads import one_thread
from kafe.topics.vectors.models import AUTO, cached, opt_in
from kafe.topics.vectors.reduction import reduce
from kafe.topics.vectors.smoothing import smooth_on_neighbours
from kafe.topics.vectors.spelling import char_tfidf, different, share_of, spelling_share
from kafe.topics.words.content_words import normal_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SPELLING_DIMENSIONS = 50
MEANING_DIMENSIONS = 30
"""Leading singular vectors kept of each side; fewer of them beat all of them in k-means of short texts."""
SMOOTHED_SHARE = 0.6
"""The share of the smoothed vectors in the similarity of two texts; the rest is each text's own, so that one
text of many is still found again (figures: docs/decisions/0006-static-embeddings.md)."""


@dataclass(frozen=True, slots=True)
class Embedder:
    """What turns texts into vectors throughout one analysis.

    `model`: `auto`, the default hybrid, or one that the user has installed (see `vectors.models`), which
    sees the raw texts; with a folder `cache` its vectors are kept there by text hash and model. `seed`: that of
    the hybrid's randomized singular vectors.
    """

    model: str = AUTO
    cache: Path | None = None
    seed: int = 0

    def embed(
        self, texts: Sequence[str], *, smoothed: bool = False, spelling: float | None = None
    ) -> NDArray[np.float32]:
        """Return one vector a text, shape (n, d), of unit length (zero for a text without letters).

        The hybrid: the bundled static model beside `char_tfidf`, fitted on these texts, each reduced to its
        leading directions; `spelling` is the share of the latter, by default `spelling_share`. Both see the norm
        forms of all words, so that Bokmål and Nynorsk meet: as they are inflected, and with function words,
        since lemmas and content words alone tell themes worse (figures: docs/decisions/0006-static-embeddings.md).
        `smoothed` puts beside the hybrid the same smoothed on each text's neighbours
        (`smooth_on_neighbours`): better groups at a given number of them. Without it where the number is
        sought: smoothing makes shuffled notes stable too. Row order follows `texts`; the numbers do not depend
        on it, nor on how often a text is repeated.
        """
        import numpy as np

        if not texts:
            return np.zeros((0, 1), dtype=np.float32)
        if self.model != AUTO:
            return self._installed(texts)
        return self.embed_words(normal_words(texts), smoothed=smoothed, spelling=spelling)

    def embed_words(
        self, words: Sequence[Sequence[str]], *, smoothed: bool = False, spelling: float | None = None
    ) -> NDArray[np.float32]:
        """Return the vectors of texts whose words' norm forms are at hand, as `embed`."""
        import numpy as np

        lines = [" ".join(row) for row in words]
        if self.model != AUTO:
            return self._installed(lines)
        distinct = different(words)
        with one_thread():
            vectors = self._side_by_side(distinct, spelling)
            if smoothed:
                both = (
                    smooth_on_neighbours(vectors) * SMOOTHED_SHARE**0.5,
                    vectors * (1 - SMOOTHED_SHARE) ** 0.5,
                )
                vectors = np.hstack(both)
        place = {line: row for row, line in enumerate(distinct)}
        return vectors[[place[line] for line in lines]]

    def spelling_share(self, words: Sequence[Sequence[str]]) -> float | None:
        """Return the share that spelling has in the hybrid of these texts; None where the model has no such share."""
        return spelling_share(words) if self.model == AUTO else None

    def _side_by_side(
        self, distinct: dict[str, Sequence[str]], spelling: float | None
    ) -> NDArray[np.float32]:
        """Return the hybrid of different texts (line → its words)."""
        import numpy as np
        from sklearn.preprocessing import normalize

        from kafe.language.models import encode

        matrix = char_tfidf(list(distinct.values()))
        share = share_of(matrix) if spelling is None else spelling
        spelled = reduce(matrix, SPELLING_DIMENSIONS, self.seed)
        meaning = reduce(encode(list(distinct)).astype(np.float64), MEANING_DIMENSIONS, self.seed)
        parts = [meaning * (1 - share) ** 0.5, spelled * share**0.5]
        return normalize(np.hstack(parts)).astype(np.float32)

    def _installed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.cache is not None:
            return cached(texts, self.model, self.cache)
        return opt_in(self.model)(texts)
