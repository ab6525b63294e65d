"""Lines of a page become paragraphs, however the text was wrapped and spaced."""


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


def test_text_with_a_blank_line_after_every_line_is_put_together(project) -> None:
    lines = [
        "Første avsnitt er skrevet slik at hver eneste linje har en tom linje etter",
        "seg, og det fortsetter helt ned hit der det slutter.",
        "Andre avsnitt begynner her og er også så langt at det må deles på flere",
        "linjer før det er ferdig.",
    ]
    project.put("pdf-tekst.txt", "\n\n".join(lines), session="dok", kind="dokument")
    assert [note.text for note in project.notes()] == [" ".join(lines[:2]), " ".join(lines[2:])]
