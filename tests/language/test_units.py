import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kafe.language.units import units

NLP = spacy.blank("nb")


def texts(text: str) -> list[str]:
    return [unit.text for unit in units("n", NLP(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mangler bolig. Ingen tar ansvar.", ["Mangler bolig.", "Ingen tar ansvar."]),
        ("Hvem eier saken? Ingen.", ["Hvem eier saken?", "Ingen."]),
        ("Dei ringer og ringer! Ingen svarar", ["Dei ringer og ringer!", "Ingen svarar"]),
        ("- bolig\n- økonomi\n- nokon å snakka med", ["bolig", "økonomi", "nokon å snakka med"]),
        ("Tiltak:\n• aktivitet\n• jobb", ["Tiltak:", "aktivitet", "jobb"]),
        ("bolig; jobb; nettverk", ["bolig;", "jobb;", "nettverk"]),
        ("Han var syk; derfor kom han ikke.", ["Han var syk; derfor kom han ikke."]),
        (
            "Aktivitet, f.eks. Fontenehuset eller turgruppe",
            ["Aktivitet, f.eks. Fontenehuset eller turgruppe"],
        ),
        ("bl.a. NAV, DPS osv. må med", ["bl.a. NAV, DPS osv. må med"]),
        ("Åpent kl. 08.00 til 15.00", ["Åpent kl. 08.00 til 15.00"]),
        ("1.- og 2.linje må snakke sammen", ["1.- og 2.linje må snakke sammen"]),
        ("jf. pkt. 3 i avtalen", ["jf. pkt. 3 i avtalen"]),
        ("Møtet 3. mai ble avlyst", ["Møtet 3. mai ble avlyst"]),
        ("Ring tlf. 400 00 000 ved behov", ["Ring tlf. 400 00 000 ved behov"]),
        ("1. bolig\n2. jobb", ["bolig", "jobb"]),
        ("«Ingen hører på oss.» Det sa mange.", ["«Ingen hører på oss.»", "Det sa mange."]),
        ("ensomhet 😢 hver kveld", ["ensomhet 😢 hver kveld"]),
        ("😀😀", ["😀😀"]),
        ("-", ["-"]),
        ("DPS-ene og FACT-teamet. Ikke minst ACT.", ["DPS-ene og FACT-teamet.", "Ikke minst ACT."]),
        ("trenger hjelp nå... ikke om et halvt år", ["trenger hjelp nå... ikke om et halvt år"]),
        ("Snakk med dr. Hansen.", ["Snakk med dr. Hansen."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_units_are_sentences_and_list_items(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_a_pipeline_boundary_alone_does_not_divide_a_fragment() -> None:
    doc = NLP("Ring legevakta Vent på svar")
    doc[2].is_sent_start = True
    assert [unit.text for unit in units("n", doc)] == ["Ring legevakta Vent på svar"]


def test_a_pipeline_boundary_divides_after_an_abbreviation() -> None:
    doc = NLP("Vi trenger bolig, jobb osv. Ingen hører på oss")
    doc[[token.text for token in doc].index("Ingen")].is_sent_start = True
    assert len(units("n", doc)) == 2


@settings(max_examples=300)
@given(st.text(alphabet=st.sampled_from("abÆøå .;:!?-•1\n\t😀«»()"), max_size=60))
def test_units_lie_in_order_within_the_text_and_lose_no_letter(text: str) -> None:
    found = units("n", NLP(text))
    position = 0
    for unit in found:
        assert position <= unit.start < unit.end <= len(text)
        assert text[unit.start : unit.end] == unit.text == unit.text.strip()
        gap = text[position : unit.start]
        assert not any(char.isalpha() for char in gap.replace("a)", "").replace("b)", ""))
        position = unit.end
    assert not text[position:].strip()
