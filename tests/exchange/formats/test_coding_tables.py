"""Codings as tables, out and in; no cell is a formula, and nothing is doubled."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafe.exchange.formats.coding_tables import (
    TIDY,
    CodingTable,
    highlights_as_tidy,
    read_tidy,
    read_wide,
    tidy,
    wide,
)
from kafe.exchange.formats.spreadsheets import (
    csv_bytes,
    escaped,
    header_of,
    read_table,
    unescaped,
    xlsx_bytes,
)
from kafe.exchange.plan import ProjectState, make_plan
from kafe.exchange.records import Outgoing
from kafe.records import Coding

dangerous = st.text(alphabet="=+-@'\t\ra ;\"\nø😀", max_size=8)


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def by_id(outgoing: Outgoing) -> dict:
    return {note.id: note for note in outgoing.notes}


def write(path: Path, table: CodingTable) -> Path:
    path.write_bytes(csv_bytes(table) if path.suffix == ".csv" else xlsx_bytes(table, "kodinger"))
    return path


def test_tidy_is_one_row_a_coding_with_everything_about_it(outgoing: Outgoing) -> None:
    table = tidy(outgoing)
    assert table.header == TIDY
    assert len(table.rows) == len(outgoing.codings)
    first = dict(zip(table.header, table.rows[0], strict=True))
    assert first["innspill"] == "n-0"
    assert (first["start"], first["slutt"], first["sitat"]) == (5, 19, "har ikke bolig")
    assert (first["kode"], first["kodenavn"], first["kodesti"]) == ("bolig", "Bolig", "Tema › Bolig")
    assert (first["koder"], first["memo"], first["bord"]) == ("kari", "Viktig\n«her»", "1")
    assert [row[0] for row in tidy(outgoing, ["per"]).rows] == ["n-0", "n-1"]


def test_machines_have_no_rows(outgoing: Outgoing) -> None:
    machine = replace(outgoing.codings[0], id="f" * 32, coder="rule:1")
    assert tidy(replace(outgoing, codings=(machine,))).rows == []
    assert all(cell == 0 for row in wide(replace(outgoing, codings=(machine,))).rows for cell in row[-3:])


def test_wide_is_one_where_a_person_put_the_code_and_else_zero(outgoing: Outgoing) -> None:
    table = wide(outgoing)
    assert table.header[-4:] == ("ferdig", "bolig", "samarbeid", "nav")
    cells = {row[0]: row[-4:] for row in table.rows}
    assert cells == {
        "n-0": [1, 1, 0, 1],
        "n-1": [1, 0, 0, 1],
        "n-2": [0, 0, 0, 0],
        "n-3": [0, 1, 0, 0],
        "n-4": [0, 0, 0, 0],
    }
    assert {row[0]: row[-4:] for row in wide(outgoing, ["per"]).rows}["n-0"] == [0, 1, 0, 0]


def test_csv_is_as_the_projects_other_tables(outgoing: Outgoing) -> None:
    data = csv_bytes(tidy(outgoing))
    assert data.startswith(b"\xef\xbb\xbfinnspill;")
    assert data == csv_bytes(tidy(replace(outgoing, codings=outgoing.codings[::-1])))


@given(st.lists(st.lists(dangerous, min_size=2, max_size=2), max_size=4))
def test_no_cell_of_a_csv_file_is_a_formula_and_all_come_back(
    tmp_path_factory, rows: list[list[str]]
) -> None:
    data = csv_bytes(CodingTable(("a", "b"), [list(row) for row in rows]))
    for row in rows_of(data):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    path = tmp_path_factory.getbasetemp() / "farlig.csv"
    path.write_bytes(data)
    kept = [row for row in rows if any(cell.strip() or cell.startswith("'") for cell in row)]
    assert [list(row.values()) for row in read_table(data, path.name)] == kept


@given(dangerous)
def test_escaping_is_undone_exactly(text: str) -> None:
    assert unescaped(escaped(text)) == text


def test_text_in_a_workbook_is_text_and_equal_tables_are_equal_bytes(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    table = CodingTable(("a", "b"), [["=1+1", 5], ["- punkt 😀", 0], ["x\x00y", 1]])
    data = xlsx_bytes(table, "kodinger")
    assert data == xlsx_bytes(table, "kodinger")
    book = load_workbook(io.BytesIO(data))
    sheet = book["kodinger"]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n"]
    assert sheet["A2"].value == "=1+1"
    path = tmp_path / "t.xlsx"
    assert [row["a"] for row in read_table(data, path.name)] == ["=1+1", "- punkt 😀", "x\ufffdy"]
    assert header_of(data, path.name) == ["a", "b"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_tidy_table_comes_back_as_the_same_codings(outgoing: Outgoing, tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"t{suffix}", tidy(outgoing))
    rows = read_table(path.read_bytes(), path.name)
    incoming = read_tidy(rows, by_id(outgoing), outgoing.codebook)
    plan = make_plan(incoming, ProjectState(outgoing.notes, outgoing.codebook), origin="import:x")

    def same(coding: Coding) -> Coding:
        return replace(coding, origin="")

    assert set(map(same, plan.codings)) == set(map(same, outgoing.codings))
    again = make_plan(
        incoming,
        ProjectState(outgoing.notes, outgoing.codebook, standing=outgoing.codings),
        origin="import:x",
    )
    assert (again.changes, again.there) == (False, len(outgoing.codings))


def test_a_coders_own_file_is_taken_in_with_finished_marks(outgoing: Outgoing) -> None:
    rows = [
        {"innspill": "n-0", "sitat": "ikke bolig", "kode": "bolig", "koder": "åse", "tidspunkt": ""},
        {"innspill": "n-1", "sitat": "", "kode": "nav", "koder": "åse"},
        {"innspill": "n-1", "sitat": "", "kode": "", "koder": "åse"},
        {"innspill": "n-9", "sitat": "", "kode": "nav", "koder": "åse"},
        {"innspill": "n-0", "sitat": "står ikke her", "kode": "nav", "koder": "åse"},
        {"innspill": "n-0", "sitat": "ikke", "kode": "tema", "koder": "åse"},
        {"innspill": "n-0", "sitat": "ikke", "kode": "nav", "koder": "model:x"},
    ]
    incoming = read_tidy(rows, by_id(outgoing), outgoing.codebook)
    plan = make_plan(incoming, ProjectState(outgoing.notes, outgoing.codebook), origin="import:x")
    assert [(c.note_id, c.start, c.end, c.code) for c in plan.codings] == [
        ("n-0", 9, 19, "bolig"),
        ("n-1", 0, len(outgoing.notes[1].text), "nav"),
    ]
    assert plan.finished == (("åse", "n-1"),)
    assert plan.losses == {"row_note": 1}
    assert plan.left_out == {"position": 1, "heading": 1, "machine": 1}


def test_codes_of_a_table_that_are_new_are_offered_under_their_path(outgoing: Outgoing) -> None:
    row = {"innspill": "n-0", "sitat": "ringe", "kode": "telefon", "kodenavn": "Telefon", "koder": "åse"}
    rows = [
        {**row, "kodesti": "Kontakt › Telefon"},
        {**row, "sitat": "ingen", "kodesti": "Kontakt › Telefon"},
    ]
    incoming = read_tidy(rows, by_id(outgoing), outgoing.codebook)
    plan = make_plan(incoming, ProjectState(outgoing.notes, outgoing.codebook), origin="import:x")
    assert [(code.id, code.name, code.parent, code.codable) for code in plan.codes] == [
        ("kontakt", "Kontakt", "", False),
        ("telefon", "Telefon", "kontakt", True),
    ]
    assert [coding.code for coding in plan.codings] == ["telefon", "telefon"]


def test_a_wide_table_adds_only_codes_the_coder_has_not_put_there(outgoing: Outgoing, tmp_path: Path) -> None:
    path = write(tmp_path / "w.csv", wide(outgoing))
    rows = read_table(path.read_bytes(), path.name)
    rows[2]["samarbeid"] = "1"
    rows[4]["nav"] = "kanskje"
    incoming = read_wide(rows, by_id(outgoing), outgoing.codebook)
    known = ProjectState(outgoing.notes, outgoing.codebook, standing=outgoing.codings)
    plan = make_plan(incoming, known, origin="import:x", coder="kari")
    assert [(c.note_id, c.code, c.coder) for c in plan.codings] == [
        ("n-1", "nav", "kari"),
        ("n-2", "samarbeid", "kari"),
    ]
    assert (plan.there, plan.losses) == (3, {"cell": 1})
    assert make_plan(incoming, known, origin="import:x").left_out == {"coder": 5}


def test_highlights_from_taguette_are_codings_where_the_quote_stands_once(outgoing: Outgoing) -> None:
    rows = [
        {"id": "1", "document": "n-0", "tag": "Bolig", "content": "ikke bolig"},
        {"id": "2", "document": "n-1.txt", "tag": "telefon", "content": "NAV"},
        {"id": "3", "document": "n-1", "tag": "", "content": "NAV"},
    ]
    incoming = read_tidy(highlights_as_tidy(rows), by_id(outgoing), outgoing.codebook)
    plan = make_plan(
        incoming, ProjectState(outgoing.notes, outgoing.codebook), origin="import:x", coder="kari"
    )
    assert [(c.note_id, c.quote, c.code) for c in plan.codings] == [
        ("n-0", "ikke bolig", "bolig"),
        ("n-1", "NAV", "telefon"),
    ]
    assert [code.id for code in plan.codes] == ["telefon"]
