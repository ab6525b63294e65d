"""Draws that keep what they should keep, and intervals that can be counted by hand."""

from collections import Counter

import numpy as np

from kafe.stats import ClusterBootstrap, random_orders, shuffled_words


def test_units_follow_their_cluster_and_as_many_clusters_are_drawn_as_there_are() -> None:
    found = ClusterBootstrap(["a", "a", "b", "c"], seed=1, resamples=50)
    assert found.clusters == 3
    assert found.cluster_of.tolist() == [0, 0, 1, 2]
    assert (found.draws.sum(axis=1) == 3).all()
    by_hand = [a * (1 + 10) + b * 100 + c * 1000 for a, b, c in found.draws]
    assert found.sums([1, 10, 100, 1000]).tolist() == by_hand


def test_the_interval_of_two_clusters_reaches_from_the_one_to_the_other() -> None:
    # Both draws fall on the first cluster in a quarter of the resamples, on the second in another quarter.
    found = ClusterBootstrap(["a", "b"], seed=1)
    share = found.sums([0, 1]) / 2
    assert set(share) == {0.0, 0.5, 1.0}
    assert found.interval(share, share >= 0) == (0.0, 1.0)


def test_the_interval_of_a_share_in_many_clusters_is_near_the_normal_one() -> None:
    # 400 clusters, a half of them with the mark: 0.5 ± 1.96 · √(0.25 / 400) = 0.5 ± 0.049.
    found = ClusterBootstrap(range(400), seed=1)
    share = found.sums([number % 2 for number in range(400)]) / 400
    low, high = found.interval(share, share >= 0)
    assert abs(low - 0.451) < 0.01
    assert abs(high - 0.549) < 0.01


def test_one_cluster_or_a_statistic_that_is_often_undefined_gets_no_interval() -> None:
    one = ClusterBootstrap(["a", "a"], seed=1)
    assert one.interval(one.sums([1, 1]), np.ones(1000, bool)) == (None, None)
    two = ClusterBootstrap(["a", "b"], seed=1)
    defined = np.arange(1000) < 949
    assert two.interval(two.sums([1, 1]), defined) == (None, None)
    defined[949] = True
    assert two.interval(two.sums([1, 1]), defined) == (2.0, 2.0)


def test_no_units_give_sums_of_zero() -> None:
    assert ClusterBootstrap([], seed=1).sums([]).tolist() == [0.0] * 1000


def test_every_order_is_as_likely_as_any_other_and_the_seed_fixes_them() -> None:
    found = Counter(tuple(order) for order in random_orders(3, 6000, seed=2))
    assert len(found) == 6
    assert all(900 < times < 1100 for times in found.values())
    first, again = ([order.tolist() for order in random_orders(9, 4, seed=3)] for _ in range(2))
    assert first == again


def test_shuffled_notes_keep_their_lengths_and_all_words() -> None:
    notes = [["a", "b", "c"], [], ["d", "a"], ["e"]]
    dealt = shuffled_words(notes, seed=4)
    assert [len(words) for words in dealt] == [3, 0, 2, 1]
    assert Counter(word for words in dealt for word in words) == Counter("abcdae")
    assert dealt == shuffled_words(notes, seed=4) != shuffled_words(notes, seed=5)
