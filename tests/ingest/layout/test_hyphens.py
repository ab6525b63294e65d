"""Words broken at the end of a line are mended, and real hyphens stay."""

from pathlib import Path

import pytest

from kafe.ingest.layout.hyphens import DocumentWords
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
    assert DocumentWords([before, after]).join(before, after) == joined


def test_a_hyphen_that_the_document_uses_elsewhere_stays() -> None:
    lines = ["svingdørs-pasienter er mange", "og svingdørs-", "pasienter vil ha ro"]
    assert DocumentWords(lines).join(lines[1], lines[2]) == "og svingdørs-pasienter vil ha ro"


def test_a_word_broken_without_a_hyphen_is_mended_when_the_document_knows_it() -> None:
    lines = ["tjenestemodellgruppen møtes", "Tjenestemodellgru", "ppen"]
    assert DocumentWords(lines).join(lines[1], lines[2]) == "Tjenestemodellgruppen"


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
def test_real_documents_keep_their_real_hyphens_and_mend_the_others(seeds) -> None:
    text = "\n".join(note.text for note in seeds.notes)
    for word in ("forløp-/ samhandlingsstrukturer", "1.- og 2.linjetjeneste", "TØRN-Samhandling", "Sør-Rogaland",
                 "Nord-Trøndelag", "pasientforløp", "fag- og pasient/brukermiljø"):  # fmt: skip
        assert word in text
    for broken in ("pasi-ent", "pro-sjekt", "sam-handling", "Sør-\n", "NordTrøndelag", "ACTteam"):
        assert broken not in text
