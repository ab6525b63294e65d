"""Workbooks: sheets, merged cells, formulas."""

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook


def xlsx_bytes(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


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
