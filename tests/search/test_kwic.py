"""Keyword in context: what stands on either side of a place, and the order of the lines."""

from kafe.records import Note
from kafe.search.kwic import concordance

TEXT = "En fast kontakt\nsom ikke slutter etter tre måneder 😀 og kjenner meg"
NOTES = {
    "a": Note("a", "s", "kafedialog", TEXT),
    "b": Note("b", "s", "kafedialog", "Fast"),
}


def test_a_line_has_the_words_on_either_side_on_one_line() -> None:
    (line,) = concordance({"a": [(3, 15)]}, NOTES, width=20)
    assert (line.left, line.keyword, line.right) == ("En", "fast kontakt", "som ikke slutter…")


def test_context_is_cut_between_words_and_marked() -> None:
    at = TEXT.index("slutter")
    (line,) = concordance({"a": [(at, at + 7)]}, NOTES, width=14)
    assert (line.left, line.right) == ("…som ikke", "etter tre…")
    assert len(line.left) <= 14
    assert len(line.right) <= 14


def test_a_word_longer_than_the_context_is_cut_inside() -> None:
    note = Note("c", "s", "kafedialog", "akuttpsykiatrisksengepost her")
    (line,) = concordance({"c": [(26, 29)]}, {"c": note}, width=8)
    assert line.left == "…ngepost"
    assert concordance({"c": [(0, 25)]}, {"c": note}, width=8)[0].keyword == "akuttpsykiatris…"


def test_lines_come_by_keyword_and_what_follows_and_unknown_notes_are_left_out() -> None:
    lines = concordance({"a": [(3, 7), (8, 15)], "b": [(0, 4)], "x": [(0, 1)]}, NOTES)
    assert [(line.note_id, line.keyword) for line in lines] == [
        ("b", "Fast"),
        ("a", "fast"),
        ("a", "kontakt"),
    ]


def test_positions_after_an_emoji_are_code_points() -> None:
    at = TEXT.index("kjenner")
    (line,) = concordance({"a": [(at, at + 7)]}, NOTES)
    assert (line.keyword, line.right) == ("kjenner", "meg")
    assert line.left.endswith("😀 og")
