import re
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kafe.language.models.pipeline import load_pipeline
from kafe.language.units import units

NLP = spacy.blank("nb")
TABLE = Path(__file__).parents[1] / "data" / "units.txt"
LEFT_OUT = r"(?:\s|[-–•|]|\(?\d{1,2}[.)]|\(?[ab][.)])*"
"""Space and list markers."""


def section(text: str) -> list[str]:
    return [unit.text for unit in units("n", NLP(text))]


def cases() -> list[tuple[str, list[str]]]:
    """Return (note, its units) of the table `tests/data/units.txt`."""
    blocks = TABLE.read_text(encoding="utf-8").split("\n", 1)[1].strip("\n").split("\n\n")
    rows = [block.replace("⏎", "\n").replace("⇥", "\t").split("\n= ") for block in blocks]
    return [(note, found) for note, *found in rows]


CASES = [*cases(), ("", []), (" \n ", [])]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_units_are_sentences_and_list_items(text: str, expected: list[str]) -> None:
    assert section(text) == expected


def test_the_bundled_pipeline_divides_the_table_in_the_same_way() -> None:
    nlp = load_pipeline("nb_kafe_sm")
    for text, expected in CASES:
        assert [unit.text for unit in units("n", nlp(text))] == expected


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(CASES) >= 140


@pytest.mark.parametrize("text", [note for note, _ in CASES])
def test_a_pipeline_that_sees_sentences_everywhere_does_not_divide_abbreviations_and_numbers(
    text: str,
) -> None:
    doc = NLP(text)
    for token in doc[1:]:
        token.is_sent_start = True
    for unit in units("n", doc)[:-1]:
        assert not re.search(r"(?i)\b(f\.eks|bl\.a|ca|jf|pkt|kl|nr|dr|tlf|ift|pga)\.$", unit.text)


def test_a_pipeline_boundary_alone_does_not_divide_a_fragment() -> None:
    doc = NLP("Ring legevakta Vent på svar")
    doc[2].is_sent_start = True
    assert [unit.text for unit in units("n", doc)] == ["Ring legevakta Vent på svar"]


def test_a_pipeline_boundary_divides_after_an_abbreviation() -> None:
    doc = NLP("Vi trenger bolig, jobb osv. Ingen hører på oss")
    doc[[token.text for token in doc].index("Ingen")].is_sent_start = True
    assert len(units("n", doc)) == 2


@settings(max_examples=300)
@given(st.text(alphabet=st.sampled_from("abÆøå .;:!?-•1\n\t😀«»()|"), max_size=60))
def test_units_lie_in_order_within_the_text_and_lose_nothing_but_list_markers(text: str) -> None:
    found = units("n", NLP(text))
    position = 0
    for unit in found:
        assert position <= unit.start < unit.end <= len(text)
        assert text[unit.start : unit.end] == unit.text == unit.text.strip()
        assert re.fullmatch(LEFT_OUT, text[position : unit.start])
        position = unit.end
    assert re.fullmatch(LEFT_OUT, text[position:])
    assert bool(found) == bool(text.strip())
