"""Running text: hyphens, paragraphs, page furniture, and the real documents where they are at hand."""

import re
from pathlib import Path

import pytest
from docx import Document

from kafe.ingest.layout.furniture import classify
from kafe.ingest.layout.hyphens import Words
from kafe.ingest.project import read_project

SEEDS = Path(__file__).parents[4] / "shared" / "real" / "seeds"


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("et godt pasi-", "entforløp for alle", "et godt pasientforløp for alle"),
        ("fra pro-", "sjekt til drift", "fra prosjekt til drift"),
        ("gruppen for TØRN-", "Samhandling møtes", "gruppen for TØRN-Samhandling møtes"),
        ("i Sør-", "Rogaland", "i Sør-Rogaland"),
        ("et ACT-", "team i byen", "et ACT-team i byen"),
        ("perioden 2021-", "2024", "perioden 2021-2024"),
        ("helse-", "og sosialtjenesten", "helse- og sosialtjenesten"),
        ("inn-", "eller utland", "inn- eller utland"),
        ("et e-", "helsekurs", "et e-helsekurs"),
        ("ikke-", "planlagte", "ikke-planlagte"),
        ("nye forløp-/", "samhandlingsstrukturer", "nye forløp-/ samhandlingsstrukturer"),
        ("mellom 1.- og", "2.linjetjeneste", "mellom 1.- og 2.linjetjeneste"),
        ("SAMHAND-", "LING", "SAMHANDLING"),
        ("en vanlig linje", "som går videre", "en vanlig linje som går videre"),
    ],
)
def test_broken_words_are_mended_and_real_hyphens_stay(before: str, after: str, joined: str) -> None:
    assert Words([before, after]).join(before, after) == joined


def test_a_hyphen_that_the_document_uses_elsewhere_stays() -> None:
    lines = ["svingdørs-pasienter er mange", "og svingdørs-", "pasienter vil ha ro"]
    assert Words(lines).join(lines[1], lines[2]) == "og svingdørs-pasienter vil ha ro"


def test_a_word_broken_without_a_hyphen_is_mended_when_the_document_knows_it() -> None:
    lines = ["tjenestemodellgruppen møtes", "Tjenestemodellgru", "ppen"]
    assert Words(lines).join(lines[1], lines[2]) == "Tjenestemodellgruppen"


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


def test_paragraphs_and_list_items_become_notes_of_kind_dokument(document) -> None:
    assert [note.text for note in document.notes] == [
        "Dette er et avsnitt som tar for seg samarbeidet mellom kommunene og sykehuset, og det går over flere "
        "linjer slik at det må settes sammen igjen. Et nytt punktum.",
        "Koordinator for alle som trenger det, med navn og telefonnummer på en person.",
        "Boliger:\n- små\n- trygge",
        "Se også https://eksempel.no/rapport for mer, der hele rapporten er lagt ut.",
    ]
    assert {note.kind for note in document.notes} == {"dokument"}
    assert re.fullmatch(r"side 1, avsnitt \d+", document.notes[0].source_place)


def test_what_is_not_a_note_is_listed_with_its_reason(document) -> None:
    reasons = [(entry.reason, entry.rows) for entry in document.skipped]
    assert reasons.count(("topptekst eller bunntekst", 1)) == 2
    assert ("oppramsing eller tabellruter uten setninger", 3) in reasons
    assert ("referanseliste", 1) in reasons
    assert document.problems == ()


def test_a_heading_at_the_top_of_a_page_is_not_the_end_of_the_paragraph_before(project) -> None:
    text = (
        "Rapport\n\nGruppen har møtt hverandre hver måned, og alle har vært enige om at dette skal gå\n"
        "videre slik at kommunen og sykehuset kan gjøre det samme på begge sider av elva nå.\n"
        "Kostnader og lokaler\n\n"
        "Lokalene er gratis for alle gruppene som melder seg på.\n"
    )
    project.put("a.txt", text, session="dok", kind="dokument")
    notes = [note.text for note in project.notes()]
    assert notes[0].endswith("begge sider av elva nå.")
    assert notes[1:] == ["Lokalene er gratis for alle gruppene som melder seg på."]


def test_a_sentence_goes_on_after_a_footnote_and_a_page_break(project) -> None:
    text = (
        "Rapport om lokaler\n\nVi har sett på lokaler2 i fem kommuner, og vi fant at de fleste har rom som kan\n"
        "brukes på kveldstid uten at det koster noe særlig, og det var et viktig funn som\n"
        + " "
        * 40
        + "\n\n\n2 https://eksempel.no/en/svært/lang/adresse/til/kommunens/oversikt-over-alle-\nlokaler eller\n"
        "https://eksempel.no/kort\n\n\n\n 14   Resultat\n\n\n\n\n\n"
        "ble tatt med videre i arbeidet.\n"
    )
    project.put("a.txt", text, session="dok", kind="dokument")
    assert [note.text for note in project.notes()] == [
        "Vi har sett på lokaler i fem kommuner, og vi fant at de fleste har rom som kan brukes på kveldstid uten at "
        "det koster noe særlig, og det var et viktig funn som ble tatt med videre i arbeidet."
    ]


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


def test_lines_of_a_narrow_column_with_blank_lines_between_are_put_together(project) -> None:
    wide = "Dette avsnittet er skrevet over hele bredden av siden og har en tom linje etter seg,"
    narrow = ["Møte for alle gruppene om", "lokaler i kommunen.", "Juni 2031", "Prøve modellen i den", "vanlige driften. Styret blir",
              "ansvarlig for selve", "prøven i høst."]  # fmt: skip
    lines = [wide, "men det fortsetter likevel her."] * 2 + narrow
    project.put("a.txt", "\n\n".join(lines), session="dok", kind="dokument")
    assert [note.text for note in project.notes()][2:] == [
        "Møte for alle gruppene om lokaler i kommunen.",
        "Prøve modellen i den vanlige driften. Styret blir ansvarlig for selve prøven i høst.",
    ]


def test_the_last_line_of_a_list_item_may_stand_after_a_blank_line(project) -> None:
    text = "Tiltak\n\nVi foreslår dette:\n- Kurs for alle i Tverrfaglige\n\nTeam for bolig\n- Fast telefontid\n- Egen nøkkel\n"
    project.put("a.txt", text, session="dok", kind="dokument")
    assert project.notes()[0].text == "Kurs for alle i Tverrfaglige Team for bolig"


def test_a_list_of_services_without_punctuation_is_listed_as_names(project) -> None:
    text = "Et avsnitt som sier noe om hvem som er med i arbeidet.\n\nFastleger Brukere i lag for bolig Hjelpetelefoner som nattlinja Kirken Kommunelegen og Brannvesen\n\nEt avsnitt til, som sier noe annet.\n"
    project.put("a.txt", text, session="dok", kind="dokument")
    found = project.read()
    assert len(found.notes) == 2
    assert "liste over navn eller virksomheter" in {entry.reason for entry in found.skipped}


def test_text_with_a_blank_line_after_every_line_is_put_together(project) -> None:
    lines = [
        "Første avsnitt er skrevet slik at hver eneste linje har en tom linje etter",
        "seg, og det fortsetter helt ned hit der det slutter.",
        "Andre avsnitt begynner her og er også så langt at det må deles på flere",
        "linjer før det er ferdig.",
    ]
    project.put("pdf-tekst.txt", "\n\n".join(lines), session="dok", kind="dokument")
    assert [note.text for note in project.notes()] == [" ".join(lines[:2]), " ".join(lines[2:])]


def test_ligatures_soft_hyphens_and_spread_letters_are_put_right(project) -> None:
    text = "Det ﬁnnes en ﬂott løsning for pasi\u00ad\nentene, sier S a m h a n d l i n g  i  p r a k s i s til alle.\n"
    project.put("a.txt", text, session="dok", kind="dokument")
    assert (
        project.notes()[0].text
        == "Det finnes en flott løsning for pasientene, sier Samhandling i praksis til alle."
    )


def test_a_letter_keeps_its_short_lines(project) -> None:
    project.put("brev.txt", "Hei\n\nBolig først\n\n42\n\nHilsen meg\n", session="brev", kind="fritekst")
    notes = project.notes()
    assert [note.text for note in notes] == ["Hei", "Bolig først", "42", "Hilsen meg"]
    assert {note.kind for note in notes} == {"fritekst"}


def test_pdf_pages_are_read_without_running_headers_and_page_numbers(project) -> None:
    body = "Her er side {} med en hel setning om samarbeid mellom kommune og sykehus."
    pages = [
        ["Mandat for gruppen", "", body.format(word), "", str(n)]
        for n, word in enumerate(("en", "to", "tre"), 1)
    ]
    project.put("mandat.pdf", project.pdf_bytes(pages), session="dok", kind="dokument")
    found = project.read()
    assert [note.text for note in found.notes] == [body.format(word) for word in ("en", "to", "tre")]
    assert found.notes[1].source_place.startswith("side 2, avsnitt ")
    assert (
        sorted(entry.reason for entry in found.skipped)
        == ["sidetall"] * 3 + ["topptekst eller bunntekst"] * 3
    )


def test_a_docx_document_gives_its_paragraphs_and_table_cells(project) -> None:
    document = Document()
    document.add_heading("Bakgrunn", 1)
    document.add_paragraph("Dette er et helt avsnitt om hva gruppen skal gjøre.")
    document.add_paragraph("Koordinator for alle", style="List Bullet")
    document.add_paragraph("med fast telefontid", style="List Bullet 2")
    document.add_table(1, 1).cell(0, 0).text = "I tabellen står det også en setning."
    folder = project.session("dok", kind="dokument")
    document.save(folder / "mandat.docx")
    found = project.read()
    assert [note.text for note in found.notes] == [
        "Dette er et helt avsnitt om hva gruppen skal gjøre.",
        "Koordinator for alle\n- med fast telefontid",
        "I tabellen står det også en setning.",
    ]
    assert [entry.reason for entry in found.skipped] == ["overskrift"]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    if not SEEDS.is_dir():
        pytest.skip("needs ../shared/real/seeds, real documents that may not enter the project")
    raw = tmp_path_factory.mktemp("raw")
    for source in sorted(SEEDS.glob("*.txt")):
        (raw / source.stem).mkdir()
        (raw / source.stem / "session.toml").write_text(f'title = "{source.stem}"\nkind = "dokument"\n')
        (raw / source.stem / source.name).write_bytes(source.read_bytes())
    return read_project(raw)


@pytest.mark.shared
def test_real_documents_give_whole_words_and_no_page_furniture(seeds) -> None:
    assert seeds.problems == ()
    assert len(seeds.notes) > 400
    for note in seeds.notes:
        where = f"{note.source_file}, {note.source_place}"
        assert not re.search(r"[^\W\d_]-\s+(?!og\b|eller\b|til\b|DPS|distrikt)[a-zæøå]", note.text), where
        assert not re.search(r"(?:\b[^\W\d_] ){4,}", note.text), where
        assert not re.search("[\ue000-\uf8ff\u00ad\x0c]", note.text), where
        assert not re.fullmatch(r"[\d\W]+", note.text), where
        assert not re.match(r"https?://", note.text), where
    short = [note for note in seeds.notes if len(note.text.split()) < 3]
    assert len(short) < 0.04 * len(seeds.notes)


@pytest.mark.shared
def test_real_documents_keep_their_real_hyphens_and_mend_the_others(seeds) -> None:
    text = "\n".join(note.text for note in seeds.notes)
    for word in ("forløp-/ samhandlingsstrukturer", "1.- og 2.linjetjeneste", "TØRN-Samhandling", "Sør-Rogaland",
                 "Nord-Trøndelag", "pasientforløp", "fag- og pasient/brukermiljø"):  # fmt: skip
        assert word in text
    for broken in ("pasi-ent", "pro-sjekt", "sam-handling", "Sør-\n", "NordTrøndelag", "ACTteam"):
        assert broken not in text


@pytest.mark.shared
def test_real_documents_lose_no_line(seeds) -> None:
    for account in seeds.files:
        assert account.rows == account.notes + account.skipped
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    read = sum(len(re.findall(r"\w", note.text)) for note in seeds.notes)
    assert read > 0.84 * len(re.findall(r"\w", sources))
