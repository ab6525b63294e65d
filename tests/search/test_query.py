"""The query language: what is read, what is written back, and what is said about a query that cannot be read."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafe.records import KafeError
from kafe.search.query import ORDERED, QUOTES, And, Field, Near, Not, Or, Text, parse, write

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
    assert parse(write(query)) == query


@given(st.text(max_size=40) | st.text("ab:()\"' <>=/*ognærikke", max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_query_or_an_error_that_names_a_place_and_a_remedy(text: str) -> None:
    try:
        query = parse(text)
    except KafeError as error:
        assert error.place.startswith("tegn ")
        assert error.remedy
    else:
        assert parse(write(query)) == query


@pytest.mark.parametrize(
    ("text", "same"),
    [
        (
            'kode:"uklart ansvar" og gruppe:pårørende ikke kode:bolig',
            'kode:"uklart ansvar" gruppe:pårørende ikke kode:bolig',
        ),
        ("a OR b AND NOT c", "a eller (b og (ikke c))"),
        ("code:x near/2 code:y", "kode:x nær/2 kode:y"),
        ("kode:x nær kode:y", "kode:x nær/1 kode:y"),
        ("votes>=3 session:s question:q", "prikker>=3 økt:s spørsmål:q"),
        ("tekst:bolig", "bolig"),
        ("«fast kontakt»", '"fast   kontakt"'),
        ("ikke a nær b", "ikke (a nær b)"),
        ("prikker = 3", "prikker:3"),
        ("kode:x by ola", "kode:x av ola"),
        ("kode:x av regel og a", "(kode:x av regel) a"),
    ],
)
def test_these_two_are_the_same_query(text: str, same: str) -> None:
    assert parse(text) == parse(same)


def test_and_binds_tighter_than_or_and_near_tighter_than_not() -> None:
    assert parse("a eller b c") == Or((Text("a"), And((Text("b"), Text("c")))))
    assert parse("ikke a nær b") == Not(Near(Text("a"), Text("b")))
    assert parse("a nær b overlapper c") == Near(Near(Text("a"), Text("b")), Text("c"), None)


@pytest.mark.parametrize(
    ("text", "sign", "word"),
    [
        ("", 1, "tomt"),
        ("   ", 1, "tomt"),
        ("a og", 5, "slutter"),
        ("og a", 1, "«og»"),
        ("a eller eller b", 9, "«eller»"),
        ("(a og b", 1, "lukket"),
        ("a og b)", 7, "for mye"),
        ("()", 2, "«)»"),
        ('a "fast', 3, "anførselstegn"),
        ('a ""', 3, "mellom"),
        ("grupe:bruker", 1, "gruppe"),
        ("xyzzy:bruker", 1, "Feltene"),
        ("a kode:", 3, "mangler en verdi"),
        ("kode:(a eller b)", 1, "mangler en verdi"),
        ("gruppe>3", 1, "prikker og dato"),
        ("prikker>=mange", 10, "helt tall"),
        ("dato>mai", 6, "dag"),
        ("kode:a av", 8, "navn"),
        ("kode:a nær gruppe:b", 8, "koder eller ord"),
        ("a nær (b og c)", 3, "koder eller ord"),
        ("(" * 100 + "a" + ")" * 100, 61, "lag"),
        ("ikke " * 100 + "a", 301, "lag"),
    ],
)
def test_an_error_names_the_sign_and_what_to_do(text: str, sign: int, word: str) -> None:
    with pytest.raises(KafeError) as caught:
        parse(text)
    assert caught.value.place == f"tegn {sign}"
    assert word in str(caught.value)
    assert caught.value.remedy


def test_a_chain_of_near_without_end_is_refused_and_one_of_or_is_not() -> None:
    with pytest.raises(KafeError):
        write(parse(" nær ".join("a" * 5000)))
    assert len(parse(" eller ".join("a" * 5000)).parts) == 5000


def test_only_votes_and_dates_are_ordered() -> None:
    assert ORDERED == ("prikker", "dato")
