import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafe.records import Code, Codebook, KafeError, Problem, Severity, normalise_text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("A\u030aleine", "Åleine"),
        ("\ufeffhei\u200b", "hei"),
        ("to\u00a0ord", "to ord"),
        ("a\x00b\x07c", "abc"),
        ("sam\u00adhandling", "samhandling"),
        ("  \n tekst \n ", "tekst"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("a\tb", "a\tb"),
    ],
)
def test_text_is_composed_with_line_feeds_and_no_control_characters(raw: str, clean: str) -> None:
    assert normalise_text(raw) == clean


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise_text(text)
    assert normalise_text(once) == once


def test_an_error_says_where_what_and_what_to_do() -> None:
    error = KafeError("Tom fil.", file="svar.csv", place="rad 3", remedy="Fyll ut raden.")
    assert str(error) == "svar.csv, rad 3: Tom fil. Fyll ut raden."


def test_the_path_of_a_code_starts_at_the_root() -> None:
    book = Codebook((Code("a", "A"), Code("b", "B", parent="a"), Code("c", "C", parent="b")), "v")
    assert [code.id for code in book.path("c")] == ["a", "b", "c"]
    assert [code.id for code in book.children("a")] == ["b"]
    assert [code.id for code in book.children()] == ["a"]
    assert "b" in book and "x" not in book


@pytest.mark.parametrize("severity", Severity)
def test_a_problem_comes_back_from_its_row_as_it_was(severity: Severity) -> None:
    problem = Problem("fil.csv", "rad 2", "Mangler kode.", "Skriv en.", severity)
    again = Problem.from_row(problem.row())
    assert again == problem and again.severity is severity
