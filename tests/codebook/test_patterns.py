"""The pattern language: what it reads, what it refuses, and that it never breaks on what people type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafe.codebook.patterns import PatternError, Slot, SlotIndex, parse_pattern


def matches(word: str, text: str) -> bool:
    index = SlotIndex()
    index.add(parse_pattern(word)[0])
    return bool(index.slots([text.lower()]))


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
    index = SlotIndex()
    assert [index.add(slot) for slot in slots] == list(range(len(slots)))


@settings(deadline=None)
@given(st.lists(st.from_regex(r"[a-zæøå]{1,8}", fullmatch=True), min_size=1, max_size=6))
def test_plain_words_match_themselves(words):
    for word in words:
        assert matches(word, word.upper())


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("bolig", "bustad"),
        ("bustad", "bolig"),
        ("sykehus*", "sjukehusa"),
        ("ensomhet", "einsemd"),
        ("ikke", "ittj"),
        ("*hjem", "sjukeheim"),
    ],
)
def test_a_pattern_in_one_written_standard_finds_the_other(word, text):
    assert matches(word, text)


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("~samhandling", "samhandling", True),
        ("~samhandling", "samhandlingsteamet", True),
        ("~team", "FACT-teamet", True),
        ("~team", "ruskonsulentteam", True),
        ("~lege", "kommuneoverlegene", True),
        ("~lege", "fastlegar", True),
        ("~lege", "vanlege", False),
        ("~hjem", "hjemmet", True),
        ("~sykehus", "sjukehusopphald", True),
        ("~bolig", "bustadtilbod", True),
        ("~rus", "russisk", False),
        ("~rus", "ruskonsulent", True),
        ("~rus", "rusomsorga", True),
        ("~dag", "dagtilbud", True),
        ("~dag", "middag", False),
    ],
)
def test_a_tilde_finds_a_word_in_compounds(word, text, expected):
    assert matches(word, text) is expected
