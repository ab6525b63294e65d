"""DOCX: headings, lists, tables, insertions and text boxes."""

from io import BytesIO

from docx import Document
from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_bytes(document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


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
