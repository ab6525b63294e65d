"""Positions counted in the ways that programs count them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafe.exchange.positions import (
    COUNTINGS,
    STANDARD,
    Locator,
    Ruler,
    best_counting,
    fits,
    plain,
    to_normalised,
)
from kafe.records import normalise_text

TEXT = "Æ😀ø: har ikke\r\nbolig, og\r\ningen å ringe"
WANTED = "bolig, og\ningen"


def count_as(text: str, quote: str, *, crlf: int, wide: bool, mark: int, last: int) -> tuple[int, int]:
    """Return positions as a program that counts so would write them, worked out from the text itself."""
    before = text[: text.index(quote)]
    inside = quote
    if crlf == 1:
        before, inside = before.replace("\r\n", "\n"), inside.replace("\r\n", "\n")
    size = (lambda part: len(part.encode("utf-16-le")) // 2) if wide else len
    start = size(before) + mark
    return start, start + size(inside) - last


@pytest.mark.parametrize("crlf", [1, 2])
@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("mark", [0, 1])
def test_a_quote_tells_how_a_program_counts(crlf: int, wide: bool, mark: int) -> None:
    text = "\ufeff" + TEXT if mark else TEXT
    start, end = count_as(TEXT, "bolig, og\r\ningen", crlf=crlf, wide=wide, mark=mark, last=0)
    first = (*count_as(TEXT, "Æ", crlf=crlf, wide=wide, mark=mark, last=0), "Æ")
    counting = best_counting([(text, [first, (start, end, WANTED)])])
    assert (counting.crlf, counting.wide, counting.mark) == (crlf, wide, mark)
    found = Locator(text, counting).find(start, end, "")
    assert found is not None
    assert plain(text)[slice(*found)] == WANTED


def test_positions_that_include_the_end_are_recognised() -> None:
    text = "ingen har bolig her"
    start, end = count_as(text, "bolig", crlf=1, wide=False, mark=0, last=1)
    counting = best_counting([(text, [(start, end, "bolig")])])
    assert Locator(text, counting).find(start, end, "") == (10, 15)


def test_line_ends_counted_as_two_in_a_file_that_has_one_are_recognised() -> None:
    text = "en\nto\nbolig her"
    counting = best_counting([(text, [(8, 13, "bolig")])])
    assert Locator(text, counting).find(8, 13, "bolig") == (6, 11)


def test_without_quotes_the_edges_of_words_decide() -> None:
    text = "første linje\r\nandre linje\r\ntredje linje"
    marks = [(text.index(word), text.index(word) + len(word), "") for word in ("andre", "tredje")]
    assert best_counting([(text, marks)]).crlf == 2
    assert best_counting([(text, [(start - 1, end - 1, "") for start, end, _ in marks[:1]])]).crlf == 1


def test_the_standard_is_meant_where_nothing_tells() -> None:
    assert best_counting([]) == STANDARD
    assert best_counting([("bare tekst", [(5, 10, "tekst")])]) == STANDARD


def test_a_quote_found_once_is_taken_and_one_found_twice_is_not() -> None:
    assert Locator("bolig og mer", STANDARD).find(3, 7, "bolig") == (0, 5)
    assert Locator("bolig og bolig", STANDARD).find(3, 7, "bolig") is None
    assert Locator("bolig", STANDARD).find(0, 5, "leilighet") is None
    assert Locator("bolig", STANDARD).find(0, 9, "") is None


@pytest.mark.parametrize(
    ("quote", "fit"),
    [("har  ikke\nbolig", True), ("har ik...", True), ("har ik…", True), ("har", False), ("...", False)],
)
def test_a_quote_may_be_cut_short_or_have_other_white_space(quote: str, fit: bool) -> None:
    assert fits("x har ikke bolig", (2, 16), quote) is fit


@given(st.text(alphabet="aø😀 \r\n\u00a0\u200b", max_size=12), st.data())
def test_the_whole_text_lies_where_it_lies_however_it_is_counted(text: str, data) -> None:
    counting = data.draw(st.sampled_from(COUNTINGS))
    size = len(plain(text))
    assert Locator(text, counting).find(0, -1, "") == ((0, size) if size else None)
    if "\r" not in text:
        assert Ruler(text, STANDARD).span(0, size) == ((0, size) if size else None)


@given(st.text(alphabet="aø😀 \n\u00a0\u200b\u00ad\t", max_size=14), st.data())
def test_a_stretch_keeps_its_words_when_the_text_is_cleaned(text: str, data) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = to_normalised(text, (start, end))
    assert normalise_text(text)[first:last].strip() == normalise_text(text[start:end])
