"""Where a sentence ends within a line, case by case."""

import pytest

from kafe.language.sentence_ends import sentence_ends

CASES = [
    ("ringte", "legen.", "Hun kom", True),
    ("ringte", "legen", "Hun kom", False),
    ("ringte", "legen.", "så kom", False),
    ("bolig,", "f.eks.", "Ansvarsgruppe", False),
    ("f.", "eks.", "Ansvarsgruppe", False),
    ("jobb", "etc.", "Vi må", True),
    ("jobb", "etc.", "og mer", False),
    ("Kari", "N.", "Hansen sa", False),
    ("plan", "B.", "Vi må", True),
    ("den", "12.", "Mai", False),
    ("i", "2.", "Etasje", False),
    ("er", "12.", "Vi må", True),
    ("bra", "(!)", "Det er", False),
    ("ikke", "hørt!", "Vi må", True),
    ("ikke", "hørt!", "sa hun", False),
    ("«Hvorfor", "det?»", "undret hun", False),
    ("hva", "nå?", "hjelp oss", True),
    ("og", "så…", "Vi må", True),
    ("og", "så...", "vi må", False),
    ("er", "tomt.", "3 av oss", True),
    ("er", "tomt.", "– Ja", True),
]


@pytest.mark.parametrize(("before", "last", "following", "ends"), CASES)
def test_a_sentence_ends_where_a_reader_would_end_it(
    before: str, last: str, following: str, ends: bool
) -> None:
    found = sentence_ends(before, last, following, enclosed=False, telegraphic=False, model=False)
    assert found is ends


def test_the_pipeline_and_small_letters_tell_of_sentences_without_a_capital() -> None:
    plain = {"enclosed": False, "telegraphic": False, "model": False}
    assert not sentence_ends("er", "tomt.", "vi må", **plain)
    assert sentence_ends("er", "tomt.", "vi må", **plain | {"model": True})
    assert sentence_ends("er", "tomt.", "vi må", **plain | {"telegraphic": True})
    assert not sentence_ends("er", "tomt.", "Vi må", **plain | {"enclosed": True})
