"""Table hosts' notes in TXT, MD and DOCX."""

from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml

from kafe.ingest.layout.lines import take_votes
from kafe.ingest.meaning.headings import named_in, parse_heading

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_bytes(document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_headings_bullets_and_votes_of_a_markdown_file(project) -> None:
    project.put(
        "notat.md",
        "# Kafedialog\n## Bord 3 – runde 2\nBordvert: Kari Canari\nGruppe: pårørande\nKommune: Time\n\n"
        "### Spørsmål 1: Hva kjennetegner\n\n- Mange kriser (3 prikker)\n  - legevakt\n  - politi x2\n"
        "* trygg bolig +++\n1. linjetjenesten må\nstyrkes\n\nEt avsnitt.\n\n## Bord 4\n- uten spørsmål\n",
    )
    found = project.read()
    notes = found.notes
    assert [(note.text, note.votes) for note in notes] == [
        ("Mange kriser\n- legevakt\n- politi", 5),
        ("trygg bolig", 3),
        ("1. linjetjenesten må styrkes", 0),
        ("Et avsnitt.", 0),
        ("uten spørsmål", 0),
    ]
    assert {(n.table, n.round, n.question, n.group, n.municipality) for n in notes[:4]} == {
        ("3", "2", "kjennetegn", "pårørende", "Time")
    }
    assert (notes[4].table, notes[4].round, notes[4].question, notes[4].group) == ("4", "", "", "")
    assert notes[0].source_place == "linje 9"
    assert "Canari" not in repr(found)
    assert "navn på bordvert eller deltakere" in [entry.reason for entry in found.skipped]
    assert found.problems == ()


def test_plain_text_lines_are_notes_and_wrapped_lines_are_one(project) -> None:
    project.put(
        "bord.txt",
        "BORD NR. 5\nSpørsmål 2\n\nfastlegen\n-uten mellomrom\n☐ avkryssing\na) bokstav\n"
        "Dette er en lang linje som tekstprogrammet har brutt der det var slutt på\nbredden, midt i en setning.\n"
        "Hva skal skje når noen er i rød kategori?\n• Kommune: må bidra\n",
    )
    notes = project.notes()
    assert [note.text for note in notes] == [
        "fastlegen",
        "uten mellomrom",
        "avkryssing",
        "bokstav",
        "Dette er en lang linje som tekstprogrammet har brutt der det var slutt på bredden, midt i en setning.",
        "Kommune: må bidra",
    ]
    assert [note.question for note in notes] == ["hvem"] * 5 + ["hva"]
    assert {note.table for note in notes} == {"5"}


def test_the_file_name_gives_the_table_when_no_heading_does(project) -> None:
    project.put("bord-7.md", "- bolig\n")
    project.put("notat.md", "Bord 2\n\n- jobb\n")
    assert {note.text: note.table for note in project.notes()} == {"bolig": "7", "jobb": "2"}


def test_a_title_above_the_first_heading_is_not_a_note(project) -> None:
    project.put("notat.txt", "Kafedialog i mai\nBord: 1\nRunde: 2\n\nbolig\n")
    found = project.read()
    assert [(note.text, note.table, note.round) for note in found.notes] == [("bolig", "1", "2")]
    assert [entry.place for entry in found.skipped] == ["linje 1", "linje 2", "linje 3"]


def test_tables_under_rounds_and_questions_keep_what_stands_above_them(project) -> None:
    project.put("a.md", "# Runde 1\n## Bord 1\n- a\n## Bord 2\n- b\n# Runde 2\n## Bord 1\n- c\n")
    assert [(n.text, n.round, n.table) for n in project.notes()] == [
        ("a", "1", "1"),
        ("b", "1", "2"),
        ("c", "2", "1"),
    ]


def test_a_colon_line_and_a_bold_line_head_what_follows(project) -> None:
    project.put(
        "bord-1.md", "**Hvilke tiltak skal settes i gang:**\n- bolig\n\nParkeringsplass:\n- kantine\n"
    )
    found = project.read()
    assert [(note.text, note.question) for note in found.notes] == [
        ("bolig", "tiltak"),
        ("kantine", "tiltak"),
    ]
    assert [entry.reason for entry in found.skipped] == ["overskrift", "overskrift"]


def test_an_unknown_question_heading_becomes_a_question_of_the_session(project) -> None:
    project.put("bord-1.md", "## Spørsmål 9: Hva mangler i dag?\n- tid\n")
    found = project.read()
    assert found.notes[0].question == "hva-mangler-i-dag"
    assert found.sessions[0].questions["hva-mangler-i-dag"] == "Hva mangler i dag?"


@pytest.mark.parametrize(
    ("text", "left", "votes"),
    [
        ("bolig (3 prikker)", "bolig", 3),
        ("bolig (2 røyster).", "bolig", 2),
        ("bolig [1 stemme]", "bolig", 1),
        ("bolig – 4 prikkar", "bolig", 4),
        ("bolig +++", "bolig", 3),
        ("bolig+++", "bolig", 3),
        ("bolig x3", "bolig", 3),
        ("bolig ×2", "bolig", 2),
        ("bolig ●●●", "bolig", 3),
        ("bolig ● ●", "bolig", 2),
        ("bolig +", "bolig", 1),
        ("for de over 65 +", "for de over 65 +", 0),
        ("18+", "18+", 0),
        ("vi er 3 til bords", "vi er 3 til bords", 0),
        ("se punkt (3)", "se punkt (3)", 0),
        ("+++", "+++", 0),
    ],
)
def test_dot_votes_leave_the_text(text: str, left: str, votes: int) -> None:
    assert take_votes(text) == (left, votes)


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("Bord 3", {"table": "3"}),
        ("Bord nr. 3 / Runde 2", {"table": "3", "round": "2"}),
        ("bord tre, 2. runde", {"table": "3", "round": "2"}),
        ("Bord A: Spørsmål 2", {"table": "A", "question": "2"}),
        ("Spørsmål 1: Hva nå?", {"question": "Spørsmål 1: Hva nå?"}),
        ("Table 4, round 1", {"table": "4", "round": "1"}),
        ("Bordvert – Kari", {}),
        ("Bordvert: Kari", {"personal": ""}),
        ("Bord 2, bordvert: Kari", {"table": "2", "personal": ""}),
        ("Dato: 6. mai 2025", {"date": "2025-05-06"}),
        ("Bordet var enig", {}),
    ],
)
def test_headings_name_their_fields(heading: str, fields: dict[str, str]) -> None:
    assert parse_heading(heading)[0] == fields


def test_file_and_sheet_names_give_table_and_round() -> None:
    assert named_in("2025_bord_3_runde 2") == {"table": "3", "round": "2"}
    assert named_in("skrivebord") == {}


def test_docx_headings_lists_tables_insertions_and_text_boxes_are_read(project) -> None:
    document = Document()
    document.add_heading("Bord 6", 1)
    document.add_paragraph().add_run("Spørsmål 2: Hvem").bold = True
    document.add_paragraph("fastlegen (2 prikker)", style="List Bullet")
    document.add_paragraph("i samråd med pasienten", style="List Bullet 2")
    changed = document.add_paragraph("teamet ")
    changed._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>og NAV</w:t></w:r></w:ins>"))
    changed._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>ikke</w:delText></w:r></w:del>"))
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Innspill", "Stemmer"
    table.cell(1, 0).text, table.cell(1, 1).text = "kommuneoverlegen", "4"
    loose = document.add_table(rows=1, cols=2)
    loose.cell(0, 0).text, loose.cell(0, 1).text = "- politiet", "Bord 7"
    document.add_paragraph()._p.append(
        parse_xml(
            f"<w:r {W}><w:pict><w:txbxContent><w:p><w:r><w:t>gul lapp</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
        )
    )
    project.put("notat.docx", docx_bytes(document))
    notes = project.notes()
    assert [(note.text, note.votes, note.table, note.question) for note in notes] == [
        ("fastlegen\n- i samråd med pasienten", 2, "6", "hvem"),
        ("teamet og NAV", 0, "6", "hvem"),
        ("kommuneoverlegen", 4, "6", "hvem"),
        ("politiet", 0, "6", "hvem"),
        ("gul lapp", 0, "7", ""),
    ]
    assert notes[2].source_place == "tabell 1, rad 2"


def test_a_markdown_table_is_read_by_its_headers(project) -> None:
    project.put("bord-2.md", "| Innspill | Stemmer |\n|---|---:|\n| bolig | 3 |\n")
    (note,) = project.notes()
    assert (note.text, note.votes, note.table) == ("bolig", 3, "2")
