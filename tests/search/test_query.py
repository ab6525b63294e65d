"""A query is written back as it is read, and tells what it asks for."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from kafe.records import KafeError
from kafe.search.query import (
    And,
    Field,
    Near,
    Not,
    Or,
    Text,
    fields_of,
    misread,
    texts_of,
    words_of,
    write_query,
)
from kafe.search.query_parser import QUOTES, parse_query

WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters=QUOTES, exclude_categories=("Cs", "Cc")), max_size=8
).map(lambda text: " ".join(unicodedata.normalize("NFC", text).split()))
SOME = WORDS.filter(bool)
TRICKY = st.sampled_from(
    ["og", "ELLER", "nær", "nær/3", "ikke", "av", "overlapper", "a:b", ">=3", "*", "😀", "a-b"]
)
TEXT = st.builds(Text, SOME | TRICKY)
CODE = st.builds(Field, st.just("kode"), st.just(":"), WORDS | TRICKY, st.just("") | SOME | TRICKY)
ABOUT = st.builds(Field, st.sampled_from(["gruppe", "økt", "bord", "koder"]), st.just(":"), WORDS | TRICKY)
VOTES = st.builds(
    Field,
    st.just("prikker"),
    st.sampled_from([":", ">=", ">", "<=", "<"]),
    st.integers(0, 99).map(str),
)


def several(kind):
    return lambda parts: st.builds(kind, st.lists(parts, min_size=2, max_size=3).map(tuple))


WITHIN = st.none() | st.integers(0, 12)
PLACED = st.recursive(
    TEXT | CODE,
    lambda parts: several(Or)(parts) | st.builds(Near, parts, parts, WITHIN),
    max_leaves=4,
)
QUERIES = st.recursive(
    PLACED | ABOUT | VOTES,
    lambda parts: several(And)(parts) | several(Or)(parts) | st.builds(Not, parts),
    max_leaves=8,
)


@given(QUERIES)
@settings(max_examples=300, deadline=None)
def test_a_query_that_is_written_is_read_as_the_same_query(query) -> None:
    assert parse_query(write_query(query)) == query


@given(st.text(max_size=40) | st.text("ab:()\"' <>=/*ognærikke", max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_query_or_an_error_that_names_a_place_and_a_remedy(text: str) -> None:
    try:
        query = parse_query(text)
    except KafeError as error:
        assert error.place.startswith("tegn ")
        assert error.remedy
    else:
        assert parse_query(write_query(query)) == query


def test_words_and_fields_of_a_query_are_told() -> None:
    query = parse_query('bolig "fast kontakt" nær x ikke (gruppe:bruker eller skjult)')
    assert [word.value for word in texts_of(query)] == ["bolig", "fast kontakt", "x"]
    assert [one.name for one in fields_of(query)] == ["gruppe"]
    assert misread(parse_query("kode:a opphav:regel"))
    assert not misread(parse_query("kode:a av regel eller opphav:regel"))


def test_a_query_for_the_words_of_another_finds_any_of_them() -> None:
    assert words_of(parse_query("bolig ikke (x eller y) gruppe:z hus")) == parse_query("bolig eller hus")
    assert words_of(parse_query("gruppe:z ikke x")) is None


def test_a_field_that_is_asked_for_twice_is_not_confused_with_its_place() -> None:
    assert parse_query("kode:a eller  kode:a") == Or((Field("kode", ":", "a"), Field("kode", ":", "a")))
    assert Text("a", 3) == Text("a", 9)
