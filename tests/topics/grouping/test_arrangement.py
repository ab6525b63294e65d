"""Groups in order: numbers by size, hierarchy."""

import numpy as np

from kafe.topics.grouping.arrangement import hierarchy, renumbered


def test_groups_are_numbered_by_size_and_then_by_first_note():
    old, new = renumbered(np.array([7, 3, 3, 9]))
    assert old == [3, 7, 9]
    assert new.tolist() == [1, 0, 0, 2]


def test_the_most_alike_groups_join_first():
    tree = hierarchy(np.array([[0.0], [1.0], [9.0]]), [2, 2, 2], [["a"], ["b"], ["c"]])
    assert [(merge.left, merge.right, merge.id, merge.size) for merge in tree] == [(0, 1, 3, 4), (2, 3, 4, 6)]
    # By hand: 2 * 2 * 2 / 4 * 1² = 2.
    assert tree[0].height == round(2**0.5, 4)
    assert tree[0].words == ("a", "b")
