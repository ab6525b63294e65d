"""Rows of tables: numbered as a spreadsheet shows them, whatever delimiter, quote or cell is met."""

import csv
import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from kafe.files import tables
from kafe.files.archives import NotAnArchiveError

CELLS = st.text(st.sampled_from('abcæøå ";,\t\n'))


def workbook(*rows: list) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1), mark=st.sampled_from(";,\t"))
def test_what_is_written_as_csv_comes_back_row_by_row(rows, mark):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=mark, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(rows)
    for strict in (False, True):
        found = tables.csv_rows(stream.getvalue(), mark, strict=strict)
        assert [(row.number, row.cells, row.broken) for row in found] == [
            (number, row, False) for number, row in enumerate(rows, 1)
        ]


@pytest.mark.parametrize(
    ("text", "mark"),
    [("a;b;c,d\n1,2,3,4,5", ";"), ("a,b\n", ","), ("a\tb", "\t"), ("a", ";"), ("", ";"), ("a;b,c", ";")],
)
def test_the_first_line_says_which_delimiter(text, mark):
    assert tables.delimiter_of(text) == mark


def test_known_headers_say_it_before_counts_do():
    text = "Skrevet ut; i dag; av; oss\nkode,navn\n"
    known = lambda cells: len({"kode", "navn"} & {*cells})  # noqa: E731
    assert tables.delimiter_of(text, known, rows=2) == ","
    assert tables.delimiter_of(text, known) == ";"


def test_a_quote_that_is_never_closed_spoils_its_own_row_only():
    found = tables.csv_rows('a;b\n1;"åpen;x\n2;y\n3;z\n')
    assert [row.cells for row in found] == [["a", "b"], ["1", '"åpen', "x"], ["2", "y"], ["3", "z"]]
    assert [row.number for row in found if row.broken] == [2]


def test_text_after_a_closed_quote_is_broken_only_where_that_matters():
    text = 'a;b\n"x"y;z\n1;2\n'
    assert [row.broken for row in tables.csv_rows(text)] == [False, False, False]
    assert [row.broken for row in tables.csv_rows(text, strict=True)] == [False, True, False]


def test_long_cells_are_read_and_the_limit_of_others_is_left_alone():
    before = csv.field_size_limit()
    (row,) = tables.csv_rows(f"{'x' * 200_000};y")
    assert len(row.cells[0]) == 200_000
    assert csv.field_size_limit() == before


def test_the_first_rows_can_be_had_alone():
    assert [row.number for row in tables.csv_rows("a\nb\nc\n", most=2)] == [1, 2]


def test_a_workbook_gives_texts_as_people_wrote_them():
    data = workbook(["Tall", 3.0, 2.5, None, True], [], [date(2025, 5, 6), datetime(2025, 5, 6, 12, 30)])
    rows = tables.sheet_rows(tables.open_workbook(data, streamed=True).worksheets[0])
    assert [row.number for row in rows] == [1, 2, 3]
    assert rows[0].cells == ["Tall", "3", "2.5", "", "True"]
    assert rows[2].cells[:2] == ["2025-05-06T00:00:00", "2025-05-06T12:30:00"]


def test_a_damaged_workbook_and_one_that_is_none_are_told_apart():
    with pytest.raises(NotAnArchiveError):
        tables.open_workbook(b"hei")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "ikke xml")
    with pytest.raises(tables.DamagedError):
        tables.open_workbook(stream.getvalue())


def test_a_sheet_of_too_many_cells_is_refused(monkeypatch):
    monkeypatch.setattr(tables, "_MOST_CELLS", 3)
    book = tables.open_workbook(workbook(["a", "b"], ["c", "d"]))
    with pytest.raises(tables.TooLargeError):
        tables.sheet_rows(book.worksheets[0])
