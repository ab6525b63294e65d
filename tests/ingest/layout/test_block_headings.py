"""Which blocks of a document head what follows."""

from kafe.ingest.layout.block_headings import mark_headings
from kafe.ingest.layout.reflow import TextBlock

PARAGRAPH = "Dette er et helt avsnitt med mer enn åtte ord i."


def headings(*blocks: tuple[str, str]) -> list[str]:
    """Return the texts of the headings among blocks (mark, text)."""
    found = [TextBlock(text, at, mark) for at, (mark, text) in enumerate(blocks)]
    mark_headings(found)
    return [block.text for block in found if block.heading]


def test_a_short_line_before_a_paragraph_or_a_list_is_a_heading() -> None:
    found = headings(("", "Bakgrunn"), ("", PARAGRAPH), ("", "Tiltak"), ("•", "Bolig"), ("", PARAGRAPH))
    assert found == ["Bakgrunn", "Tiltak"]


def test_a_sentence_is_no_heading_and_a_colon_needs_something_to_head() -> None:
    assert headings(("", PARAGRAPH), ("", "Det haster."), ("", PARAGRAPH)) == []
    assert headings(("", PARAGRAPH), ("", "Vi foreslår:"), ("•", "Bolig"), ("", PARAGRAPH)) == [
        "Vi foreslår:"
    ]
    assert headings(("", PARAGRAPH), ("", "Vi foreslår:"), ("", "Bolig nå."), ("", PARAGRAPH)) == []


def test_a_numbered_item_is_a_heading_where_no_item_stands_beside_it() -> None:
    assert headings(("1.", "Innledning"), ("", PARAGRAPH)) == ["Innledning"]
    assert headings(("1.", "Bolig"), ("2.", "Arbeid"), ("", PARAGRAPH)) == []


def test_of_many_short_lines_in_a_row_only_the_last_heads_the_text() -> None:
    short = [("", f"Celle {letter}") for letter in "ABCD"]
    blocks = [TextBlock(text, at) for at, (_, text) in enumerate([("", PARAGRAPH), *short, ("", PARAGRAPH)])]
    mark_headings(blocks)
    assert [block.text for block in blocks if block.heading] == ["Celle D"]
    assert [block.text for block in blocks if block.cell] == ["Celle A", "Celle B", "Celle C"]


def test_a_short_first_line_is_a_title_and_a_short_last_one_a_caption() -> None:
    assert headings(("", "Mandat"), ("", "kort"), ("", "Figur 2 Oversikt")) == ["Mandat", "Figur 2 Oversikt"]
