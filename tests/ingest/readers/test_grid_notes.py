"""CSV, TSV and XLSX: lists with one note a row and form exports with one question a column."""

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

HEADER = ["Bord", "Runde", "Spørsmål", "Innspill", "Stemmer", "Dato"]


def xlsx_bytes(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_norwegian_excel_csv_gives_every_field(project) -> None:
    rows = [HEADER, ["Bord 1", 2, 1, "Trygg bolig først", "3,0", "07.05.2025"]]
    project.put("liste.csv", project.csv_bytes(rows, "cp1252"))
    (note,) = project.notes()
    assert (note.text, note.table, note.round, note.question) == ("Trygg bolig først", "1", "2", "kjennetegn")
    assert (note.votes, note.date, note.group, note.kind) == (3, "2025-05-07", "bruker", "kafedialog")
    assert (note.source_file, note.source_place) == ("kafe-1/liste.csv", "rad 2")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encodings_and_delimiters_give_the_same_notes(project, encoding: str, delimiter: str) -> None:
    rows = [["Innspill", "Kommune"], ["Nød; og, hjelp\tnå|«ja»", "Hå"], ["Éin til\nlinje", "hå kommune"]]
    project.put("liste.csv", project.csv_bytes(rows, encoding, delimiter))
    assert [(note.text, note.municipality) for note in project.notes()] == [
        ("Nød; og, hjelp\tnå|«ja»", "Hå"),
        ("Éin til\nlinje", "Hå"),
    ]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("  INNSPILL: ", "text"),
        ("Innspel", "text"),
        ("Kommentar (valfritt)", "text"),
        ("Comments", "text"),
        ("Bord nr.", "table"),
        ("Kafébord", "table"),
        ("Spørsmålsnr", "question"),
        ("Spm", "question"),
        ("Gruppe/rolle", "group"),
        ("Antall prikker", "votes"),
        ("røyster", "votes"),
        ("E-post", "personal"),
        ("Hva er navnet ditt?", "personal"),
        ("Telefonnr.", "personal"),
        ("IP-adresse", "personal"),
        ("Brukernavn", "personal"),
        ("Fullføringstidspunkt", "stamp"),
        ("$submission_id", "meta"),
        ("Navn på tiltaket", ""),
        ("Hva er viktig for deg?", ""),
    ],
)
def test_headers_are_recognised_in_both_written_standards_and_english(header: str, field: str) -> None:
    from kafe.ingest.meaning.headers import meaning

    assert meaning(header) == field


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
    assert account.left_out == ()


def test_a_sep_line_names_the_delimiter(project) -> None:
    project.put("liste.csv", "sep=|\r\nInnspill|Bord\r\na;b,c|7\r\n")
    (note,) = project.notes()
    assert (note.text, note.table, note.source_place) == ("a;b,c", "7", "rad 2")


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


def test_a_quote_that_never_closes_costs_no_other_row(project) -> None:
    project.put("liste.csv", 'Bord;Innspill\n1;"åpent sitat\n2;neste\n3;siste\n')
    found = project.read()
    assert [note.text for note in found.notes] == ['"åpent sitat', "neste", "siste"]
    assert [problem.place for problem in found.problems] == ["rad 2"]


def test_cells_are_never_evaluated(project) -> None:
    project.put("liste.csv", project.csv_bytes([["Innspill"], ["=1+1"], ["@SUM(A1)"], ["+47 er landet"]]))
    assert [note.text for note in project.notes()] == ["=1+1", "@SUM(A1)", "+47 er landet"]


def test_personal_columns_are_named_but_never_read(project) -> None:
    project.put(
        "liste.csv",
        project.csv_bytes([["Navn", "E-post", "Innspill"], ["Kari Canari", "k@eksempel.no", "bolig"]]),
    )
    found = project.read()
    assert "Canari" not in repr(found) and "eksempel.no" not in repr(found)
    assert [left.split(" (")[0] for left in found.files[0].left_out] == ["«Navn»", "«E-post»"]


def test_columns_of_session_toml_go_before_the_known_words(project) -> None:
    toml = 'title="x"\nkind="kafedialog"\n[columns]\n"Hva sa bordet" = "text"\n"Kommentar" = "ignore"\n'
    project.session(toml=toml)
    project.put("liste.csv", "Kommentar;Hva sa bordet\nhemmelig;bolig\n")
    assert [note.text for note in project.notes()] == ["bolig"]


def test_forms_export_has_a_question_a_column(project) -> None:
    rows = [
        ["ID", "Start time", "Completion time", "Email", "Name", "1. Hvem kan avgjøre at noen er i rød kategori",
         "Hva er viktigst for deg?", "Rolle", "Kommune"],
        ["1", "2025-05-08 10:00", "2025-05-08 10:05", "a@b.no", "Ola", "Fastlegen", "", "Pårørande", "TIME"],
        ["2", "", "", "", "", "", "Tid", "bruker", ""],
        ["3", "", "", "", "", "", "", "", "Time"],
    ]  # fmt: skip
    project.put("svar.csv", project.csv_bytes(rows))
    found = project.read()
    first, second = found.notes
    assert (first.question, first.date, first.group, first.municipality) == (
        "hvem",
        "2025-05-08",
        "pårørende",
        "Time",
    )
    assert (second.question, second.text, second.date) == ("hva-er-viktigst-for-deg", "Tid", "2025-05-06")
    assert found.sessions[0].questions["hva-er-viktigst-for-deg"] == "Hva er viktigst for deg?"
    assert (found.files[0].rows, found.files[0].skipped, found.skipped[0].place) == (3, 1, "rad 4")
    assert first.source_place == "rad 2, kolonne F"


def test_a_table_column_beside_question_columns_still_makes_a_form_export(project) -> None:
    project.put("svar.csv", "Bord;Hva mener dere?;Noe å legge til\n1;ja;\n2;;takk\n")
    assert [(note.table, note.question, note.text) for note in project.notes()] == [
        ("1", "hva-mener-dere", "ja"),
        ("2", "noe-a-legge-til", "takk"),
    ]


def test_without_a_text_header_the_fullest_column_of_a_list_is_the_text(project) -> None:
    project.put("liste.csv", "Bord;Hva sa bordet;Kode\n1;en hel setning;a\n2;enda en setning;b\n")
    found = project.read()
    assert [note.text for note in found.notes] == ["en hel setning", "enda en setning"]
    assert found.files[0].left_out[0].startswith("«Kode» (C): ukjent kolonne")


def test_nettskjema_export_sets_its_own_columns_aside(project) -> None:
    rows = [
        ["$submission_id", "$created", "$answer_time_ms", "Hva skal skje når noen er i rød kategori?"],
        ["9", "2025-05-09T12:00:00", "100", "Ring teamet"],
    ]
    project.put("svar.csv", project.csv_bytes(rows))
    (note,) = project.notes()
    assert (note.question, note.date, note.text) == ("hva", "2025-05-09", "Ring teamet")


def test_a_table_without_known_headers_is_a_problem_with_a_remedy(project) -> None:
    project.put("tall.csv", "1;2;3\n4;5;6\n")
    found = project.read()
    assert found.notes == () and found.files[0].rows == 2
    assert "Innspill" in found.problems[0].remedy


@pytest.mark.parametrize(
    ("cell", "question"),
    [
        ("2", "hvem"),
        ("2.0", "hvem"),
        ("Spørsmål 3", "hva"),
        ("tiltak", "tiltak"),
        ("4. Hvilke tiltak skal settes igang", "tiltak"),
        ("Kva kjenneteiknar ein innbyggjar i raud kategori?", "kjennetegn"),
        ("Hva kjennetegner en innbygger", "kjennetegn"),
        ("Noe helt annet", "noe-helt-annet"),
    ],
)
def test_a_question_is_found_by_id_number_or_wording(project, cell: str, question: str) -> None:
    project.put("liste.csv", project.csv_bytes([["Spørsmål", "Innspill"], [cell, "x"]]))
    (note,) = project.notes()
    assert note.question == question


@pytest.mark.parametrize(
    ("cell", "votes"),
    [
        ("3", 3),
        ("3,0", 3),
        ("3.0", 3),
        ("", 0),
        ("-", 0),
        ("+++", 3),
        ("●● ●", 3),
        ("2 røyster", 2),
        ("x4", 4),
    ],
)
def test_votes_are_read_as_people_write_them(project, cell: str, votes: int) -> None:
    project.put("liste.csv", project.csv_bytes([["Innspill", "Stemmer"], ["bolig", cell]]))
    assert project.notes()[0].votes == votes


@pytest.mark.parametrize(("kind", "text", "votes"), [("kafebord", "bolig", 3), ("fritekst", "bolig +++", 0)])
def test_dot_votes_in_a_cell_count_at_the_tables_only(project, kind: str, text: str, votes: int) -> None:
    project.put("a.csv", "Bord;Innspill\n1;bolig +++\n", session="økt", kind=kind)
    assert [(note.text, note.votes) for note in project.notes()] == [(text, votes)]


def test_votes_that_are_no_number_are_a_problem_at_their_cell(project) -> None:
    project.put("liste.csv", project.csv_bytes([["Innspill", "Stemmer"], ["bolig", "mange, tror jeg"]]))
    found = project.read()
    assert (found.notes[0].votes, found.problems[0].place) == (0, "rad 2, kolonne B")


@pytest.mark.parametrize(
    ("cell", "date"),
    [("06.05.2025", "2025-05-06"), ("6.5.25", "2025-05-06"), ("2025-05-06 10:31", "2025-05-06"),
     ("6. mai 2025", "2025-05-06"), ("45783", "2025-05-06"), ("31.02.2025", ""), ("i går", "")],
)  # fmt: skip
def test_dates_become_iso(cell: str, date: str) -> None:
    from kafe.ingest.meaning.values import as_date

    assert as_date(cell) == date


def test_xlsx_reads_visible_sheets_and_lists_hidden_ones(project) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Bord 3"
    sheet.append(["Innspill", "Stemmer", "Dato"])
    sheet.append(["Bolig", 2.0, datetime(2025, 5, 7)])
    second = book.create_sheet("Bord 4")
    second.append(["Innspill"])
    second.append(["Jobb"])
    hidden = book.create_sheet("Skjult")
    hidden.append(["Innspill"])
    hidden.append(["ikke med"])
    hidden.sheet_state = "hidden"
    project.put("bord.xlsx", xlsx_bytes(book))
    found = project.read()
    assert [(note.text, note.table, note.votes, note.date) for note in found.notes] == [
        ("Bolig", "3", 2, "2025-05-07"),
        ("Jobb", "4", 0, "2025-05-06"),
    ]
    assert [(entry.place, entry.reason, entry.rows) for entry in found.skipped] == [
        ("ark «Skjult»", "skjult ark", 2)
    ]
    assert found.notes[0].source_place == "ark «Bord 3», rad 2"


def test_a_merged_cell_counts_for_all_its_rows_and_merged_text_is_one_note(project) -> None:
    book = Workbook()
    sheet = book.active
    for row in (["Bord", "Innspill"], [5, "En"], [None, "To"], [6, "Tre"], [6, None]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B4:B5")
    project.put("bord.xlsx", xlsx_bytes(book))
    found = project.read()
    assert [(note.table, note.text) for note in found.notes] == [("5", "En"), ("5", "To"), ("6", "Tre")]
    assert [entry.reason for entry in found.skipped] == [
        "del av en sammenslått celle som er lest på raden over"
    ]


def test_a_formula_without_a_saved_value_is_a_problem_and_is_not_computed(project) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Innspill", "Stemmer"])
    sheet.append(["Bolig", "=1+2"])
    sheet.append(['=CONCATENATE("a","b")', 1])
    project.put("bord.xlsx", xlsx_bytes(book))
    found = project.read()
    assert [(note.text, note.votes) for note in found.notes] == [("Bolig", 0)]
    assert sorted(problem.place for problem in found.problems) == [
        "ark «Sheet», celle A3",
        "ark «Sheet», celle B2",
    ]


def test_a_formatted_cell_at_the_far_corner_costs_nothing(project) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Innspill"])
    sheet.append(["Bolig"])
    sheet["XFD1048576"].number_format = "0.00"
    project.put("bord.xlsx", xlsx_bytes(book))
    assert [note.text for note in project.notes()] == ["Bolig"]


def test_merged_cells_over_a_whole_sheet_are_refused(project) -> None:
    book = Workbook()
    book.active.append(["Innspill"])
    book.active.merge_cells("C1:D1")
    packed = BytesIO(xlsx_bytes(book))
    out = BytesIO()
    with ZipFile(packed) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'"C1:D1"', b'"C1:XFD1048576"'))
    project.put("bord.xlsx", out.getvalue())
    assert "pakkes ut" in project.read().problems[0].message


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
