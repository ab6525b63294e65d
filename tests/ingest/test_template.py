"""The empty form for table hosts, and what comes back when it is filled in."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from kafe.ingest.template import write_template
from kafe.records import KafeError


@pytest.fixture
def session(project):
    project.session()
    return project.read().sessions[0]


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_an_empty_form_gives_no_notes_and_no_problems(project, session, suffix: str) -> None:
    write_template(session, project.raw / "kafe-1" / f"bordnotater{suffix}", tables=3)
    found = project.read()
    assert (found.notes, found.problems) == ((), ())


def test_a_filled_in_workbook_gives_what_was_written(project, session) -> None:
    path = project.raw / "kafe-1" / "bordnotater.xlsx"
    write_template(session, path, tables=2)
    book = load_workbook(path)
    sheet = book["Bord 1"]
    header = [cell.value for cell in sheet[1]]
    text, votes = header.index("Innspill") + 1, header.index("Stemmer") + 1
    sheet.cell(2, text).value, sheet.cell(2, votes).value = "Trygg bolig", 3
    sheet.cell(14, text).value = "Fastlegen (avklart)"
    book["Bord 2"].cell(2, text).value = "Uro"
    book.save(path)
    assert [(n.text, n.votes, n.table, n.round, n.question, n.group) for n in project.notes()] == [
        ("Trygg bolig", 3, "1", "1", "kjennetegn", "bruker"),
        ("Fastlegen (avklart)", 0, "1", "2", "hvem", "bruker"),
        ("Uro", 0, "2", "1", "kjennetegn", ""),
    ]


def test_a_filled_in_document_gives_what_was_written(project, session) -> None:
    path = project.raw / "kafe-1" / "bordnotater.docx"
    write_template(session, path, tables=2)
    document = Document(path)
    document.tables[1].cell(1, 0).text, document.tables[1].cell(1, 1).text = "Fastlegen", "2"
    document.tables[4].cell(2, 0).text = "Uro\nog søvnløshet"
    document.save(path)
    assert [(n.text, n.votes, n.table, n.question, n.group) for n in project.notes()] == [
        ("Fastlegen", 2, "1", "hvem", "bruker"),
        ("Uro\nog søvnløshet", 0, "2", "kjennetegn", ""),
    ]


def test_a_form_without_questions_can_be_filled_in_too(project) -> None:
    project.session("tom", toml='title = "=Uten spørsmål"\nkind = "kafebord"\n')
    session = project.read().sessions[0]
    path = project.raw / "tom" / "bordnotater.xlsx"
    write_template(session, path, tables=1)
    book = load_workbook(path)
    book["Bord 1"]["D2"] = "bolig"
    out = BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())
    assert [(note.text, note.table) for note in project.notes()] == [("bolig", "1")]


def test_an_existing_file_is_never_written_over(session, tmp_path: Path) -> None:
    path = tmp_path / "bordnotater.xlsx"
    path.write_text("viktig")
    with pytest.raises(KafeError, match="finnes allerede"):
        write_template(session, path)
    assert path.read_text() == "viktig"
    with pytest.raises(KafeError, match="xlsx"):
        write_template(session, tmp_path / "bordnotater.pdf")
