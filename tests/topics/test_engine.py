"""BERTopic's words of given groups: Norwegian letters kept, human codes described."""

import numpy as np

from kafe.topics.engine import describe, keywords
from kafe.topics.grouping.cluster import common_variance, reduced, starts
from kafe.topics.grouping.describe import hierarchy, renumbered


def test_norwegian_letters_and_terms_of_two_words_survive():
    words = [["pårørende", "individuell plan"], ["pårørende"], ["ærlighet", "ønske"], ["ønske"]]
    weights, terms = describe(words, np.eye(4), np.array([1, 1, 0, 0]))
    assert sorted(terms) == ["individuell plan", "pårørende", "ærlighet", "ønske"]
    own = dict(zip(terms, weights[1].toarray()[0], strict=True))
    assert own["pårørende"] > 0 == own["ønske"]


def test_words_of_human_codes_tell_them_apart():
    words = {"a": ["bolig", "leie"], "b": ["bolig"], "c": ["jobb", "leie"], "d": []}
    found = keywords(words, {"hjem": ["a", "b"], "arbeid": ["c"], "tom": ["d", "x"]}, top=1)
    assert found == {"hjem": ["bolig"], "arbeid": ["jobb"]}
    assert keywords(words, {}) == {}


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


def test_points_have_unit_length_and_equal_vectors_do_not_stop_the_flow():
    vectors = np.random.default_rng(0).normal(size=(30, 20)).astype(np.float32)
    assert np.allclose(np.linalg.norm(reduced(vectors), axis=1), 1)
    assert not reduced(np.ones((5, 3), dtype=np.float32)).any()
    assert common_variance(np.ones((5, 3), dtype=np.float32)) == 0
    assert len(starts(np.zeros((4, 2)), [3])[3]) == 3
