"""Accessible tables of rows."""

from kafe.blocks import table


def test_a_table_has_caption_scoped_headers_and_numbers_to_the_right(parsed):
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
