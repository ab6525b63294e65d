"""What a heading says of table, round, question and group."""

import pytest

from kafe.ingest.meaning.headings import named_in, parse_heading


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("Bord 3", {"table": "3"}),
        ("Bord nr. 3 / Runde 2", {"table": "3", "round": "2"}),
        ("bord tre, 2. runde", {"table": "3", "round": "2"}),
        ("Bord A: Spørsmål 2", {"table": "A", "question": "2"}),
        ("Spørsmål 1: Hva nå?", {"question": "Spørsmål 1: Hva nå?"}),
        ("Table 4, round 1", {"table": "4", "round": "1"}),
        ("Bordvert – Kari", {}),
        ("Bordvert: Kari", {"personal": ""}),
        ("Bord 2, bordvert: Kari", {"table": "2", "personal": ""}),
        ("Dato: 6. mai 2025", {"date": "2025-05-06"}),
        ("Bordet var enig", {}),
    ],
)
def test_headings_name_their_fields(heading: str, fields: dict[str, str]) -> None:
    assert parse_heading(heading)[0] == fields


def test_file_and_sheet_names_give_table_and_round() -> None:
    assert named_in("2025_bord_3_runde 2") == {"table": "3", "round": "2"}
    assert named_in("skrivebord") == {}
