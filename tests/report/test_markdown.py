"""Prose as safe HTML and an outline that never skips a level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kafe.report.markdown import Outline, render_markdown


def test_the_first_heading_is_the_title_and_is_shown_by_the_page():
    outline = Outline()
    assert render_markdown("# Temaer\n\nTekst", outline) == "<p>Tekst</p>\n"
    assert outline.title == "Temaer"
    assert outline.headings == []


def test_later_headings_get_unique_ids_and_never_skip_a_level():
    outline = Outline()
    render_markdown("# T\n# Hva er på gang?\n#### Dypt\n## Hva er på gang?\n### *Ærlig* & <b>", outline)
    assert [(h.level, h.text, h.id) for h in outline.headings] == [
        (2, "Hva er på gang?", "hva-er-pa-gang"),
        (3, "Dypt", "dypt"),
        (2, "Hva er på gang?", "hva-er-pa-gang-2"),
        (3, "Ærlig & <b>", "aerlig-b"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[klikk](javascript:alert(1))",
        "[klikk](JaVaScRiPt&#58;alert(1))",
        "[klikk](//ond.no/x.html)",
        "[klikk](https://ond.no/x.html)",
        "<https://ond.no>",
        "![bilde](https://ond.no/x.png)",
        "![bilde](data:text/html;base64,AAAA)",
        '![x" onerror="alert(1)](data:image/png;base64,AAAA)',
        '[a](side.html "x\\" onclick=\\"y")',
    ],
)
def test_hostile_markdown_leaves_no_address_script_or_handler(source):
    tree = html.fragment_fromstring(render_markdown(source, Outline()), create_parent="div")
    for element in tree.iter():
        assert element.tag in ("div", "p", "a", "em", "img", "span")
        assert not any(name.startswith("on") for name in element.attrib)
        assert element.get("href", "side.html") == "side.html"
        assert element.get("src", "data:image/png;base64,AAAA") == "data:image/png;base64,AAAA"


@given(st.text(max_size=300))
def test_any_text_becomes_html_without_scripts_or_foreign_addresses(source):
    tree = html.fragment_fromstring("<div>" + render_markdown(source, Outline()) + "</div>")
    assert not tree.xpath("//script | //@onclick | //@src[not(starts-with(., 'data:image/'))]")


def test_an_external_address_is_written_out():
    assert "veilederen <span" in render_markdown("[veilederen](https://eksempel.no/v/)", Outline())
    assert "(eksempel.no/v)" in render_markdown("[veilederen](https://eksempel.no/v/)", Outline())


def test_links_within_the_reports_stay_links():
    assert '<a href="02-koding.html#alfa">kode</a>' in render_markdown(
        "[kode](02-koding.html#alfa)", Outline()
    )


def test_a_pasted_picture_is_embedded():
    shown = render_markdown("![Bord 3](attachment:b.png)", Outline(), {"b.png": {"image/png": "iVBO\n"}})
    assert '<img src="data:image/png;base64,iVBO" alt="Bord 3">' in shown


def test_tables_scroll_in_their_own_region_and_have_scopes():
    tree = html.fragment_fromstring(render_markdown("|A|B|\n|-|-:|\n|x|1|", Outline()))
    assert tree.get("tabindex") == "0"
    assert tree.xpath(".//th/@scope") == ["col", "col"]
    assert tree.xpath(".//td/@class") == ["num"]


def test_the_id_of_a_heading_is_never_empty():
    heading = Outline().add(2, "???")
    assert heading is not None
    assert heading.id == "del"


def test_a_spreadsheet_beside_the_report_can_be_linked_to():
    assert render_markdown("[logg](innspillslogg.xlsx)", Outline()) == (
        '<p><a href="innspillslogg.xlsx">logg</a></p>\n'
    )


def test_a_table_is_named_after_the_heading_above_it():
    page = render_markdown("## Trinn\n\n| a | b |\n|---|---|\n| 1 | 2 |", Outline())
    assert 'aria-label="Trinn"' in page
