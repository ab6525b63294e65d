from pathlib import Path

import pytest

from kafe.language.glossary import Glossary, load_glossary, unknown_abbreviations
from kafe.records import KafeError, Note

EXAMPLE = Path(__file__).parents[2] / "data" / "coded" / "ordliste.yaml"
TEXT = """
DPS: distriktspsykiatrisk senter
NAV: {lang: arbeids- og velferdsforvaltningen, også: [Nav]}
FACT: oppsøkende team
FACT Ung: team for unge
IP: individuell plan
Hpl.: helsepersonelloven
"""


@pytest.fixture
def glossary(kit, tmp_path: Path) -> Glossary:
    return load_glossary(kit.write(tmp_path / "ordliste.yaml", TEXT))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DPS svarer ikke", ["DPS"]),
        ("DPS-ene, DPS-folka og DPSene", ["DPS", "DPS", "DPS"]),
        ("NAVs ansvar, Nav sitt ansvar", ["NAV", "NAV"]),
        ("FACT Ung og FACT", ["FACT Ung", "FACT"]),
        ("IP/DPS", ["IP", "DPS"]),
        ("(IP)", ["IP"]),
        ("ip-adressen, TIPS, IPS og NAVIGERE", []),
        ("Hpl. § 25", ["Hpl."]),
        ("[NAV-1] [DPS-2]", []),
        ("", []),
    ],
)
def test_abbreviations_are_found_as_whole_words_with_their_endings(
    glossary: Glossary, text: str, expected: list[str]
) -> None:
    found = glossary.find(text)
    assert [short for _, _, short, _ in found] == expected
    assert all(text[start:end] in glossary for start, end, _, _ in found)


def test_a_project_without_a_glossary_has_an_empty_one(kit, tmp_path: Path) -> None:
    assert load_glossary(tmp_path / "ordliste.yaml") == Glossary()
    assert load_glossary(kit.write(tmp_path / "ordliste.yaml", "# bare en kommentar\n")) == Glossary()
    assert Glossary().find("DPS") == []


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("DPS: a\nNAV: b\nDPS: c\n", "linje 3, nøkkel «DPS»", "to ganger"),
        ("NAV: {lang: b, også: [Nav]}\nNav: c\n", "linje 2, nøkkel «Nav»", "to ganger"),
        ("DPS:\n", "linje 1, nøkkel «DPS»", "mangler forklaring"),
        ("DPS: {også: [x]}\n", "linje 1, nøkkel «DPS»", "mangler forklaring"),
        ("DPS: {lang: a, norsk: b}\n", "nøkkel «DPS.norsk»", "Ukjent nøkkel"),
        ("DPS: {lang: a, også: b}\n", "nøkkel «DPS.også»", "Ventet"),
        ("- DPS\n", "linje 1", "Ventet"),
        ("DPS: [a]\n", "linje 1, nøkkel «DPS»", "Ventet"),
        ("'<b>': a\n", "nøkkel «<b>»", "bokstav"),
        ("DPS: a\n  NAV: [\n", "linje", "YAML"),
    ],
)
def test_what_cannot_be_used_is_named_with_line_key_and_remedy(
    kit, tmp_path: Path, content: str, place: str, message: str
) -> None:
    with pytest.raises(KafeError) as error:
        load_glossary(kit.write(tmp_path / "ordliste.yaml", content))
    assert error.value.file == "ordliste.yaml"
    assert place in error.value.place and message in error.value.message
    assert error.value.remedy


def test_a_file_in_another_encoding_is_named(kit, tmp_path: Path) -> None:
    with pytest.raises(KafeError, match="UTF-8"):
        load_glossary(kit.write(tmp_path / "ordliste.yaml", "ØHD: øyeblikkelig\n".encode("latin-1")))


def test_the_example_explains_the_abbreviations_of_the_field() -> None:
    glossary = load_glossary(EXAMPLE)
    assert len(glossary.entries) >= 35
    expected = "DPS ACT FACT LAR TSB ØHD AMK BUP ROP IP NAV FSU KAD SUS HF KØH BPA PLO SAM-AKS"
    assert all(short in glossary for short in [*expected.split(), "FACT Ung"])


def test_the_template_of_a_new_project_can_be_read() -> None:
    import kafe

    assert "DPS" in load_glossary(Path(kafe.__file__).parent / "new_project" / "ordliste.yaml")


def test_frequent_acronyms_that_nobody_has_explained_are_listed(glossary: Glossary) -> None:
    texts = ["TSB og DPS", "TSB-plass, AMKs vakt", "ØHD eller AMK\nDETTE ER IKKE GREIT", "[PERSON-1] ØHD TSB"]
    notes = [Note(str(number), "s", "fritekst", text) for number, text in enumerate(texts)]
    assert unknown_abbreviations(notes, glossary) == [
        {"short": "TSB", "notes": 3},
        {"short": "AMK", "notes": 2},
        {"short": "ØHD", "notes": 2},
    ]
