"""CSV and TSV: encodings, delimiters, quotes that never close."""

import pytest


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encodings_and_delimiters_give_the_same_notes(project, encoding: str, delimiter: str) -> None:
    rows = [["Innspill", "Kommune"], ["Nød; og, hjelp\tnå|«ja»", "Hå"], ["Éin til\nlinje", "hå kommune"]]
    project.put("liste.csv", project.csv_bytes(rows, encoding, delimiter))
    assert [(note.text, note.municipality) for note in project.notes()] == [
        ("Nød; og, hjelp\tnå|«ja»", "Hå"),
        ("Éin til\nlinje", "Hå"),
    ]


def test_a_sep_line_names_the_delimiter(project) -> None:
    project.put("liste.csv", "sep=|\r\nInnspill|Bord\r\na;b,c|7\r\n")
    (note,) = project.notes()
    assert (note.text, note.table, note.source_place) == ("a;b,c", "7", "rad 2")


def test_a_quote_that_never_closes_costs_no_other_row(project) -> None:
    project.put("liste.csv", 'Bord;Innspill\n1;"åpent sitat\n2;neste\n3;siste\n')
    found = project.read()
    assert [note.text for note in found.notes] == ['"åpent sitat', "neste", "siste"]
    assert [problem.place for problem in found.problems] == ["rad 2"]
