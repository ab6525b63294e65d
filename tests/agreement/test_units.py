"""Agreement of two coders on frozen units: who and what is compared, and how sure the figure is."""

import random

import pytest

from kafe.agreement.units import agreement, group_agreement
from kafe.records import Code, Codebook, Coding, KafeError, Suggestion, Unit

BOOK = Codebook((Code("topp", "Topp", codable=False), Code("a", "A", "topp"), Code("b", "B", "topp")), "v")


def unit(note: str, number: int) -> Unit:
    return Unit(note, number * 10, number * 10 + 9, "123456789")


def coding(coder: str, of: Unit, code: str = "a", start: int | None = None, end: int | None = None) -> Coding:
    start, end = of.start if start is None else start, of.end if end is None else end
    name = f"{coder}{of.id}{code}{start}{end}"
    return Coding(name, of.note_id, start, end, "q", "h", code, coder, "t")


def both_finished(*notes: str) -> list[tuple[str, str]]:
    return [(coder, note) for coder in ("kari", "ola") for note in notes]


def golden() -> tuple[list[Coding], list[tuple[str, str]], list[Unit]]:
    """Fifty notes of one unit: 20 both, 5 only Kari, 10 only Ola, 15 neither."""
    units = [unit(f"n{number:02}", 0) for number in range(50)]
    codings = [coding("kari", of) for of in units[:25]]
    codings += [coding("ola", of) for of in units[:20] + units[25:35]]
    return codings, both_finished(*(of.note_id for of in units)), units


def row(code: str, *args, **options):
    return next(row for row in agreement(*args, **options) if row.code == code)


def test_golden_row():
    found = row("a", *golden(), BOOK)
    assert (found.coder_a, found.coder_b) == ("kari", "ola")
    assert (found.notes, found.units) == (50, 50)
    assert (found.positive_a, found.positive_b, found.positive_both) == (25, 30, 20)
    assert (found.percent, found.kappa, found.alpha) == pytest.approx((0.7, 0.4, 0.4))
    assert found.ac1 == pytest.approx(0.40594, abs=1e-5)
    assert found.verdict == "insufficient"
    assert found.alpha_low < found.alpha < found.alpha_high


def test_label_sets_come_first_and_headings_have_no_row():
    assert [row.code for row in agreement(*golden(), BOOK)] == ["", "a", "b"]


def test_a_code_nobody_used_is_undefined():
    found = row("b", *golden(), BOOK)
    assert (found.kappa, found.alpha, found.alpha_low, found.ac1) == (None,) * 4
    assert (found.percent, found.verdict) == (1, "undefined")


def test_only_notes_both_finished_are_compared():
    one, two = unit("n1", 0), unit("n2", 0)
    marks = [("kari", "n1"), ("ola", "n1"), ("kari", "n2")]
    found = row("a", [coding("kari", one), coding("kari", two)], marks, [one, two], BOOK)
    assert (found.notes, found.units, found.positive_a, found.positive_b) == (1, 1, 1, 0)


def test_a_unit_is_positive_where_a_coding_overlaps_it():
    units = [unit("n", 0), unit("n", 1), unit("n", 2)]
    codings = [coding("kari", units[0], start=8, end=11), coding("ola", units[0], start=9, end=20)]
    found = row("a", codings, both_finished("n"), units, BOOK)
    assert (found.positive_a, found.positive_b, found.positive_both) == (2, 1, 1)


def test_overlapping_codings_of_one_coder_count_once():
    of = unit("n", 0)
    codings = [coding("kari", of), coding("kari", of, start=2, end=5)]
    assert row("a", codings, both_finished("n"), [of, of], BOOK).positive_a == 1


def test_label_sets_are_compared_with_masi():
    """The golden of test_coefficients: {a}/{a}, {a b}/{a}, {}/{b} gives alpha 7/32."""
    units = [unit("n", number) for number in range(3)]
    codings = [coding("kari", units[0]), coding("kari", units[1]), coding("kari", units[1], "b")]
    codings += [coding("ola", units[0]), coding("ola", units[1]), coding("ola", units[2], "b")]
    found = row("", codings, both_finished("n"), units, BOOK)
    assert found.alpha == pytest.approx(7 / 32)
    assert found.percent == pytest.approx(1 / 3)
    assert (found.positive_a, found.positive_b, found.positive_both, found.ac1) == (2, 3, 2, None)


@pytest.mark.parametrize("name", ["rule", "rule:abc"])
def test_rules_are_a_coder_that_has_finished_every_note(name):
    units = [unit("n1", 0), unit("n2", 0), unit("n3", 0)]
    items = [coding("kari", units[0]), Suggestion("n1", 0, 9, "a", "rule:abc", "Treff")]
    items.append(Suggestion("n2", 0, 9, "a", "rule:abc", "Treff"))
    found = row("a", items, [("kari", "n1"), ("kari", "n2")], units, BOOK, ("kari", name))
    assert (found.units, found.positive_a, found.positive_b, found.positive_both) == (2, 1, 2, 1)


def test_suggestions_do_not_count_between_people():
    of = unit("n", 0)
    items = [Suggestion("n", 0, 9, "a", "rule:abc", "Treff"), coding("kari", of)]
    assert row("a", items, both_finished("n"), [of], BOOK).positive_b == 0


@pytest.mark.parametrize("people", [(), ("kari",), ("kari", "ola", "siri")])
def test_it_must_be_clear_which_two_people_are_compared(people):
    with pytest.raises(KafeError, match=f"men {len(people)} har"):
        agreement([], [(name, "n") for name in people] + [("rule", "n")], [unit("n", 0)], BOOK)


def test_no_shared_notes_gives_rows_without_figures():
    found = agreement([], [], [unit("n", 0)], BOOK, ("kari", "ola"))
    assert [(row.units, row.percent, row.alpha, row.verdict) for row in found] == [
        (0, None, None, "undefined")
    ] * 3


def test_a_removal_is_refused():
    of = unit("n", 0)
    gone = Coding("x", "n", 0, 9, "q", "h", "a", "kari", "t", action="remove")
    with pytest.raises(ValueError, match="removal"):
        agreement([gone], both_finished("n"), [of], BOOK)


def test_neither_order_nor_run_changes_a_byte():
    codings, marks, units = golden()
    chance = random.Random(1)
    shuffled = [chance.sample(part, len(part)) for part in (codings, marks, units)]
    assert repr(agreement(codings, marks, units, BOOK)) == repr(agreement(*shuffled, BOOK))


def test_another_seed_gives_another_interval_around_the_same_alpha():
    one, other = (row("a", *golden(), BOOK, seed=seed) for seed in (1, 2))
    assert one.alpha == other.alpha
    assert (one.alpha_low, one.alpha_high) != (other.alpha_low, other.alpha_high)


def test_the_interval_of_perfect_agreement_is_one_to_one():
    units = [unit(f"n{number}", 0) for number in range(20)]
    codings = [coding(coder, of) for coder in ("kari", "ola") for of in units[:10]]
    found = agreement(codings, both_finished(*(of.note_id for of in units)), units, BOOK)
    assert [(row.alpha_low, row.alpha_high) for row in found[:2]] == [(1, 1), (1, 1)]


def test_one_note_alone_has_no_interval():
    units = [unit("n", 0), unit("n", 1)]
    codings = [coding("kari", units[0]), coding("ola", units[0])]
    found = agreement(codings, both_finished("n"), units, BOOK)
    assert [(row.alpha, row.alpha_low) for row in found[:2]] == [(1, None), (1, None)]


@pytest.mark.parametrize(("used_in", "has_interval"), [(1, False), (2, False), (5, True)])
def test_a_code_seen_in_one_or_two_notes_has_no_interval(used_in, has_interval):
    units = [unit(f"n{number}", 0) for number in range(100)]
    codings = [coding(coder, of) for coder in ("kari", "ola") for of in units[:used_in]]
    found = row("a", codings, both_finished(*(of.note_id for of in units)), units, BOOK)
    assert (found.alpha_low is not None) is has_interval


def test_units_of_a_note_are_drawn_together():
    """Ten copies of each note's unit leave alpha nearly as it is, and must not narrow the interval."""
    codings, marks, units = golden()
    copies = [unit(of.note_id, number) for of in units for number in range(10)]
    many = [
        coding(item.coder, unit(item.note_id, number), item.code) for item in codings for number in range(10)
    ]
    alone, copied = row("a", codings, marks, units, BOOK), row("a", many, marks, copies, BOOK)
    assert copied.alpha_high - copied.alpha_low == pytest.approx(alone.alpha_high - alone.alpha_low, rel=0.05)


def test_a_code_no_longer_in_the_codebook_is_left_out():
    of = unit("n", 0)
    found = agreement([coding("kari", of, "slettet")], both_finished("n"), [of], BOOK)
    assert [row.positive_a for row in found] == [0, 0, 0]


def test_three_coders_together_where_each_finished_some_of_the_notes():
    """Values of a: n0 1 1 1, n1 1 0 –, n2 – 0 0; n3 has one coder and does not count.

    Do: n1 gives 2 × 1 × 1 / 1 = 2. Of 7 values 4 are ones: De = 2 × 4 × 3 / 6 = 4; alpha = 1 - 2/4.
    """
    units = [unit(f"n{number}", 0) for number in range(4)]
    people = ("kari", "ola", "siri")
    codings = [coding(coder, units[0]) for coder in people] + [coding("kari", units[1])]
    marks = [(coder, "n0") for coder in people]
    marks += [("kari", "n1"), ("ola", "n1"), ("ola", "n2"), ("siri", "n2"), ("siri", "n3")]
    a, b = group_agreement(codings, marks, units, BOOK, people)
    assert (a.notes, a.units, a.positives) == (3, 3, (2, 1, 1))
    assert a.alpha == pytest.approx(0.5)
    assert a.percent == pytest.approx(2 / 3)
    assert (b.alpha, b.ac1, b.verdict) == (None, None, "undefined")


def test_two_coders_as_a_group_agree_as_much_as_two_coders():
    codings, marks, units = golden()
    alone = row("a", codings, marks, units, BOOK)
    group = group_agreement(codings, marks, units, BOOK, ("kari", "ola"))[0]
    for name in ("percent", "alpha", "alpha_low", "alpha_high", "ac1"):
        assert getattr(group, name) == pytest.approx(getattr(alone, name))
