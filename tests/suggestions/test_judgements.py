"""What people have said about units, and which notes a reason may cite."""

from dataclasses import replace

from teachable import CODINGS, IDS, UNITS, coding

from kafe.suggestions.judgements import citable_notes, judge


def test_silence_is_a_no_only_where_the_coder_has_finished_the_note() -> None:
    found = judge(CODINGS[:2], [("kari", UNITS[0].note_id)], UNITS[:3], IDS)
    yes, asked = found.counts()
    assert yes.tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 0]]
    assert asked.tolist() == [[1, 1, 1], [1, 0, 0], [0, 0, 0]]


def test_a_refused_suggestion_is_a_no_and_other_removals_say_nothing() -> None:
    refused = coding(UNITS[0], "vakt", action="remove", origin="refused:rule:1")
    regretted = coding(UNITS[0], "penger", action="remove", origin="workbench")
    unsure = coding(UNITS[0], "bolig", action="remove", origin="refused:rule:1")
    reopened = replace(unsure, origin="reopened:rule:1")
    yes, asked = judge([], [], UNITS[:1], IDS, [refused, regretted, unsure, reopened]).counts()
    assert yes.tolist() == [[0, 0, 0]]
    assert asked.tolist() == [[0, 1, 0]]


def test_a_machine_teaches_nothing_but_what_a_person_accepted_does() -> None:
    accepted = coding(UNITS[0], "bolig", origin="model:abc")
    machine = coding(UNITS[1], "bolig", coder="rule:abc")
    yes, _ = judge([accepted, machine], [], UNITS[:2], IDS).counts()
    assert yes[:, 0].tolist() == [1, 0]


def test_where_people_have_agreed_only_what_they_agreed_counts() -> None:
    codings = [coding(UNITS[0], "vakt"), coding(UNITS[0], "bolig", coder="konsensus")]
    marks = [(who, UNITS[0].note_id) for who in ("kari", "ola", "konsensus")]
    yes, asked = judge(codings, marks, UNITS[:1], IDS).counts()
    assert yes.tolist() == [[1, 0, 0]]
    assert asked.tolist() == [[1, 1, 1]]


def test_a_single_difference_that_is_settled_counts_as_agreed_and_the_rest_as_each_said_it() -> None:
    kari, ola = coding(UNITS[0], "vakt"), coding(UNITS[0], "bolig", coder="ola")
    agreed = coding(UNITS[0], "vakt", coder="konsensus", origin=f"consensus:{kari.id}")
    dropped = coding(
        UNITS[0], "bolig", coder="konsensus", action="remove", origin=f"consensus:{ola.id}", at="2026-01-02"
    )
    marks = [(who, UNITS[0].note_id) for who in ("kari", "ola")]
    yes, asked = judge([kari, ola, agreed], marks, UNITS[:1], IDS, [kari, ola, agreed, dropped]).counts()
    assert yes.tolist() == [[0, 1, 0]]
    assert asked.tolist() == [[1, 1, 2]]


def test_a_note_is_cited_only_when_nobody_is_to_code_it_blind() -> None:
    marks = [("kari", "a"), ("ola", "a"), ("kari", "b"), ("kari", "c"), ("kari", "d"), ("konsensus", "a")]
    assert citable_notes(marks) == {"a"}
    assert citable_notes(marks, {"kari": ["b", "d"], "ola": ["d"]}) == {"a", "b"}
    assert citable_notes([]) == set()
