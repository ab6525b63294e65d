"""Blocks of a document are notes, or listed with the reason why not."""

import pytest

TEXT = """\
Rapport om bolig

1   Sammendrag

Bakgrunn

Dette er et avsnitt som tar for seg samarbeidet mellom kommunene og syke-
huset, og det går over flere linjer slik at det må settes sammen igjen. Et
nytt punktum.
\x0c
2   Sammendrag

Tiltakene er disse:
\uf0b7 Koordinator for alle som trenger det, med navn og telefonnummer på en
person.
\uf0b7 Boliger:
‐ små
‐ trygge

Fastleger
Legevakt
Politi
Brannvesen

Se også https://eksempel.no/rapport for mer, der hele rapporten er lagt ut.

Referanser
1. Etternavn A. En bok om bolig. Forlaget; 2010.
"""


@pytest.fixture
def document(project):
    project.put("rapport.txt", TEXT, session="dok", kind="dokument")
    return project.read()


def test_what_is_not_a_note_is_listed_with_its_reason(document) -> None:
    reasons = [(entry.reason, entry.rows) for entry in document.skipped]
    assert reasons.count(("topptekst eller bunntekst", 1)) == 2
    assert ("oppramsing eller tabellruter uten setninger", 3) in reasons
    assert ("referanseliste", 1) in reasons
    assert document.problems == ()


def test_cells_of_a_table_are_listed_and_whole_sentences_among_them_kept(project) -> None:
    cells = ["Tiltak", "Ansvar", "Frist", "Ny avtale om lokaler på kveldstid", "Kommunene", "Mai 2031",
             "Alle gruppene møtes for å bli enige om leien.", "Styret", "Juni 2031", "Type og nr.", "Vedtak"]  # fmt: skip
    project.put(
        "a.txt",
        "Plan\n\n" + "\n\n".join(cells) + "\n\nFigur 1 Hvem som gjør hva\n",
        session="dok",
        kind="dokument",
    )
    found = project.read()
    assert [note.text for note in found.notes] == ["Alle gruppene møtes for å bli enige om leien."]
    assert sum(entry.rows for entry in found.skipped) == len(cells) + 1


def test_a_list_of_services_without_punctuation_is_listed_as_names(project) -> None:
    text = "Et avsnitt som sier noe om hvem som er med i arbeidet.\n\nFastleger Brukere i lag for bolig Hjelpetelefoner som nattlinja Kirken Kommunelegen og Brannvesen\n\nEt avsnitt til, som sier noe annet.\n"
    project.put("a.txt", text, session="dok", kind="dokument")
    found = project.read()
    assert len(found.notes) == 2
    assert "liste over navn eller virksomheter" in {entry.reason for entry in found.skipped}
