"""What stands on a page without being its text."""

from kafe.ingest.layout.furniture import classify


def test_page_furniture_is_told_from_text() -> None:
    lines = [
        "  12   Diskusjon", "Side 3 av 9", "- 4 -", "Innledning ........ 7", "Innhold", "Bakgrunn 3", "Metode 11",
        "Bakgrunn", "https://eksempel.no/en/lang/adresse/som/fortsetter-", "pa-neste-linje", "10 saker ble meldt",
    ]  # fmt: skip
    reasons = classify(lines, set())
    assert [reasons.get(index, "") for index in range(len(lines))] == [
        "running_header", "page_number", "page_number", "contents", "contents", "contents", "contents",
        "", "address", "address", "",
    ]  # fmt: skip
