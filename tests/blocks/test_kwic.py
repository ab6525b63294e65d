"""Keywords in context."""

from kafe.blocks import keyword_lines


def test_keywords_in_context_stand_in_a_column_of_their_own_with_headers(parsed, hostile):
    rows = [{"left": "en", "keyword": hostile, "right": "til", "session": "Kafé 1"}]
    block = keyword_lines(rows, "Ordet", source="session")
    tree = parsed(block)
    assert [cell.text for cell in tree.iterfind(".//thead//th")] == ["Før", "Ordet", "Etter", "Økt"]
    assert tree.findtext(".//tbody//th[@scope='row']") == hostile
    assert block.cells == (("en", hostile, "til", "Kafé 1"),)
    assert "Ingen treff" in keyword_lines([], "Ordet", empty="Ingen treff.").text
