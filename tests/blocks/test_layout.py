"""Blocks put together keep their order, their headings and their words."""

from lxml import html

from kafe.blocks.blocks import quotes, table
from kafe.blocks.layout import fold, plain, stack, statement, together

HOSTILE = "<script>x</script>"


def parsed(block):
    return html.fragment_fromstring(block.html, create_parent="div")


def test_stacked_blocks_have_headings_of_the_level_given():
    block = stack([("Bolig", plain("a")), ("Tid", plain("b"))], level=4)
    assert [(heading.tag, heading.text) for heading in parsed(block).xpath("//h4")] == [
        ("h4", "Bolig"),
        ("h4", "Tid"),
    ]
    assert block.text == "Bolig\na\n\nTid\nb"
    assert "<h3" in stack([("Bolig", plain("a"))]).html


def test_a_fold_is_closed_and_holds_the_whole_table():
    block = fold("Vis alle", table([{"a": 1}], {"a": "A"}, "Tall"))
    details = parsed(block).find("details")
    assert details.get("open") is None
    assert details.findtext("summary") == "Vis alle"
    assert details.find(".//table") is not None


def test_what_has_no_table_is_not_folded_away():
    empty = table([], {"a": "A"}, "Tall", empty="Ingen tall.")
    assert fold("Vis alle", empty) == empty


def test_a_statement_tells_its_state_in_words_and_then_the_facts():
    block = statement("Alle får en kontakt.", ["3 innspill", "2 bord"], state="Vedtatt", done=True)
    assert block.text == "Alle får en kontakt.\nVedtatt · 3 innspill · 2 bord"
    assert (
        " ".join(parsed(block).text_content().split()) == "Alle får en kontakt.Vedtatt · 3 innspill · 2 bord"
    )
    assert statement("Bare dette.").text == "Bare dette."


def test_hostile_text_stays_text_in_every_block():
    block = together(
        [
            stack([(HOSTILE, quotes([]))]),
            fold(HOSTILE, table([{"a": HOSTILE}])),
            statement(HOSTILE, [HOSTILE], state=HOSTILE),
        ]
    )
    assert "<script" not in block.html
