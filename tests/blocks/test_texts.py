"""Quotes, call-outs and tiles."""

from kafe.blocks import callout, key_figures, key_sentence, quotes
from kafe.records import Note


def test_quotes_name_session_table_and_group_of_a_note(parsed):
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


def test_marked_places_of_a_quote_stand_out_and_nothing_else_changes(parsed, hostile):
    row = {
        "text": f"a {hostile} æ😀b",
        "marks": [(0, 1), (21, 26), (24, 28), (len(hostile) + 3, len(hostile) + 5)],
    }
    tree = parsed(quotes([row]))
    assert tree.find(".//p").text_content() == row["text"]
    assert [hit.text for hit in tree.iterfind(".//strong")] == ["a", row["text"][21:28], "æ😀"]


def test_a_key_sentence_tells_its_state_in_words_and_then_the_facts(parsed):
    block = key_sentence("Alle får en kontakt.", ["3 innspill", "2 bord"], state="Vedtatt", done=True)
    assert block.text == "Alle får en kontakt.\nVedtatt · 3 innspill · 2 bord"
    assert (
        " ".join(parsed(block).text_content().split()) == "Alle får en kontakt.Vedtatt · 3 innspill · 2 bord"
    )
    assert key_sentence("Bare dette.").text == "Bare dette."
