"""Rows on their leading singular vectors: exact where there are few, else randomized with a seed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

SMALLEST = 1e-6
EXACT = 600
"""Singular vectors of up to so many rows, or columns, are exact."""


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
