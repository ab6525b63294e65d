"""What is shown of the two sides weighs each note once, however many have read it."""

from types import SimpleNamespace

from kafe.views.participation import code_weights


def coding(note_id: str, code: str, coder: str) -> SimpleNamespace:
    return SimpleNamespace(note_id=note_id, code=code, coder=coder)


def test_a_code_counts_by_the_share_of_those_who_finished_the_note_and_consensus_counts_whole():
    finished = [["a", "n1"], ["b", "n1"], ["a", "n2"], ["a", "n3"], ["b", "n3"]]
    given = [
        coding("n1", "x", "a"),
        coding("n1", "y", "a"),
        coding("n1", "y", "b"),
        coding("n2", "x", "a"),
        coding("n3", "x", "konsensus"),
        coding("n4", "x", "a"),
    ]
    results = SimpleNamespace(
        counting=given, tables=SimpleNamespace(coding=SimpleNamespace(finished=finished))
    )
    assert code_weights(results) == {("n1", "x"): 0.5, ("n1", "y"): 1.0, ("n2", "x"): 1.0, ("n3", "x"): 1.0}
