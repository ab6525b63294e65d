"""Rows on their leading singular vectors, the same whichever way they are found."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from kafe.topics.vectors import reduction
from kafe.topics.vectors.reduction import directions, reduce


@pytest.mark.parametrize("shape", [(60, 20), (20, 60)])
@pytest.mark.parametrize("exact", [600, 5])
def test_directions_span_those_of_the_singular_value_decomposition(monkeypatch, shape, exact):
    monkeypatch.setattr(reduction, "EXACT", exact)
    rng = np.random.default_rng(1)
    matrix = rng.normal(size=(shape[0], 3)) @ rng.normal(size=(3, shape[1]))
    found = directions(csr_matrix(matrix), 3, seed=0)
    expected = np.linalg.svd(matrix, full_matrices=False)[2][:3].T
    assert np.allclose(found @ found.T, expected @ expected.T, atol=1e-6)


def test_rows_have_unit_length_and_rows_of_zeros_stay_so():
    matrix = np.vstack([np.eye(4)[:3], np.zeros((1, 4))])
    lengths = np.linalg.norm(reduce(matrix, 4, seed=0), axis=1)
    assert lengths == pytest.approx([1, 1, 1, 0])
    assert not reduce(np.zeros((3, 4)), 2, seed=0).any()
