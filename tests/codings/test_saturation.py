"""Saturation by the rule of Guest, Namey & Chen (2020), on events whose codes are counted by hand."""

import pytest

from kafe.codings.saturation import SaturationEvent, coverage, events, saturate
from kafe.records import Note, Suggestion


def told(*codes: str, **given):
    found = [
        SaturationEvent(str(n), "s", str(n), (str(n),), frozenset(some)) for n, some in enumerate(codes, 1)
    ]
    return saturate(found, seed=1, **given)


def test_the_curve_counts_codes_as_they_are_first_met() -> None:
    result = told("ab", "bc", "a", "d")
    assert [(step.new, step.total) for step in result.steps] == [(2, 2), (1, 3), (0, 3), (1, 4)]
    assert [step.number for step in result.steps] == [1, 2, 3, 4]


def test_saturation_is_reached_when_the_last_run_brings_little_for_the_base() -> None:
    base = ("abcdefgh", "ijklmnop", "qrst", "a")
    result = told(*base, "u", "a")
    assert (result.state, result.at, result.base_codes, result.last_new) == ("reached", 6, 20, 1)
    assert result.ratio == pytest.approx(1 / 20)
    assert told(*base, "uv", "a").state == "not_reached"
    assert told(*base, "uv", "a", threshold=0.1).state == "reached"


def test_saturation_that_held_and_was_broken_by_new_voices_is_lost() -> None:
    result = told("abcdefgh", "ijkl", "a", "b", "a", "b", "xyz")
    assert (result.state, result.at, result.last_new) == ("lost", 6, 3)
    assert result.ratio == pytest.approx(3 / 12)


@pytest.mark.parametrize("codes", [(), ("ab",), ("a", "b", "c", "d", "e"), ("", "", "", "", "a", "b")])
def test_too_few_events_or_a_base_without_codes_say_nothing(codes) -> None:
    result = told(*codes)
    assert result.state == "too_few"
    assert result.ratio is result.orders is None
    assert len(result.steps) == len(codes)


def test_the_band_is_between_the_least_and_most_an_order_can_give_and_ends_where_the_curve_does() -> None:
    result = told("abcd", "a", "b", "c", "d", "e")
    first, last = result.steps[0], result.steps[-1]
    assert 1 <= first.low <= first.middle <= first.high <= 4
    assert last.low == last.middle == last.high == last.total == 5
    assert result == told("abcd", "a", "b", "c", "d", "e")


def test_the_share_of_orders_is_one_when_every_event_says_the_same() -> None:
    assert told(*["abc"] * 6).orders == 1
    assert told("a", "b", "c", "d", "e", "f").orders == 0


def note(note_id: str, session: str, table: str, date: str) -> Note:
    return Note(note_id, session, "kafedialog", "x", table=table, date=date)


NOTES = {
    one.id: one
    for one in [
        note("a", "senere", "1", "2025-06-01"),
        note("b", "først", "10", "2025-05-01"),
        note("c", "først", "2", "2025-05-01"),
        note("d", "først", "2", "2025-05-01"),
        note("e", "skjema", "", "2025-07-01"),
        note("f", "skjema", "", "2025-07-02"),
    ]
}
CODED = [Suggestion(note_id, 0, 1, code, "rule:1", "") for note_id, code in ("cx", "dy", "ax", "xx")]


def test_events_are_tables_in_order_of_meeting_and_number() -> None:
    found = events(CODED, NOTES)
    assert [(event.session, event.label) for event in found] == [
        ("først", "2"),
        ("først", "10"),
        ("senere", "1"),
        ("skjema", "1"),
        ("skjema", "2"),
    ]
    assert [event.codes for event in found[:3]] == [{"x", "y"}, frozenset(), {"x"}]


def test_notes_without_a_table_are_put_together_to_the_size_of_a_usual_table() -> None:
    more = {str(n): note(str(n), "møte", "1", "2025-01-01") for n in range(3)}
    loose = {f"l{n}": note(f"l{n}", "skjema", "", "2025-02-01") for n in range(7)}
    assert [len(event.note_ids) for event in events([], more | loose)] == [3, 3, 3, 1]
    assert [len(event.note_ids) for event in events([], loose)] == [7]


def test_by_note_every_note_is_an_event() -> None:
    assert [event.note_ids for event in events(CODED, NOTES, by="note")] == [
        ("c",),
        ("d",),
        ("b",),
        ("a",),
        ("e",),
        ("f",),
    ]


def test_coverage_is_that_of_good_and_turing_over_events() -> None:
    given = [("a", "b"), ("a", "b"), ("a", "c"), ("a", "d")]
    found = [SaturationEvent(str(at), "k", "1", ("n",), frozenset(codes)) for at, codes in enumerate(given)]
    assert coverage(found, "abcd") == 1 - 2 / 8 * (3 * 2 / (3 * 2 + 2 * 1))
    assert coverage(found, "a") == 1.0
    assert coverage(found, "x") is None
