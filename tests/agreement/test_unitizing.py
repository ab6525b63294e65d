"""Alpha for unitizing against values worked by hand and against the definition, character by character."""

import random
from itertools import permutations, product

import pytest

from kafe.agreement.unitizing import (
    character_f1,
    merged,
    shared_characters,
    unitized_note,
    unitizing_alpha,
)


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
    return unitizing_alpha(unitized_note(length, coders) for length, coders in notes)


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
