"""Counts: what people gave, plus chances of the rest, with intervals that hold what is true."""

import numpy as np
import pytest
from teachable import unit

from kafe.records import Unit
from kafe.suggestions import is_random_draw
from kafe.suggestions.counts import CodeCount, code_counts
from kafe.suggestions.judgements import Judgements


def said(truth: np.ndarray, read: int) -> Judgements:
    known = np.zeros(truth.shape, dtype=bool)
    known[:read] = True
    return Judgements({"a": truth & known}, {"a": known}, np.zeros(truth.shape, dtype=bool), truth.shape)


def units(count: int) -> list[Unit]:
    return [unit(number, f"Innspill {number}") for number in range(count)]


def count(truth: np.ndarray, read: int, chances: np.ndarray, *, drawn: bool = True) -> CodeCount:
    (found,) = code_counts(["x"], units(len(truth)), said(truth, read), chances, drawn=drawn)
    return found


def test_an_estimate_is_what_people_gave_and_the_chances_of_the_rest() -> None:
    truth = np.array([[number % 4 == 0] for number in range(40)])
    found = count(truth, 20, np.full((40, 1), 0.25))
    assert (found.read, found.notes_read, found.notes) == (5, 20, 40)
    assert found.estimate == pytest.approx(5 + 20 * 0.25)
    assert found.kind == "estimated"
    assert 5 <= found.low <= 10 <= found.high <= 25


def test_what_is_all_read_is_counted_and_not_estimated() -> None:
    truth = np.array([[True], [False]] * 20)
    assert count(truth, 40, np.full((40, 1), 0.9)) == CodeCount("x", 20, 40, 40, 20.0, 20, 20, "read", "draw")


def test_from_few_read_notes_nothing_is_estimated() -> None:
    found = count(np.ones((40, 1), dtype=bool), 9, np.full((40, 1), 0.9))
    assert (found.kind, found.estimate, found.low, found.high) == ("read", 9.0, 9, 9)


def test_a_code_that_no_read_note_has_may_still_be_in_those_not_read() -> None:
    found = count(np.zeros((100, 1), dtype=bool), 20, np.full((100, 1), 0.001))
    assert found.low == 0
    assert found.high >= 5


def test_that_the_read_notes_are_no_draw_is_said() -> None:
    truth = np.array([[number % 4 == 0] for number in range(40)])
    assert count(truth, 20, np.full((40, 1), 0.25), drawn=False).basis == "model"


def test_a_note_of_two_units_counts_once() -> None:
    own = [Unit("n", 0, 2, "aa"), Unit("n", 3, 5, "bb")]
    (found,) = code_counts(["x"], own, said(np.array([[True], [True]]), 2), np.ones((2, 1)), drawn=True)
    assert (found.read, found.notes) == (1, 1)


def test_notes_of_a_table_that_agree_make_the_interval_wider() -> None:
    truth = np.array([[number // 5 % 2 == 0] for number in range(80)])
    chances = np.full((80, 1), 0.5)
    tables = {f"n{number:03}": str(number // 5) for number in range(80)}
    (alone,) = code_counts(["x"], units(80), said(truth, 40), chances, drawn=True)
    (together,) = code_counts(["x"], units(80), said(truth, 40), chances, drawn=True, clusters=tables)
    assert together.high - together.low > alone.high - alone.low


@pytest.mark.parametrize("share", [0.03, 0.3])
def test_intervals_hold_the_truth_nineteen_times_of_twenty_even_where_the_chances_are_wrong(
    share: float,
) -> None:
    rng = np.random.default_rng(1)
    inside = []
    for _ in range(200):
        real = rng.random((200, 1)) < share
        found = count(real, 60, np.clip(share / 2 + 0.3 * (real - share), 0.01, 0.99))
        inside.append(found.low <= real.sum() <= found.high)
    assert np.mean(inside) >= 0.9


ORDER = {"kari": ["a", "b", "c"], "ola": ["d", "e"]}


@pytest.mark.parametrize(
    ("finished", "drawn"),
    [
        ([("kari", "a"), ("kari", "b"), ("ola", "d")], True),
        ([("kari", "b")], False),
        ([("kari", "a"), ("per", "e")], False),
        ([], False),
    ],
)
def test_only_the_first_notes_in_the_order_given_out_are_a_random_draw(
    finished: list[tuple[str, str]], drawn: bool
) -> None:
    assert is_random_draw(ORDER, finished, "abcde") is drawn
    assert not is_random_draw(ORDER, finished, "abcdef")
