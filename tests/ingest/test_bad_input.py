"""Whatever lies in data/raw: a clear message that says where and what to do, and everything else read."""

import zipfile
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter


def with_good_file(project):
    """Read the project after adding a good file, which must always come through."""
    project.put("god.csv", project.csv_bytes([["Innspill"], ["god"]]))
    found = project.read()
    assert "god" in [note.text for note in found.notes]
    for problem in found.problems:
        assert problem.message.strip() and problem.remedy.strip()
    return found


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("tom.csv", b"", "tom"),
        ("bare-bom.txt", b"\xef\xbb\xbf\n ", "tom"),
        ("bilde.jpg", b"\xff\xd8\xff", "Filtypen .jpg"),
        ("gammel.xls", b"\xd0\xcf\x11\xe0", "Filtypen .xls"),
        ("uten-endelse", b"hei", "Filtypen –"),
        ("dos.csv", "Innspill\nNød på Hå og øy\n".encode("cp865"), "Tegnkodingen"),
        ("mac.csv", "Innspill\nFærre følger på råd\n".encode("mac_roman"), "Tegnkodingen"),
        ("utf16-avkortet.csv", "Innspill\nhei\n".encode("utf-16-le")[:-1], "Tegnkodingen"),
        ("dobbelt.csv", "Innspill\nnød på Hå\n".encode().decode("cp1252").encode(), "Tegnkodingen"),
        ("blandet.csv", "Innspill\nnød\n".encode() + "hå\n".encode("cp1252"), "Tegnkodingen"),
        ("tapt.csv", "Innspill\nn�d\n".encode(), "gått tapt"),
        ("ikke-zip.docx", b"hei", "ikke et DOCX"),
        ("ikke-zip.xlsx", b"hei", "ikke en XLSX"),
        ("ikke.pdf", b"hei", "ødelagt"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_a_remedy(project, name, content, message) -> None:
    project.put(name, content)
    (problem,) = with_good_file(project).problems
    assert problem.file == f"kafe-1/{name}"
    assert message in problem.message


def zip_bytes(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(("name", "member"), [("x.docx", "word/document.xml"), ("x.xlsx", "xl/workbook.xml")])
def test_a_damaged_office_file_and_a_zip_bomb_are_problems(project, name: str, member: str) -> None:
    project.put(name, zip_bytes({member: b"<not closed"}))
    project.put(f"bombe-{name}", zip_bytes({member: b" " * 40_000_000}))
    messages = {problem.file: problem.message for problem in with_good_file(project).problems}
    assert "ødelagt" in messages[f"kafe-1/{name}"]
    assert "pakkes ut" in messages[f"kafe-1/bombe-{name}"]


def test_an_entity_bomb_in_a_workbook_is_a_problem(project) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><workbook>&d;</workbook>'
    project.put("x.xlsx", zip_bytes({"xl/workbook.xml": bomb, "[Content_Types].xml": b"<Types/>"}))
    assert len(with_good_file(project).problems) == 1


def test_encrypted_and_scanned_pdfs_are_problems_and_a_blank_page_is_listed(project) -> None:
    project.put("skannet.pdf", project.pdf_bytes([[]]))
    project.put("delvis.pdf", project.pdf_bytes([["Dette er en setning om bolig og arbeid."], []]))
    writer = PdfWriter(clone_from=PdfReader(BytesIO(project.pdf_bytes([["Hemmelig tekst her."]]))))
    writer.encrypt("passord", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    project.put("låst.pdf", out.getvalue())
    found = with_good_file(project)
    assert {problem.file: problem.remedy for problem in found.problems} == {
        "kafe-1/låst.pdf": "Lagre en kopi uten passord.",
        "kafe-1/skannet.pdf": "Kjør tekstgjenkjenning (OCR) på den, eller bruk den opprinnelige filen.",
    }
    assert [(entry.file, entry.place) for entry in found.skipped] == [("kafe-1/delvis.pdf", "side 2")]


def test_a_note_of_200_000_characters_and_notes_without_letters_are_kept_whole(project) -> None:
    long = "bolig og arbeid " * 12_500
    project.put("lang.csv", project.csv_bytes([["Innspill"], [long], ["😀😀"], ["42"], ["!!!"]]))
    assert [note.text for note in project.notes()] == [long.strip(), "😀😀", "42", "!!!"]
