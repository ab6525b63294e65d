"""Small counts are hidden, and what is shown does not give them away."""

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kafe.privacy.small_counts import hide_small_counts, may_quote, visible_count
from kafe.settings import PrivacySettings

PRIVACY = PrivacySettings()


def table(*counts: int) -> list[dict]:
    return [{"name": f"r{place}", "notes": count, "share": count / 100} for place, count in enumerate(counts)]


def written(rows: list[dict]) -> list[str]:
    return [row["notes_shown"] for row in rows]


@pytest.mark.parametrize(("count", "seen"), [(0, 0), (1, None), (4, None), (5, 5), (120, 120)])
def test_one_to_four_are_hidden_zero_and_five_are_not(count, seen):
    assert visible_count(count, 5) == seen


def test_the_limit_is_a_setting():
    assert [visible_count(count, 1) for count in (0, 1, 2)] == [0, 1, 2]
    assert written(hide_small_counts(table(2, 3), "notes", PrivacySettings(hide_below=3))) == ["<3", "3"]


def test_quotes_need_a_group_of_at_least_six():
    assert [may_quote(size, PRIVACY) for size in (5, 6)] == [False, True]


def test_without_a_known_total_only_small_counts_and_their_shares_are_hidden():
    rows = hide_small_counts(table(3, 40), "notes", PRIVACY, linked=["share"])
    assert written(rows) == ["<5", "40"]
    assert [(row["notes"], row["share"]) for row in rows] == [(None, None), (40, 0.4)]


def test_a_single_hidden_cell_takes_the_smallest_neighbour_along_and_both_look_alike():
    assert written(hide_small_counts(table(3, 40, 12, 0), "notes", PRIVACY, totals=[()])) == [
        "skjult",
        "40",
        "skjult",
        "0",
    ]


def test_two_hidden_cells_guard_each_other():
    assert written(hide_small_counts(table(3, 2, 40), "notes", PRIVACY, totals=[()])) == ["<5", "<5", "40"]


@pytest.mark.parametrize("pair", [(1, 1), (4, 4)])
def test_hidden_cells_whose_sum_leaves_one_answer_get_a_neighbour(pair):
    assert written(hide_small_counts(table(*pair, 40), "notes", PRIVACY, totals=[()])) == ["skjult"] * 3


def test_zero_is_hidden_only_when_nothing_else_can_be():
    assert written(hide_small_counts(table(4, 4, 0), "notes", PRIVACY, totals=[()])) == ["skjult"] * 3


def test_in_a_cross_table_both_rows_and_columns_are_guarded():
    cells = [
        {"session": session, "group": group, "notes": count}
        for (session, group), count in zip(product("ab", "xyz"), [3, 20, 30, 25, 15, 40], strict=True)
    ]
    rows = hide_small_counts(cells, "notes", PRIVACY, totals=[("session",), ("group",)])
    assert written(rows) == ["skjult", "skjult", "30", "skjult", "skjult", "40"]


def test_the_given_rows_are_left_as_they_were():
    given_rows = table(2, 30)
    hide_small_counts(given_rows, "notes", PRIVACY, totals=[()], linked=["share"])
    assert given_rows == table(2, 30)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_no_small_count_follows_from_the_total(counts):
    rows = hide_small_counts(table(*counts), "notes", PRIVACY, totals=[()])
    hidden = [place for place, row in enumerate(rows) if row["notes"] is None]
    assume(len(hidden) < len(rows))
    missing = sum(counts[place] for place in hidden)
    possible = range(1, 5) if all(row["notes_shown"] != "skjult" for row in rows) else range(missing + 1)
    answers = [answer for answer in product(possible, repeat=len(hidden)) if sum(answer) == missing]
    for place, values in zip(hidden, zip(*answers, strict=True), strict=True):
        assert counts[place] not in range(1, 5) or len(set(values)) > 1
