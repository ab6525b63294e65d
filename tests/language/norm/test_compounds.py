"""Compounds of the field: where they are split, what is left whole, and what they hold."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafe.language.norm.compounds import PARTS, members, split

TABLE = (Path(__file__).parents[2] / "data" / "compounds.txt").read_text(encoding="utf-8").split()
WHOLE = [
    "bolig",
    "sammen",
    "angst",
    "sykehus",
    "sykehjem",
    "sykdom",
    "barnehage",
    "samfunn",
    "landskap",
    "forhold",
    "ansvar",
    "avtale",
    "tilbud",
    "kommune",
    "pasient",
    "politikk",
    "personell",
    "kontakt",
    "interesse",
    "organisasjon",
    "veiledning",
    "vedtak",
    "vindu",
    "hverandre",
    "alltid",
    "kanskje",
    "mandag",
    "menneske",
    "kunnskap",
    "vennskap",
    "trygghet",
    "ensomhet",
    "mulighet",
    "økonomi",
    "system",
    "telefon",
    "mobil",
    "gammel",
    "sendte",
    "barnet",
    "lederne",
    "pasientene",
    "angsten",
    "ensomme",
    "rusen",
    "jenter",
    "kvinner",
    "stedet",
    "legene",
    "mor",
    "ansatte",
    "plutselig",
    "forskjellig",
    "kommuner",
    "nettopp",
    "treningen",
    "bilder",
    "regjeringen",
    "utfordringene",
    "venninne",
    "underholdning",
]


def test_at_least_nineteen_of_twenty_compounds_are_split_right():
    wrong = {
        gold: split(gold.replace("|", "")) for gold in TABLE if "|".join(split(gold.replace("|", ""))) != gold
    }
    assert len(TABLE) >= 200
    assert len(wrong) / len(TABLE) <= 0.05, wrong


@pytest.mark.parametrize("word", WHOLE)
def test_words_that_are_no_compounds_are_left_whole(word):
    assert split(word) == (word,)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Samhandlingsteamet", ("Samhandling", "s", "teamet")),
        ("FACT-teamet", ("FACT", "-", "teamet")),
        ("kommuneoverlegene", ("kommune", "over", "legene")),
        ("bustadtilboda", ("bustad", "tilboda")),
        ("helse-", ("helse-",)),
        ("", ("",)),
    ],
)
def test_parts_are_as_written(word, parts):
    assert split(word) == parts


def test_neighbouring_parts_are_members_together():
    assert {"kommune", "overlege", "lege", "kommuneoverlege"} <= members("kommuneoverlege")
    assert "s" not in members("samhandlingsteam")


def test_the_list_of_parts_is_sorted_and_says_each_word_once():
    words = [line.split()[0] for line in PARTS.read_text(encoding="utf-8").splitlines()]
    assert words == sorted(set(words))


@given(st.text(max_size=40) | st.text("abdeghilmnorstuvæøå-", max_size=25))
def test_the_parts_make_up_the_word_again(word):
    assert "".join(split(word)) == word
