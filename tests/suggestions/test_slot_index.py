"""Which words of a text fill the words of a pattern: stars, tildes, and the other written standard."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafe.codebook.patterns import PatternError, parse_pattern
from kafe.suggestions.slot_index import SlotIndex


def matches(word: str, text: str) -> bool:
    index = SlotIndex()
    index.add(parse_pattern(word)[0])
    return bool(index.slots([text.lower()]))


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


@settings(deadline=None)
@given(st.text(max_size=60))
def test_the_words_of_any_pattern_are_numbered_in_order(text):
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
