"""The pattern language: what it reads, what it refuses, and that it never breaks on what people type."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafe.coding.patterns import PatternError, Slot, parse_pattern


def matches(word: str, text: str) -> bool:
    return bool(re.match(parse_pattern(word)[0].expression(), text))


def test_words_become_slots_in_order():
    assert parse_pattern("Ustabil*  Bolig|bustad") == (Slot(("ustabil*",)), Slot(("bolig", "bustad")))


@pytest.mark.parametrize("gap", ["...", "…"])
def test_a_gap_belongs_to_the_word_after_it(gap):
    assert parse_pattern(f"mangle {gap} bolig") == (Slot(("mangle",)), Slot(("bolig",), after_gap=True))


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("*team", "Samhandlingsteam", True),
        ("*team", "team", True),
        ("*team", "teamet", False),
        ("samhandling*", "SAMHANDLINGSTEAMET", True),
        ("*bolig*", "småboligtun", True),
        ("bolig", "boligen", False),
        ("24/7", "24/7", True),
        ("kl.", "klo", False),
        ("nav|lar", "lar", True),
    ],
)
def test_stars_stand_for_any_ending_or_beginning(word, text, expected):
    assert matches(word, text) is expected


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("", "tomt"),
        ("   ", "tomt"),
        ("bolig |", "tomt ord"),
        ("bolig||bustad", "tomt ord"),
        ("bolig|bolig", "to ganger"),
        ("*", "ikke et ord"),
        ("bo*lig", "ikke et ord"),
        ("[a-z]+", "ikke et ord"),
        ("... bolig", "først eller sist"),
        ("bolig ...", "først eller sist"),
        ("en ... ... to", "rett etter"),
        ("a b c d e f g", "høyst 6"),
    ],
)
def test_a_broken_pattern_says_what_is_wrong(pattern, complaint):
    with pytest.raises(PatternError, match=complaint):
        parse_pattern(pattern)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_either_a_pattern_or_a_pattern_error(text):
    try:
        slots = parse_pattern(text)
    except PatternError:
        return
    assert slots
    for slot in slots:
        re.compile(slot.expression())


@settings(deadline=None)
@given(st.lists(st.from_regex(r"[a-zæøå]{1,8}", fullmatch=True), min_size=1, max_size=6))
def test_plain_words_match_themselves(words):
    for word, slot in zip(words, parse_pattern(" ".join(words)), strict=True):
        assert re.match(slot.expression(), word.upper())
