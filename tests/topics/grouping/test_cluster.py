"""Points into groups: by direction, from the cuts of Ward's tree."""

import numpy as np
import pytest

from kafe.topics.grouping.cluster import common_variance, margins, reduced, settle, starts


def test_points_have_unit_length_and_equal_vectors_do_not_stop_the_flow():
    vectors = np.random.default_rng(0).normal(size=(30, 20)).astype(np.float32)
    assert np.allclose(np.linalg.norm(reduced(vectors), axis=1), 1)
    assert not reduced(np.ones((5, 3), dtype=np.float32)).any()
    assert common_variance(np.ones((5, 3), dtype=np.float32)) == 0
    assert len(starts(np.zeros((4, 2)), [3])[3]) == 3


def test_margin_is_zero_half_way_and_one_at_a_centre():
    points, centres = np.array([[0.0], [1.0], [0.5]]), np.array([[0.0], [2.0]])
    close, distance = margins(points, centres)
    assert close.tolist() == pytest.approx([1, 0, 1 - 0.5 / 1.5])
    assert distance.tolist() == [0, 1, 0.5]


@pytest.mark.parametrize("k", [2, 5, 11])
def test_the_tree_is_cut_as_scipy_cuts_it(k):
    from scipy.cluster.hierarchy import cut_tree, linkage

    points = np.random.default_rng(k).normal(size=(60, 4))
    labels = cut_tree(linkage(points, "ward"), k).ravel()
    expected = np.stack([points[labels == label].mean(axis=0) for label in range(k)])
    found = starts(points, [k])[k]
    assert np.array(sorted(found.tolist())) == pytest.approx(np.array(sorted(expected.tolist())))


def test_settling_is_k_means_from_the_given_centres():
    from sklearn.cluster import KMeans

    points = np.random.default_rng(1).normal(size=(80, 3))
    centres = points[:4]
    expected = KMeans(4, init=centres, n_init=1, tol=0).fit(points)
    labels, found = settle(points, centres, 0)
    assert labels.tolist() == expected.labels_.tolist()
    assert found == pytest.approx(expected.cluster_centers_)


def test_settling_keeps_fewer_groups_where_fewer_points_differ():
    labels, centres = settle(np.ones((6, 2)), np.array([[1.0, 1.0], [1.0, 1.0]]), 0)
    assert labels.tolist() == [0] * 6
    assert centres.tolist() == [[1, 1], [1, 1]]
