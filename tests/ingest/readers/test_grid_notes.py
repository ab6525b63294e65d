"""CSV, TSV and XLSX: lists with one note a row and form exports with one question a column."""

import pytest

HEADER = ["Bord", "Runde", "Spørsmål", "Innspill", "Stemmer", "Dato"]


def test_norwegian_excel_csv_gives_every_field(project) -> None:
    rows = [HEADER, ["Bord 1", 2, 1, "Trygg bolig først", "3,0", "07.05.2025"]]
    project.put("liste.csv", project.csv_bytes(rows, "cp1252"))
    (note,) = project.notes()
    assert (note.text, note.table, note.round, note.question) == ("Trygg bolig først", "1", "2", "kjennetegn")
    assert (note.votes, note.date, note.group, note.kind) == (3, "2025-05-07", "bruker", "kafedialog")
    assert (note.source_file, note.source_place) == ("kafe-1/liste.csv", "rad 2")


def test_titles_above_the_header_and_a_repeated_header_are_listed(project) -> None:
    text = (
        "Innspill fra kafedialogen;;\n;;\nBord;Innspill;Stemmer\n2;En;1\nBord;Innspill;Stemmer\n3;To;\n4;;2\n"
    )
    project.put("liste.csv", text)
    found = project.read()
    assert [note.text for note in found.notes] == ["En", "To"]
    assert [(entry.place, entry.reason) for entry in found.skipped] == [
        ("rad 1", "tittel over tabellen"),
        ("rad 5", "gjentatt rad med kolonnenavn"),
        ("rad 7", "uten innspill"),
    ]
    (account,) = found.files
    assert (account.session, account.file) == ("kafe-1", "kafe-1/liste.csv")
    assert (account.rows, account.notes, account.skipped) == (5, 2, 3)
    assert [column.read_as for column in found.columns] == ["table", "text", "votes"]


def test_short_rows_are_read_and_a_last_text_cell_keeps_its_delimiters(project) -> None:
    project.put("liste.csv", "Bord;Innspill\n1;mat; hus; jobb\n2\n")
    found = project.read()
    assert [note.text for note in found.notes] == ["mat; hus; jobb"]
    assert [entry.place for entry in found.skipped] == ["rad 3"]


def test_a_row_with_cells_too_many_is_a_problem_and_not_guessed_at(project) -> None:
    project.put("liste.csv", "Innspill;Bord\nmat; hus;1\nbolig;2\n")
    found = project.read()
    assert [note.text for note in found.notes] == ["bolig"]
    assert [(problem.place, problem.file) for problem in found.problems] == [("rad 2", "kafe-1/liste.csv")]


def test_cells_are_never_evaluated(project) -> None:
    project.put("liste.csv", project.csv_bytes([["Innspill"], ["=1+1"], ["@SUM(A1)"], ["+47 er landet"]]))
    assert [note.text for note in project.notes()] == ["=1+1", "@SUM(A1)", "+47 er landet"]


def test_a_table_without_known_headers_is_a_problem_with_a_remedy(project) -> None:
    project.put("tall.csv", "1;2;3\n4;5;6\n")
    found = project.read()
    assert found.notes == () and found.files[0].rows == 2
    assert "Innspill" in found.problems[0].remedy


@pytest.mark.parametrize(("kind", "text", "votes"), [("kafebord", "bolig", 3), ("fritekst", "bolig +++", 0)])
def test_dot_votes_in_a_cell_count_at_the_tables_only(project, kind: str, text: str, votes: int) -> None:
    project.put("a.csv", "Bord;Innspill\n1;bolig +++\n", session="økt", kind=kind)
    assert [(note.text, note.votes) for note in project.notes()] == [(text, votes)]


def test_two_thousand_rows_take_less_than_a_second_of_work(project) -> None:
    from time import process_time

    rows: list[list[object]] = [HEADER]
    rows += [
        [n % 8, n % 4, n % 4 + 1, f"Innspill nummer {n} om bolig", n % 5, "06.05.2025"] for n in range(2000)
    ]
    project.put("liste.csv", project.csv_bytes(rows))
    start = process_time()
    found = project.read()
    assert len(found.notes) == 2000
    assert process_time() - start < 1
