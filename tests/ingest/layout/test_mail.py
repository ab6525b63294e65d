"""Mails and letters: header, greeting, signature and quotes are listed, and everybody's own words are kept."""

from kafe.ingest.layout.mail import is_mail, mail_parts

HEADER = "Fra: Kari Konstruert\nSendt: 3. juni 2025 12:04\nTil: Postmottak\nEmne: {subject}\n\n"
OLDER = "Fra: Ola Oppdiktet\nSendt: 1. juni 2025\nTil: Kari\nEmne: Innspill\n\nDette skrev Ola om saken.\n"


def kept(text: str) -> list[str]:
    lines = text.split("\n")
    parts = mail_parts(lines)
    return [line for at, line in enumerate(lines) if line.strip() and at not in parts]


def test_an_answer_keeps_what_is_new_and_lists_what_it_quotes() -> None:
    text = HEADER.format(subject="SV: Innspill") + "Hei Ola,\nJeg er enig i dette.\n\nMvh\nKari\n\n" + OLDER
    assert kept(text) == ["Jeg er enig i dette."]
    parts = mail_parts(text.split("\n"))
    assert {*parts.values()} == {"mail_header", "greeting", "signature", "quoted"}


def test_a_forwarded_mail_keeps_what_it_brings() -> None:
    assert kept(HEADER.format(subject="VS: Innspill") + "Se under.\n\n" + OLDER) == [
        "Se under.",
        "Dette skrev Ola om saken.",
    ]
    between = "-----Videresendt melding-----\n"
    assert "Dette skrev Ola om saken." in kept(HEADER.format(subject="VS: Innspill") + between + OLDER)


def test_several_mails_in_a_file_are_all_read() -> None:
    text = HEADER.format(subject="Innspill") + "Bolig først.\n\nHilsen\nKari\n\n" + OLDER
    assert kept(text) == ["Bolig først.", "Dette skrev Ola om saken."]


def test_words_that_only_look_like_a_mail_are_kept() -> None:
    text = "Fra: dag én må noen ha ansvar\nHei er det første vi bør si til hverandre.\nHilsen betyr mye for folk flest i dag"
    assert kept(text) == text.split("\n")
    assert not is_mail(text)


def test_a_postscript_and_a_long_line_after_the_signature_are_kept() -> None:
    text = "Bolig først.\nMed vennlig hilsen\nKari\nLeder\nPS: Husk ettervern.\nDette er en lang setning som noen skrev til slutt."
    assert kept(text) == [
        "Bolig først.",
        "PS: Husk ettervern.",
        "Dette er en lang setning som noen skrev til slutt.",
    ]
