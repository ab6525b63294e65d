"""Sums and what is written once for all rows below it."""

import pytest

from kafe.ingest.readers.row_rules import is_sum, is_sum_line


@pytest.mark.parametrize(
    "cells", [["Sum", "126"], ["", "Totalt", "45"], ["I alt", "", "3,5"], ["Gjennomsnitt", "4"]]
)
def test_a_row_that_counts_is_a_sum(cells: list[str]) -> None:
    assert is_sum(cells)


@pytest.mark.parametrize(
    "cells", [["1", "Sum av små ting", "3"], ["Totalt"], ["1", "2"], ["Bolig", "3"], ["Sum", "Bolig", "3"]]
)
def test_a_row_with_somebodys_words_is_none(cells: list[str]) -> None:
    assert not is_sum(cells)


def test_a_line_that_counts_is_a_sum_and_one_that_tells_is_not() -> None:
    assert is_sum_line("Totalt 12 stemmer") and is_sum_line("Antall deltakere: 6") and is_sum_line("Sum: 126")
    for text in ("Sum av 3 små ting gjør at folk gir opp", "Totalt fravær av tillit", "Antall senger må opp"):
        assert not is_sum_line(text)


def test_a_table_on_its_first_row_only_holds_for_the_rows_below(project) -> None:
    project.put("a.csv", "Bord;Hvem;Innspill\n1;Bruker;En\n;;To\n2;;Tre\n;;Fire\n3;Ansatt;Fem\n")
    assert [(note.table, note.group, note.text) for note in project.read().notes] == [
        ("1", "bruker", "En"), ("1", "bruker", "To"), ("2", "", "Tre"), ("2", "", "Fire"), ("3", "ansatt", "Fem"),
    ]  # fmt: skip


def test_a_table_that_a_row_lacks_among_rows_that_each_have_one_is_not_guessed(project) -> None:
    project.put("a.csv", "Bord;Innspill\n1;En\n1;To\n;Tre\n2;Fire\n")
    assert [note.table for note in project.read().notes] == ["1", "1", "", "2"]


def test_what_one_answer_lacks_in_a_form_is_not_taken_from_the_one_above(project) -> None:
    rows = [["Kommune", "Hva er viktigst for deg?"], ["Time", "Ro"], ["", "Tid"], ["Klepp", "Hjelp"]]
    project.put("a.csv", project.csv_bytes(rows))
    assert [note.municipality for note in project.read().notes] == ["Time", "", "Klepp"]
