"""Vectors of texts without any download: meaning from the bundled static model, spelling from the texts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kafe.messages import message
from kafe.records import KafeError
from kafe.threads import one_thread
from kafe.topics.vectors.models import AUTO, cached, opt_in
from kafe.topics.words.words import normal_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

SPELLING_DIMENSIONS = 50
MEANING_DIMENSIONS = 30
"""Leading singular vectors kept of each side; fewer of them beat all of them in k-means of short texts."""
SMALLEST = 1e-6
EXACT = 600
"""Singular vectors of up to so many rows, or columns, are exact."""
NEIGHBOURS = 10
"""Nearest texts that a text leans on, at most a tenth of all; none below ten texts."""
LEANS = 2
LEANING_SHARE = 0.6
"""The share of the leaning vectors in the similarity of two texts; the rest is each text's own, so that one
text of many is still found again (figures: docs/decisions/0006-static-embeddings.md)."""
AMONG = 4000
"""Texts, spread evenly, that neighbours are sought among: the cost of a text does not grow with their number."""
AT_A_TIME = 512
WORD_SHARE = 0.25
"""The words' share of the spelling; the rest is character 3–5-grams (tuned on NorSID dev)."""
SPELLING_RANGE = (0.1, 0.5)
"""The least and the most that spelling counts in the similarity of two texts; the rest is the static model's
(figures: docs/decisions/0006-static-embeddings.md)."""
COMPARED = 1000
"""Texts, spread evenly, whose nearest other in spelling is looked for to weigh spelling."""


def spelled(words: Sequence[Sequence[str]]) -> csr_matrix:
    """Return TF-IDF of the texts' character 3–5-grams within words beside that of words, weighted.

    Each side is of unit length: the inner product of two rows is
    `(1 - WORD_SHARE) · cos_char + WORD_SHARE · cos_word`, so it lies in [0, 1].
    """
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    if not any(words):
        return csr_matrix((len(words), 1))
    known = CountVectorizer(analyzer=list)
    counts = known.fit_transform(words)
    grams = CountVectorizer(analyzer=_grams_of).fit_transform(known.get_feature_names_out())
    parts = ((1 - WORD_SHARE, counts @ grams), (WORD_SHARE, counts))
    return hstack(
        [TfidfTransformer(sublinear_tf=True).fit_transform(part) * weight**0.5 for weight, part in parts],
        format="csr",
    )


def embed(
    texts: Sequence[str],
    *,
    seed: int = 0,
    model: str = AUTO,
    cache: Path | None = None,
    leaned: bool = False,
    spelling: float | None = None,
) -> NDArray[np.float32]:
    """Return one vector a text, shape (n, d), of unit length (zero for a text without letters).

    `auto`, the default hybrid: the bundled static model beside `spelled`, fitted on these texts, each reduced to
    its leading directions; `spelling` is the share of the latter, by default `spelling_share`. Both see the norm
    forms of all words, so that Bokmål and Nynorsk meet: as they are inflected, and with function words, since lemmas
    and content words alone tell themes worse (figures: docs/decisions/0006-static-embeddings.md). Any other `model` is one that the user has installed (see `kafe.topics.vectors.models`) and sees the raw texts;
    with a folder `cache` its vectors are kept there by text hash and model.
    `leaned` puts beside the hybrid the same leaned on each text's neighbours (`lean`): better groups at a
    given number of them. Without it where the number is sought: leaning makes shuffled notes stable too.
    Row order follows `texts`; the numbers do not depend on it, nor on how often a text is repeated.
    """
    import numpy as np

    if not texts:
        return np.zeros((0, 1), dtype=np.float32)
    if model != AUTO:
        return cached(texts, model, cache) if cache is not None else opt_in(model)(texts)
    return embed_words(normal_words(texts), seed=seed, leaned=leaned, spelling=spelling)


def embed_words(
    words: Sequence[Sequence[str]], *, seed: int = 0, leaned: bool = False, spelling: float | None = None
) -> NDArray[np.float32]:
    """Return the default vectors of texts whose words' norm forms are at hand: `embed`."""
    import numpy as np

    lines, distinct = _distinct(words)
    with one_thread():
        vectors = _side_by_side(list(distinct), list(distinct.values()), seed, spelling)
        if leaned:
            vectors = np.hstack([lean(vectors) * LEANING_SHARE**0.5, vectors * (1 - LEANING_SHARE) ** 0.5])
    place = {line: row for row, line in enumerate(distinct)}
    return vectors[[place[line] for line in lines]]


def spelling_share(words: Sequence[Sequence[str]]) -> float:
    """Return what spelling counts among texts (their words): the mean likeness of a text to its nearest other.

    Requests that repeat each other's wording (.5 and more) are told by it; notes that each have words of their
    own (.2) are not, and nearest in spelling means little. Within `SPELLING_RANGE`.
    """
    distinct = _distinct(words)[1]
    return _repeated(spelled(list(distinct.values())))


def lean(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return unit rows leaned `LEANS` times on the middle of each row's nearest others, weighted by likeness.

    Short texts on one matter share few words, but often each shares some with a third. Simple graph
    convolution (Wu et al. 2019) on the graph of nearest texts; of many, `AMONG` are candidates.
    """
    import numpy as np
    from sklearn.preprocessing import normalize

    size = len(vectors)
    candidates = np.linspace(0, size - 1, min(size, AMONG)).astype(np.int64)
    count = min(NEIGHBOURS, len(candidates) // 10)
    for _ in range(LEANS if count else 0):
        others, middle = vectors[candidates], np.zeros_like(vectors)
        for start in range(0, size, AT_A_TIME):
            rows = np.arange(start, min(start + AT_A_TIME, size))
            likeness = vectors[rows] @ others.T
            likeness[rows[:, None] == candidates] = 0
            nearest = np.argpartition(-likeness, count, axis=1)[:, :count]
            weights = np.maximum(np.take_along_axis(likeness, nearest, axis=1), 0)
            total = np.maximum(weights.sum(axis=1, keepdims=True), SMALLEST)
            middle[rows] = np.einsum("nk,nkd->nd", weights / total, others[nearest])
        vectors = normalize(vectors + middle)
    return vectors


def read_lines(path: Path) -> list[str]:
    """Return the lines of a UTF-8 file, each a text; an empty line is an empty text.

    Raises KafeError that names the file.
    """
    lines = read_file(path).replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def read_file(path: Path) -> str:
    """Return the text of a UTF-8 file; raises KafeError that names it."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise KafeError(
            message("topics.evaluate.no_file"), file=str(path), remedy=message("topics.evaluate.give_file")
        ) from error
    except UnicodeDecodeError as error:
        raise KafeError(
            message("topics.evaluate.not_utf8"), file=str(path), remedy=message("topics.evaluate.save_utf8")
        ) from error


def _distinct(words: Sequence[Sequence[str]]) -> tuple[list[str], dict[str, Sequence[str]]]:
    """Return each text's words as one line, and every different line with them, in order."""
    lines = [" ".join(row) for row in words]
    return lines, dict(sorted(zip(lines, words, strict=True)))


def _side_by_side(
    lines: Sequence[str], words: Sequence[Sequence[str]], seed: int, share: float | None
) -> NDArray[np.float32]:
    import numpy as np
    from sklearn.preprocessing import normalize

    from kafe.language.static import encode

    matrix = spelled(words)
    share = _repeated(matrix) if share is None else share
    spelling = reduce(matrix, SPELLING_DIMENSIONS, seed)
    meaning = reduce(encode(lines).astype(np.float64), MEANING_DIMENSIONS, seed)
    parts = [meaning * (1 - share) ** 0.5, spelling * share**0.5]
    return normalize(np.hstack(parts)).astype(np.float32)


def _repeated(matrix: csr_matrix) -> float:
    """Return the mean likeness of a row to its nearest other, within `SPELLING_RANGE`."""
    import numpy as np

    size = matrix.shape[0]
    rows, candidates = (
        np.unique(np.linspace(0, size - 1, min(size, most)).astype(np.int64)) for most in (COMPARED, AMONG)
    )
    others = matrix[candidates].T.tocsr()
    nearest = []
    for start in range(0, len(rows), AT_A_TIME):
        own = rows[start : start + AT_A_TIME]
        likeness = (matrix[own] @ others).toarray()
        likeness[own[:, None] == candidates] = 0
        nearest.append(likeness.max(axis=1))
    return round(float(np.clip(np.concatenate(nearest).mean(), *SPELLING_RANGE)), 4)


@cache
def _grams_of(word: str) -> tuple[str, ...]:
    """Return the character 3–5-grams of a word between blanks, as scikit-learn's `char_wb`."""
    padded = f" {word} "
    sizes = [size for size in (3, 4, 5) if size == 3 or size <= len(padded)]
    return tuple(padded[at : at + size] for size in sizes for at in range(max(1, len(padded) - size + 1)))


def reduce(matrix: csr_matrix | NDArray[np.float64], dimensions: int, seed: int) -> NDArray[np.float32]:
    """Return the rows projected on the leading singular vectors, of unit length; seeded, so repeatable."""
    import numpy as np
    from sklearn.preprocessing import normalize

    if matrix.max() == matrix.min() == 0:
        return np.zeros((matrix.shape[0], 1), dtype=np.float32)
    projected = matrix @ directions(matrix, dimensions, seed)
    projected[np.linalg.norm(projected, axis=1) < SMALLEST] = 0
    return normalize(projected).astype(np.float32)


def directions(matrix: csr_matrix | NDArray[np.float64], dimensions: int, seed: int) -> NDArray[np.float64]:
    """Return the leading right singular vectors as columns (columns of `matrix` × at most `dimensions`).

    Exact for few columns or few and long rows, which is quicker there; else randomized, seeded.
    """
    import numpy as np
    from scipy.linalg import eigh
    from sklearn.utils.extmath import randomized_svd

    rows, columns = matrix.shape
    size = min(dimensions, rows, columns)
    if columns <= min(EXACT, rows):
        return eigh(_array(matrix.T @ matrix), subset_by_index=[columns - size, columns - 1])[1]
    if rows > min(EXACT, columns):
        return randomized_svd(matrix, size, n_iter=7, random_state=seed)[2].T
    values, left = eigh(_array(matrix @ matrix.T), subset_by_index=[rows - size, rows - 1])
    lengths = np.sqrt(np.maximum(values, 0))
    return matrix.T @ np.divide(left, lengths, out=np.zeros_like(left), where=lengths > SMALLEST)


def _array(matrix: Any) -> NDArray[np.float64]:
    return matrix.toarray() if hasattr(matrix, "toarray") else matrix
