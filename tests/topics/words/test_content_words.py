import pytest

from kafe.topics.words.content_words import (
    content,
    content_words,
    fingerprint,
    is_non_answer,
    shown_forms,
    tokens,
)


@pytest.mark.parametrize(
    "text",
    [
        "Vet ikke.",
        "veit ikkje",
        "INGENTING!",
        "ikke noe",
        "-",
        "?",
        "  ",
        "12",
        "😀",
        "Jeg vet ikke…",
        "[PERSON-1]",
    ],
)
def test_answers_without_content_are_recognised(text):
    assert is_non_answer(text)


@pytest.mark.parametrize(
    "text", ["Vet ikke hvem som har ansvar", "Ingen ringer tilbake", "Ensomhet", "nei til tvang"]
)
def test_negation_with_content_is_an_answer(text):
    assert not is_non_answer(text)


def test_duplicates_differ_only_in_case_space_and_punctuation():
    assert fingerprint("Egen  bolig!") == fingerprint("egen bolig") != fingerprint("egne boliger")


def test_pseudonym_tags_are_no_words():
    assert tokens("[PERSON-1] ringte [E-POST-2] i dag") == ["ringte", "i", "dag"]
    assert content(["[PERSON-1]", "ringe", "i", "å", "4"]) == ["ringe"]


def test_lemmas_must_match_the_texts():
    with pytest.raises(ValueError, match="2 texts but 1"):
        content_words(["a", "b"], [["a"]])


def test_the_hyphen_of_a_shared_second_part_is_no_part_of_the_word():
    assert content(["helse-", "forløp-/", "recovery-orientert", "2a"]) == [
        "helse",
        "forløp",
        "recovery-orientert",
    ]


def test_both_written_standards_count_as_one_word():
    lemmas = [["bustad", "sjukehus", "ikkje"], ["bolig", "sykehus", "ikke"]]
    first, second = content_words(["", ""], lemmas)
    assert first == second
    assert first[:2] == ["bolig", "sykehus"]


def test_what_is_shown_is_the_most_frequent_word_as_written():
    lemmas = [["bustad"], ["bustad"], ["bolig"]]
    assert shown_forms(["", "", ""], lemmas, {"bustad": "bustaden"}) == {"bolig": "bustaden"}
    assert shown_forms(["", ""], [["bustad"], ["bolig"]], {}) == {"bolig": "bolig"}
