import pytest

from kafe.topics.words.stopwords import parse, stopwords


def test_comments_and_letter_case_do_not_matter():
    assert parse(["# merknad ikke med", "", "Og  ei", "og"]) == {"og", "ei"}


@pytest.mark.parametrize("word", ["ikke", "ikkje", "aldri", "ingen", "uten", "utan", "mangler", "manglar"])
def test_negation_stays_visible(word):
    assert word not in stopwords()


@pytest.mark.parametrize("word", ["bruker", "brukar", "hjem", "hjelp", "tid", "sammen", "dag", "rett", "god"])
def test_words_of_the_field_are_not_function_words(word):
    assert word not in stopwords()


@pytest.mark.parametrize(
    "word", ["jeg", "eg", "æ", "ikkje", "og", "å", "hva", "kva", "ka", "være", "vere", "frå", "me"]
)
def test_both_standards_and_dialect_are_covered_but_for_negation(word):
    assert (word in stopwords()) == (word != "ikkje")
