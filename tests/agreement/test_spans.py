"""Agreement on spans, code by code: which notes count, intervals, and more than two coders."""

import random

import pytest

from kafe.agreement.spans import span_agreement
from kafe.agreement.unitizing import unitized_note, unitizing_alpha
from kafe.records import Code, Codebook, Coding

BOOK = Codebook((Code("topp", "Topp", codable=False), Code("a", "A", "topp"), Code("b", "B", "topp")), "v")


def coding(coder: str, note: str, start: int, end: int, code: str = "a") -> Coding:
    return Coding(f"{coder}{note}{start}{end}{code}", note, start, end, "q", "h", code, coder, "t")


def test_rows_come_for_any_code_and_each_code_over_the_notes_both_finished():
    codings = [
        coding("kari", "n1", 2, 6), coding("kari", "n1", 3, 6), coding("ola", "n1", 4, 8),
        coding("kari", "n2", 0, 5), coding("ola", "n1", 0, 2, "b"),
    ]  # fmt: skip
    finished = [("kari", "n1"), ("ola", "n1"), ("kari", "n2")]
    rows = span_agreement(codings, finished, {"n1": 10, "n2": 20}, BOOK, ("kari", "ola"))
    assert [row.code for row in rows] == ["", "a", "b"]
    whole, a, b = rows
    assert (a.notes, a.characters, a.spans) == (1, 10, (1, 1))
    assert (a.f1, a.alpha) == (pytest.approx(0.5), pytest.approx(1 - 4 * 17.8 / 96))
    assert (a.alpha_low, a.verdict) == (None, "too_few")
    assert whole.spans == (1, 2)
    assert (b.f1, b.spans) == (0, (0, 1))


def test_an_interval_comes_from_drawing_notes_anew():
    chance = random.Random(4)
    codings = []
    for number in range(40):
        start = chance.randint(0, 10)
        codings.append(coding("kari", f"n{number}", start, start + 8))
        codings.append(coding("ola", f"n{number}", start + chance.choice([0, 0, 2]), start + 8))
    finished = [(coder, f"n{number}") for coder in ("kari", "ola") for number in range(40)]
    lengths = {f"n{number}": 30 for number in range(40)}
    first, again = (span_agreement(codings, finished, lengths, BOOK, ("kari", "ola"))[1] for _ in range(2))
    assert first == again
    assert first.alpha_low < first.alpha < first.alpha_high
    assert first.verdict == "reliable"


def test_three_coders_count_where_at_least_two_finished():
    codings = [coding(who, "n1", 0, 5) for who in ("kari", "ola")] + [coding("siri", "n2", 0, 5)]
    finished = [("kari", "n1"), ("ola", "n1"), ("siri", "n2"), ("kari", "n2")]
    rows = span_agreement(codings, finished, {"n1": 10, "n2": 10}, BOOK, ("kari", "ola", "siri"))
    expected = unitizing_alpha([unitized_note(10, [[(0, 5)], [(0, 5)]]), unitized_note(10, [[], [(0, 5)]])])
    assert rows[1].alpha == pytest.approx(expected)
    assert (rows[1].f1, rows[1].notes, rows[1].spans) == (None, 2, (1, 1, 1))
