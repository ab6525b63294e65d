"""What a query is read as, and what is said about one that cannot be read."""

import pytest

from kafe.records import KafeError
from kafe.search.query import And, Near, Not, Or, Text, write_query
from kafe.search.query_parser import ORDERED, parse_query


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
    assert parse_query(text) == parse_query(same)


def test_and_binds_tighter_than_or_and_near_tighter_than_not() -> None:
    assert parse_query("a eller b c") == Or((Text("a"), And((Text("b"), Text("c")))))
    assert parse_query("ikke a nær b") == Not(Near(Text("a"), Text("b")))
    assert parse_query("a nær b overlapper c") == Near(Near(Text("a"), Text("b")), Text("c"), None)


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
        parse_query(text)
    assert caught.value.place == f"tegn {sign}"
    assert word in str(caught.value)
    assert caught.value.remedy


def test_a_chain_of_near_without_end_is_refused_and_one_of_or_is_not() -> None:
    with pytest.raises(KafeError):
        write_query(parse_query(" nær ".join("a" * 5000)))
    assert len(parse_query(" eller ".join("a" * 5000)).parts) == 5000


def test_only_votes_and_dates_are_ordered() -> None:
    assert ORDERED == ("prikker", "dato")
