"""Texts of files held against kafe's own notes."""

from kafe.exchange.guid import guid
from kafe.exchange.match_texts import Matcher
from kafe.exchange.records import Outgoing, TextSource
from kafe.records import Note


def note(number: int, text: str) -> Note:
    return Note(f"n-{number}", "kafe-1", "kafedialog", text)


def test_a_text_is_the_note_that_has_the_same_words(outgoing: Outgoing) -> None:
    matcher = Matcher(outgoing.notes)
    verdict, [piece] = matcher.find(
        TextSource("x", "?", "\ufeff\r\n" + outgoing.notes[0].text.replace("\n", "\r\n"))
    )
    assert (verdict, piece.note.id) == ("known", "n-0")


def test_notes_with_equal_texts_are_told_apart_by_guid_or_name_or_not_at_all(outgoing: Outgoing) -> None:
    matcher = Matcher(outgoing.notes)
    by_guid = matcher.find(TextSource(guid("note", "n-3"), "?", "Bolig"))
    by_name = matcher.find(TextSource("x", "n-2.txt", "Bolig"))
    assert [pieces[0].note.id for _, pieces in (by_guid, by_name)] == ["n-3", "n-2"]
    assert matcher.find(TextSource("x", "?", "Bolig")) == ("ambiguous", [])


def test_a_note_whose_words_are_others_is_changed_and_a_strange_text_unknown(outgoing: Outgoing) -> None:
    matcher = Matcher(outgoing.notes)
    assert matcher.find(TextSource("x", "n-0", "Noe helt annet")) == ("changed", [])
    assert matcher.find(TextSource("x", "?", "Noe helt annet")) == ("unknown", [])


def test_names_that_kafe_has_masked_do_not_hide_a_note(outgoing: Outgoing) -> None:
    text = "Snakket med Torvald Skogheim om bolig, så med Ragnfrid."
    verdict, [piece] = Matcher(outgoing.notes).find(TextSource("x", "intervju", text))
    assert (verdict, piece.note.id) == ("known", "n-4")

    def carried(words: str) -> str:
        start = text.index(words)
        span = piece.in_note(start, start + len(words))
        return piece.note.text[slice(*span)] if span else ""

    assert carried("om bolig") == "om bolig"
    assert carried("Skogheim om") == "[PERSON-1] om"
    assert carried("så med Ragnfrid.") == "så med [PERSON-2]."
    assert carried("Torvald") == "[PERSON-1]"


def test_a_masked_note_is_not_taken_for_a_text_with_other_words() -> None:
    matcher = Matcher([note(1, "[PERSON-1] har bolig"), note(2, "[PERSON-1]")])
    assert matcher.find(TextSource("x", "?", "Torvald har ikke bolig")) == ("unknown", [])
    assert matcher.find(TextSource("x", "?", "Torvald")) == ("unknown", [])
    assert matcher.find(TextSource("x", "?", f"{'x' * 200} har bolig")) == ("unknown", [])


def test_two_masked_notes_that_fit_are_ambiguous() -> None:
    matcher = Matcher([note(1, "[PERSON-1] har bolig"), note(2, "[PERSON-2] har bolig")])
    assert matcher.find(TextSource("x", "?", "Torvald har bolig")) == ("ambiguous", [])


def test_notes_inside_a_longer_text_are_found_by_their_lines() -> None:
    matcher = Matcher(
        [note(1, "En fast kontakt"), note(2, "Bolig først,\nså behandling"), note(3, "Bolig først,")]
    )
    text = "Respondent 7\nHva trengs?\nEn fast kontakt\nHva ellers?\nBolig først,\nså behandling\nEn fast kontaktperson"
    verdict, pieces = matcher.find(TextSource("x", "7", text))
    assert verdict == "known"
    assert [piece.note.id for piece in pieces] == ["n-1", "n-2"]
    first, second = pieces
    start = text.index("kontakt\nHva")
    assert first.in_note(start, text.index("først")) == (8, 15)
    assert second.in_note(start, text.index("først")) == (0, 5)
    assert first.in_note(0, 5) is None
