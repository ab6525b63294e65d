"""Agreement on spans against values worked by hand and against the definition, character by character."""

import random
from itertools import permutations, product

import pytest

from kafe.agreement.spans import (
    character_f1,
    merged,
    note_lengths,
    shared_characters,
    span_agreement,
    unitizing_alpha,
)
from kafe.records import Code, Codebook, Coding

BOOK = Codebook((Code("topp", "Topp", codable=False), Code("a", "A", "topp"), Code("b", "B", "topp")), "v")


def brute_force(notes):
    """Return alpha from its definition: every character of every coder against every other.

    `notes` holds (length, spans of each coder). Observed: characters at the same place of two coders.
    Expected: any two characters of the data, but never two of one and the same span.
    """
    observed = total = 0.0
    entries = []
    for number, (length, coders) in enumerate(notes):
        lines = []
        for who, spans in enumerate(coders):
            line = [("gap", number, who, place) for place in range(length)]
            for start, end in spans:
                for place in range(start, end):
                    line[place] = ("span", number, who, start)
            lines.append(line)
            entries += line
        for first, second in permutations(lines, 2):
            differ = sum(a[0] != b[0] for a, b in zip(first, second, strict=True))
            observed += differ / (len(lines) - 1)
        total += length * len(lines)
    pairs = apart = 0
    for first, second in product(entries, repeat=2):
        if first != second:
            pairs += 1
            apart += first[0] != second[0]
    if not apart:
        return None
    return 1 - (observed / total) / (apart / pairs)


def random_note(chance: random.Random, coders: int):
    length = chance.randint(1, 14)
    spans = []
    for _ in range(coders):
        cuts = sorted(chance.sample(range(length + 1), min(length + 1, 2 * chance.randint(0, 2))))
        spans.append([(cuts[i], cuts[i + 1]) for i in range(0, len(cuts) - 1, 2)])
    return length, spans


def alpha(notes):
    return unitizing_alpha(note_lengths(length, coders) for length, coders in notes)


def test_alpha_by_hand():
    """Ten characters, one coder marks 2–6, the other 4–8.

    Marked: 8 of 20. Apart: 2 + 2 characters. A span with itself: 16 + 16; gaps: 12; together 44.
    alpha = 1 - 4 (20 - 44 / 20) / (8 × 12) = 1 - 4 × 17.8 / 96.
    """
    assert alpha([(10, [[(2, 6)], [(4, 8)]])]) == pytest.approx(1 - 4 * 17.8 / 96)


def test_alpha_is_one_when_all_mark_the_same_and_undefined_when_there_is_nothing_to_tell():
    assert alpha([(10, [[(2, 6)], [(2, 6)], [(2, 6)]])]) == 1
    assert alpha([(10, [[], []])]) is None
    assert alpha([(10, [[(0, 10)], [(0, 10)]])]) is None
    assert alpha([]) is None


def test_alpha_is_below_zero_when_coders_mark_each_others_gaps():
    assert alpha([(10, [[(0, 5)], [(5, 10)]])]) < 0


@pytest.mark.parametrize("seed", range(80))
def test_alpha_agrees_with_its_definition_character_by_character(seed):
    chance = random.Random(seed)
    notes = [random_note(chance, chance.randint(2, 4)) for _ in range(chance.randint(1, 3))]
    expected = brute_force(notes)
    assert alpha(notes) == (None if expected is None else pytest.approx(expected))


def test_overlapping_spans_are_one_and_touching_ones_two():
    assert merged([(5, 8), (0, 3), (2, 4), (4, 5), (0, 3)]) == [(0, 4), (4, 5), (5, 8)]


def test_characters_shared_and_their_f1():
    assert shared_characters([(0, 4), (6, 9)], [(2, 7)]) == 3
    assert character_f1(3, 7, 5) == pytest.approx(0.5)
    assert character_f1(0, 3, 0) == 0
    assert character_f1(0, 0, 0) is None


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
    assert (a.alpha_low, a.verdict) == (None, "for få tilfeller")
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
    assert first.verdict == "pålitelig"


def test_three_coders_count_where_at_least_two_finished():
    codings = [coding(who, "n1", 0, 5) for who in ("kari", "ola")] + [coding("siri", "n2", 0, 5)]
    finished = [("kari", "n1"), ("ola", "n1"), ("siri", "n2"), ("kari", "n2")]
    rows = span_agreement(codings, finished, {"n1": 10, "n2": 10}, BOOK, ("kari", "ola", "siri"))
    expected = brute_force([(10, [[(0, 5)], [(0, 5)]]), (10, [[], [(0, 5)]])])
    assert rows[1].alpha == pytest.approx(expected)
    assert (rows[1].f1, rows[1].notes, rows[1].spans) == (None, 2, (1, 1, 1))
