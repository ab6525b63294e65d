"""What a column header means."""

import pytest


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("  INNSPILL: ", "text"),
        ("Innspel", "text"),
        ("Kommentar (valfritt)", "text"),
        ("Comments", "text"),
        ("Bord nr.", "table"),
        ("Kafébord", "table"),
        ("Spørsmålsnr", "question"),
        ("Spm", "question"),
        ("Gruppe/rolle", "group"),
        ("Antall prikker", "votes"),
        ("røyster", "votes"),
        ("E-post", "personal"),
        ("Hva er navnet ditt?", "personal"),
        ("Telefonnr.", "personal"),
        ("IP-adresse", "personal"),
        ("Brukernavn", "personal"),
        ("Fullføringstidspunkt", "stamp"),
        ("$submission_id", "meta"),
        ("Navn på tiltaket", ""),
        ("Hva er viktig for deg?", ""),
    ],
)
def test_headers_are_recognised_in_both_written_standards_and_english(header: str, field: str) -> None:
    from kafe.ingest.meaning.headers import meaning

    assert meaning(header) == field
