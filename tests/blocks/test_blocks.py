"""Tables, quotes, call-outs and tiles: safe, captioned, and the same as plain text."""

from lxml import html

from kafe.blocks.blocks import MIME, callout, key_figures, quotes, table
from kafe.blocks.kwic import keyword_lines
from kafe.records import Note

HOSTILE = "<script>alert(1)</script>\"'&"


def parsed(block):
    return html.fragment_fromstring(block.html, create_parent="div")


def test_a_table_has_caption_scoped_headers_and_numbers_to_the_right():
    tree = parsed(table([{"tema": "Tid", "antall": 3}], {"tema": "Tema", "antall": "Antall"}, "Temaer"))
    assert tree.findtext(".//caption") == "Temaer"
    assert [(th.text, th.get("scope")) for th in tree.iterfind(".//th")] == [
        ("Tema", "col"),
        ("Antall", "col"),
        ("Tid", "row"),
    ]
    assert tree.find(".//td").get("class") == "num"
    region = tree.find(".//div[@class='kafe-scroll']")
    assert (region.get("tabindex"), region.get("aria-label")) == ("0", "Temaer")


def test_rows_without_a_value_sort_last_both_ways():
    rows = [{"a": None}, {"a": 1}, {"a": 2}]
    assert table(rows, {"a": "A"}, sort_by="a").cells == (("2",), ("1",), ("–",))
    assert table(rows, {"a": "A"}, sort_by="a", descending=False, limit=2).cells == (("1",), ("2",))


def test_a_column_with_a_fraction_shows_two_decimals_throughout():
    assert table([{"a": 1.0}, {"a": 0.5}], {"a": "A"}).cells == (("1,00",), ("0,50",))


def test_hostile_text_is_escaped_everywhere():
    blocks = [
        table([{"a": HOSTILE}], {"a": HOSTILE}, HOSTILE),
        quotes([{"text": HOSTILE, "session": HOSTILE, "table": HOSTILE, "group": HOSTILE}]),
        callout(HOSTILE),
        key_figures([(HOSTILE, HOSTILE, HOSTILE)]),
    ]
    for block in blocks:
        tree = parsed(block)
        assert not tree.xpath(".//script")
        assert HOSTILE in tree.text_content()
    assert parsed(blocks[0]).xpath(".//div/@aria-label") == [HOSTILE]


def test_quotes_name_session_table_and_group_of_a_note():
    note = Note(
        id="n1",
        session="Kafedialog 1",
        kind="kafedialog",
        text="Linje én\nlinje to",
        table="3",
        group="bruker",
    )
    block = quotes([note])
    assert parsed(block).findtext(".//footer") == "Kafedialog 1 · bord 3 · bruker"
    assert block.text == "«Linje én\nlinje to» Kafedialog 1 · bord 3 · bruker"


def test_call_outs_say_their_kind_in_words():
    assert callout("Lite materiale.", "caution").text == "Forbehold: Lite materiale."


def test_tiles_write_numbers_in_norwegian():
    assert (
        key_figures([("Innspill", 1234, "fra fire sesjoner")]).text
        == "Innspill: 1\u202f234 (fra fire sesjoner)"
    )


def test_nothing_to_show_is_a_sentence():
    assert table([], {"a": "A"}, "Temaer").text == "Temaer\nIngen rader å vise."
    assert table([], empty="Ingen er kodet ennå.").text == "Ingen er kodet ennå."
    assert quotes([]).text == "Ingen sitater å vise."
    assert key_figures([]).text == "Ingen nøkkeltall å vise."


def test_a_block_gives_the_report_html_without_the_style_of_jupyterlab():
    bundle = callout("Hei")._repr_mimebundle_()
    assert bundle["text/plain"] == "Merk: Hei"
    assert bundle["text/html"].startswith("<style>")
    assert bundle[MIME] == {"kind": "html", "html": callout("Hei").html}


def test_marked_places_of_a_quote_stand_out_and_nothing_else_changes():
    row = {
        "text": f"a {HOSTILE} æ😀b",
        "marks": [(0, 1), (21, 26), (24, 28), (len(HOSTILE) + 3, len(HOSTILE) + 5)],
    }
    tree = parsed(quotes([row]))
    assert tree.find(".//p").text_content() == row["text"]
    assert [hit.text for hit in tree.iterfind(".//strong")] == ["a", row["text"][21:28], "æ😀"]


def test_keywords_in_context_stand_in_a_column_of_their_own_with_headers():
    rows = [{"left": "en", "keyword": HOSTILE, "right": "til", "session": "Kafé 1"}]
    block = keyword_lines(rows, "Ordet", source="session")
    tree = parsed(block)
    assert [cell.text for cell in tree.iterfind(".//thead//th")] == ["Før", "Ordet", "Etter", "Økt"]
    assert tree.findtext(".//tbody//th[@scope='row']") == HOSTILE
    assert block.cells == (("en", HOSTILE, "til", "Kafé 1"),)
    assert "Ingen treff" in keyword_lines([], "Ordet", empty="Ingen treff.").text
