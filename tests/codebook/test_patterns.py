"""The pattern language: what it reads, what it refuses, and that it never breaks on what people type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafe.codebook.patterns import MAX_WORDS, PatternError, Slot, parse_pattern


def test_words_become_slots_in_order():
    assert parse_pattern("Ustabil*  Bolig|bustad") == (Slot(("ustabil*",)), Slot(("bolig", "bustad")))


@pytest.mark.parametrize("gap", ["...", "…"])
def test_a_gap_belongs_to_the_word_after_it(gap):
    assert parse_pattern(f"mangle {gap} bolig") == (Slot(("mangle",)), Slot(("bolig",), after_gap=True))


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
        ("~", "etter «~»"),
        ("~bo", "minst tre"),
        ("~rus*", "uten «\\*»"),
        ("~fact-team", "bindestrek"),
        ("rus~team", "rett foran"),
        ("~~rus", "etter «~»"),
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
    assert 1 <= len(slots) <= MAX_WORDS
    assert all(slot.alternatives for slot in slots)
