"""Running text: hyphens, paragraphs, page furniture, and the real documents where they are at hand."""

import re
from pathlib import Path

import pytest
from docx import Document

from kafe.ingest.project import read_project

SEEDS = Path(__file__).parents[4] / "shared" / "real" / "seeds"


TEXT = """\
Rapport om bolig

1   Sammendrag

Bakgrunn

Dette er et avsnitt som tar for seg samarbeidet mellom kommunene og syke-
huset, og det går over flere linjer slik at det må settes sammen igjen. Et
nytt punktum.
\x0c
2   Sammendrag

Tiltakene er disse:
\uf0b7 Koordinator for alle som trenger det, med navn og telefonnummer på en
person.
\uf0b7 Boliger:
‐ små
‐ trygge

Fastleger
Legevakt
Politi
Brannvesen

Se også https://eksempel.no/rapport for mer, der hele rapporten er lagt ut.

Referanser
1. Etternavn A. En bok om bolig. Forlaget; 2010.
"""


@pytest.fixture
def document(project):
    project.put("rapport.txt", TEXT, session="dok", kind="dokument")
    return project.read()


def test_paragraphs_and_list_items_become_notes_of_kind_dokument(document) -> None:
    assert [note.text for note in document.notes] == [
        "Dette er et avsnitt som tar for seg samarbeidet mellom kommunene og sykehuset, og det går over flere "
        "linjer slik at det må settes sammen igjen. Et nytt punktum.",
        "Koordinator for alle som trenger det, med navn og telefonnummer på en person.",
        "Boliger:\n- små\n- trygge",
        "Se også https://eksempel.no/rapport for mer, der hele rapporten er lagt ut.",
    ]
    assert {note.kind for note in document.notes} == {"dokument"}
    assert re.fullmatch(r"side 1, avsnitt \d+", document.notes[0].source_place)


def test_a_letter_keeps_its_short_lines(project) -> None:
    project.put("brev.txt", "Hei\n\nBolig først\n\n42\n\nHilsen meg\n", session="brev", kind="fritekst")
    found = project.read()
    assert [note.text for note in found.notes] == ["Bolig først", "42"]
    assert [(left.place, left.reason) for left in found.skipped] == [
        ("linje 1", "hilsen i e-post eller brev"),
        ("linje 7", "underskrift i e-post eller brev"),
    ]
    assert {note.kind for note in found.notes} == {"fritekst"}


def test_a_docx_document_gives_its_paragraphs_and_table_cells(project) -> None:
    document = Document()
    document.add_heading("Bakgrunn", 1)
    document.add_paragraph("Dette er et helt avsnitt om hva gruppen skal gjøre.")
    document.add_paragraph("Koordinator for alle", style="List Bullet")
    document.add_paragraph("med fast telefontid", style="List Bullet 2")
    document.add_table(1, 1).cell(0, 0).text = "I tabellen står det også en setning."
    folder = project.session("dok", kind="dokument")
    document.save(folder / "mandat.docx")
    found = project.read()
    assert [note.text for note in found.notes] == [
        "Dette er et helt avsnitt om hva gruppen skal gjøre.",
        "Koordinator for alle\n- med fast telefontid",
        "I tabellen står det også en setning.",
    ]
    assert [entry.reason for entry in found.skipped] == ["overskrift"]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    if not SEEDS.is_dir():
        pytest.skip("needs ../shared/real/seeds, real documents that may not enter the project")
    raw = tmp_path_factory.mktemp("raw")
    for source in sorted(SEEDS.glob("*.txt")):
        (raw / source.stem).mkdir()
        (raw / source.stem / "session.toml").write_text(f'title = "{source.stem}"\nkind = "dokument"\n')
        (raw / source.stem / source.name).write_bytes(source.read_bytes())
    return read_project(raw)


@pytest.mark.shared
def test_real_documents_give_whole_words_and_no_page_furniture(seeds) -> None:
    assert seeds.problems == ()
    assert len(seeds.notes) > 400
    for note in seeds.notes:
        where = f"{note.source_file}, {note.source_place}"
        assert not re.search(r"[^\W\d_]-\s+(?!og\b|eller\b|til\b|DPS|distrikt)[a-zæøå]", note.text), where
        assert not re.search(r"(?:\b[^\W\d_] ){4,}", note.text), where
        assert not re.search("[\ue000-\uf8ff\u00ad\x0c]", note.text), where
        assert not re.fullmatch(r"[\d\W]+", note.text), where
        assert not re.match(r"https?://", note.text), where
    short = [note for note in seeds.notes if len(note.text.split()) < 3]
    assert len(short) < 0.04 * len(seeds.notes)


@pytest.mark.shared
def test_real_documents_lose_no_line(seeds) -> None:
    for account in seeds.files:
        assert account.rows == account.notes + account.skipped
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    read = sum(len(re.findall(r"\w", note.text)) for note in seeds.notes)
    assert read > 0.84 * len(re.findall(r"\w", sources))
