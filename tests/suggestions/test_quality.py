"""The figures of a code, counted by hand."""

import numpy as np
import pytest
from teachable import BOOK, IDS, UNITS, coding

from kafe.records import Code
from kafe.suggestions.judgements import Judgements, judge
from kafe.suggestions.learning import codes_to_learn
from kafe.suggestions.quality import CodeRow, code_rows


def test_figures_equal_those_counted_by_hand() -> None:
    """Ten units, two people: both 1–4, only the first 5, only the second 6. The model says 1, 2, 3, 5 and 7.

    Against the first: 4 of 5 guesses right of 5; against the second 3 of 5 right of 5. So precision 7/10,
    recall 7/10, F1 .7. People: 2 · 4 / 10 = .8.
    """
    first, second = (
        [[number in yes] for number in range(1, 11)] for yes in ({1, 2, 3, 4, 5}, {1, 2, 3, 4, 6})
    )
    known = np.ones((10, 1), dtype=bool)
    said = Judgements(
        {"a": np.array(first), "b": np.array(second)},
        {"a": known, "b": known},
        np.zeros((10, 1), dtype=bool),
        (10, 1),
    )
    chances = np.array([[0.9 if number in (1, 2, 3, 5, 7) else 0.1] for number in range(1, 11)])
    (row,) = code_rows([Code("x", "X")], said, chances, 0.5)
    assert (row.units, row.positive, row.suggested) == (10, 6, 5)
    assert row.precision == pytest.approx(0.7)
    assert row.recall == pytest.approx(0.7)
    assert row.f1 == pytest.approx(0.7)
    assert row.human_f1 == pytest.approx(0.8)
    # 20 pairs of values, 6 differ, 20 ones of 40: 1 - (6/20) · 40 · 39 / (2 · 20 · 20)
    assert row.alpha == pytest.approx(1 - 0.3 * 40 * 39 / 800)
    # 10 units, 2 differ, 10 ones of 20: 1 - (2/10) · 20 · 19 / (2 · 10 · 10)
    assert row.human_alpha == pytest.approx(1 - 0.2 * 20 * 19 / 200)
    assert row.state == "few"


def test_a_code_that_nobody_used_has_no_figures() -> None:
    nobody = Judgements(
        {"a": np.zeros((3, 1), dtype=bool)},
        {"a": np.ones((3, 1), dtype=bool)},
        np.zeros((3, 1), dtype=bool),
        (3, 1),
    )
    (row,) = code_rows([Code("x", "X")], nobody, np.zeros((3, 1)), 0.5)
    assert row == CodeRow("x", "X", "few", 3, 0, 0, None, None, None, None, None, None, None)


def test_a_consensus_does_not_hide_how_the_people_agreed_before_it() -> None:
    codings = [coding(UNITS[0], "bolig"), coding(UNITS[0], "vakt", coder="ola")]
    agreed = coding(UNITS[0], "bolig", coder="konsensus")
    marks = [(who, UNITS[0].note_id) for who in ("kari", "ola", "konsensus")]
    said = judge([*codings, agreed], marks, UNITS[:1], IDS)
    rows = {row.code: row for row in code_rows(codes_to_learn(BOOK), said, np.full((1, 3), 0.9), 0.5)}
    assert rows["bolig"].human_f1 == rows["vakt"].human_f1 == 0
    assert rows["bolig"].f1 == 1
    assert rows["vakt"].precision == 0
