"""Whatever lies in data/raw: a clear message that says where and what to do, and everything else read."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from kafe.ingest.project import read_project
from kafe.records import KafeError


def with_good_file(project):
    """Read the project after adding a good file, which must always come through."""
    project.put("god.csv", project.csv_bytes([["Innspill"], ["god"]]))
    found = project.read()
    assert "god" in [note.text for note in found.notes]
    for problem in found.problems:
        assert problem.message.strip() and problem.remedy.strip()
    return found


def test_a_missing_raw_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KafeError, match="undermappe"):
        read_project(tmp_path / "raw")


def test_an_empty_raw_folder_and_an_empty_session_are_problems(project) -> None:
    assert "ingen økter" in project.read().problems[0].message
    project.session()
    assert [problem.file for problem in project.read().problems] == ["kafe-1/"]


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


def test_two_sessions_with_the_same_id_are_both_read(project) -> None:
    project.put("a.csv", "Innspill\nen\n", session="Kafe 1")
    project.put("a.csv", "Innspill\nto\n", session="kafe-1")
    found = project.read()
    assert [(note.session, note.text) for note in found.notes] == [("Kafe 1", "en"), ("kafe-1-2", "to")]
    assert "samme id" in found.problems[0].message


def test_malformed_session_toml_names_line_and_key_and_keeps_the_rest(project) -> None:
    project.session(
        toml='title = "Kafe"\ndate = 2025-05-06\nkind = kafedialog\ngroup = "bruker"\n[questions]\nhvem = "Hvem?"\n'
    )
    found = with_good_file(project)
    (problem,) = found.problems
    assert (problem.file, problem.place) == ("kafe-1/session.toml", "linje 3, nøkkel «kind»")
    session = found.sessions[0]
    assert (session.title, session.date, session.group, session.questions) == (
        "Kafe",
        "2025-05-06",
        "bruker",
        {"hvem": "Hvem?"},
    )


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ('kind = "kaffe"', "nøkkel «kind»"),
        ('date = "i går"', "nøkkel «date»"),
        ("title = 3", "nøkkel «title»"),
        ('tittel = "x"', "nøkkel «tittel»"),
        ('[columns]\n"A" = "tekst"', "nøkkel «columns.A»"),
        ("[questions]\na = 1.5", "nøkkel «questions.a»"),
        ('questions = "x"', "nøkkel «questions»"),
    ],
)
def test_a_wrong_value_in_session_toml_names_its_key(project, line: str, place: str) -> None:
    project.session(toml=line + "\n")
    assert [problem.place for problem in with_good_file(project).problems] == [place]


def test_a_missing_session_toml_gives_defaults(project) -> None:
    (project.raw / "ny").mkdir()
    project.put("a.csv", "Innspill\nen\n", session="ny")
    found = project.read()
    assert (found.sessions[0].title, found.sessions[0].kind) == ("ny", "fritekst")
    assert found.problems[0].file == "ny/session.toml"


def test_office_locks_and_system_files_are_ignored_and_loose_files_named(project) -> None:
    for name in ("~$liste.xlsx", ".DS_Store", "Thumbs.db", ".gitkeep"):
        project.put(name, b"x")
    (project.raw / "navneliste.txt").write_text("Kari\n")
    (project.raw / "README.md").write_text("Om mappen\n")
    (project.raw / "løs.csv").write_text("Innspill\nx\n", encoding="utf-8")
    found = with_good_file(project)
    assert [account.file for account in found.files] == ["kafe-1/god.csv"]
    assert [problem.file for problem in found.problems] == ["løs.csv"]


def test_subfolders_are_read_and_links_are_not_followed(project, tmp_path: Path) -> None:
    outside = tmp_path / "utenfor.csv"
    outside.write_text("Innspill\nhemmelig\n", encoding="utf-8")
    folder = project.session()
    (folder / "dag 1").mkdir()
    (folder / "dag 1" / "a.csv").write_text("Innspill\nen\n", encoding="utf-8")
    (folder / "lenke.csv").symlink_to(outside)
    found = with_good_file(project)
    assert sorted(note.source_file for note in found.notes) == ["kafe-1/dag 1/a.csv", "kafe-1/god.csv"]
    assert [problem.file for problem in found.problems] == ["kafe-1/lenke.csv"]


def test_a_reader_that_fails_in_an_unforeseen_way_stops_no_other_file(project, monkeypatch) -> None:
    import kafe.ingest.readers.csv as csvfile

    def broken(text, *rest):
        if "krasj" in text:
            raise ZeroDivisionError("krasj Canari")
        return original(text, *rest)

    original = csvfile.read_csv
    monkeypatch.setattr(csvfile, "read_csv", broken)
    project.put("a.csv", "Innspill\nkrasj\n")
    (problem,) = with_good_file(project).problems
    assert "ZeroDivisionError" in problem.message and "Canari" not in repr(problem)
