"""Drift: a coder's first coding of a note beside the last, for notes that were finished twice."""

from dataclasses import replace

import pytest

from kafe.agreement.drift import coder_drift, recoded
from kafe.records import Code, Codebook, Coding, Unit

BOOK = Codebook((Code("a", "A"), Code("b", "B")), "v")
UNITS = [Unit(f"n{number}", 0, 5, "Bolig") for number in range(4)]
FIRST, LATER = "2026-01-01T12:00:00+00:00", "2026-03-01T12:00:00+00:00"


def event(number: int, code: str, at: str, action: str = "add", coder: str = "kari") -> Coding:
    return Coding(f"{number}{code}{at}{action}", f"n{number}", 0, 5, "Bolig", "h", code, coder, at, action)


def marks(*numbers: int, coder: str = "kari"):
    acts = (("finish", FIRST), ("unfinish", "2026-02-01"), ("finish", LATER))
    return [(coder, f"n{number}", action, at) for number in numbers for action, at in acts]


def test_a_note_counts_when_it_was_finished_opened_and_finished_again():
    once = [
        ("kari", "n1", "finish", FIRST),
        ("kari", "n2", "finish", FIRST),
        ("kari", "n2", "unfinish", LATER),
    ]
    assert recoded([*marks(0), *once, *marks(3, coder="ola")], "kari") == {"n0": FIRST}
    reopened = [*marks(0), ("kari", "n0", "unfinish", "2026-04-01")]
    assert recoded(reopened, "kari") == {}


def test_what_was_changed_since_the_first_time_is_what_differs():
    """Four notes: a kept in two, taken away in one, never used in one: 3 of 4 alike."""
    history = [event(number, "a", "2026-01-01T10:00:00+00:00") for number in range(3)]
    history.append(event(2, "a", "2026-02-15T10:00:00+00:00", "remove"))
    history.append(event(1, "b", "2026-01-01T11:00:00", coder="ola"))
    rows = {row.code: row for row in coder_drift(history, marks(0, 1, 2, 3), UNITS, BOOK, "kari")}
    assert (rows["a"].positive_a, rows["a"].positive_b, rows["a"].positive_both) == (3, 2, 2)
    assert rows["a"].percent == 0.75
    assert rows["a"].kappa == pytest.approx(0.5)
    assert (rows["a"].coder_a, rows["a"].coder_b) == ("first:kari", "last:kari")
    assert rows["b"].positive_a == rows["b"].positive_b == 0


def test_a_coder_who_never_came_back_has_no_rows():
    assert coder_drift([event(0, "a", FIRST)], [("kari", "n0", "finish", FIRST)], UNITS, BOOK, "kari") == []


def test_codings_on_an_earlier_text_are_left_out():
    old = replace(event(0, "a", "2026-01-01T10:00:00"), text_hash="old")
    new = event(0, "a", "2026-02-20T10:00:00")
    row = {row.code: row for row in coder_drift([old, new], marks(0), UNITS, BOOK, "kari")}["a"]
    assert (row.positive_a, row.positive_b) == (0, 1)
