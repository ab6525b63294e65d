import numpy as np
import pytest

from kafe.topics.grouping.stability import (
    adjusted_mutual_information,
    agreements,
    masks,
    overlap,
    subsample_labels,
)


@pytest.mark.parametrize("clusters", [2, 5, 15])
def test_adjusted_mutual_information_is_that_of_scikit_learn(clusters):
    from sklearn.metrics import adjusted_mutual_info_score

    rng = np.random.default_rng(clusters)
    left = rng.integers(0, clusters, 120)
    right = np.where(rng.random(120) < 0.4, rng.integers(0, clusters, 120), left)
    expected = adjusted_mutual_info_score(left, right)
    assert adjusted_mutual_information(left, right) == pytest.approx(expected, abs=1e-9)


def test_agreement_is_one_when_labellings_match_under_other_numbers():
    left = np.array([0, 0, 1, 1, 2, 2])
    assert adjusted_mutual_information(left, np.array([2, 2, 0, 0, 1, 1])) == pytest.approx(1)
    assert adjusted_mutual_information(left * 0, left * 0) == 1


def test_overlap_counts_only_notes_of_the_subsample():
    labels = np.array([0, 0, 1, 1])
    # By hand: cluster 0 is found whole; of cluster 1 only note 2 is in the sample, alone in its cluster.
    assert overlap(labels, [np.array([5, 5, 3, -1])]).tolist() == [1, 1]
    # By hand: {0, 1} in {0, 1, 2} is 2/3; {2} in {0, 1, 2} is 1/3.
    assert overlap(labels, [np.array([0, 0, 0, -1])]).tolist() == pytest.approx([2 / 3, 1 / 3])


def test_agreement_of_subsamples_is_over_the_notes_they_share():
    left, right = np.array([0, 0, 1, 1, -1]), np.array([-1, 2, 0, 0, 1])
    # Shared: notes 1, 2, 3, parted in the same way by both.
    assert agreements([left, right])[0, 1] == pytest.approx(1)
    assert np.isnan(agreements([left, right])[0, 0])


def test_groups_that_lie_apart_are_found_again_in_every_subsample():
    rng = np.random.default_rng(0)
    points = np.repeat(np.eye(3), 20, axis=0) + rng.normal(0, 0.01, (60, 3))
    found = subsample_labels(points, [3], masks(60, 1), 1)[3]
    assert np.nanmean(agreements(found)) == pytest.approx(1)
    assert overlap(np.repeat(np.arange(3), 20), found).tolist() == pytest.approx([1, 1, 1])
