"""How many topics notes may hold."""

from kafe.topics.grouping.number_of_topics import candidates


def test_candidates_leave_enough_notes_a_topic():
    assert candidates(15) == (2,)
    assert candidates(50) == (2, 3, 4, 5)
    assert max(candidates(2000)) == 20
