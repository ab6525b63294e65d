"""Suggestions by rules, on documents built by hand: no trained model is needed."""

import random
import time

import pytest
import spacy
from spacy.tokens import Doc

from kafe.codebook.reader import content_version
from kafe.records import Code, Codebook, Unit
from kafe.suggestions.rules import rule_source, suggest_by_rules

VOCAB = spacy.blank("nb").vocab


def book(**patterns: str) -> Codebook:
    codes = tuple(
        Code(id=name, name=name, patterns=tuple(text.split(" ; "))) for name, text in patterns.items()
    )
    return Codebook(codes, content_version(codes))


def doc(words: str, lemmas: str = "") -> Doc:
    return Doc(VOCAB, words=words.split(), lemmas=(lemmas or words).split())


def one(codebook: Codebook, words: str, lemmas: str = "") -> list[tuple[str, str]]:
    document = doc(words, lemmas)
    text = document.text
    return [
        (s.code, s.reason)
        for s in suggest_by_rules({"n": document}, [Unit("n", 0, len(text), text)], codebook)
    ]


def test_a_pattern_matches_the_lemma():
    assert one(book(bolig="bolig|bustad"), "Trenger boliger nå", "trenge bolig nå") == [
        ("bolig", "Treff på «boliger».")
    ]


def test_a_pattern_matches_the_form_whatever_its_case():
    assert one(book(nav="nav"), "NAV svarer", "Navn svare") == [("nav", "Treff på «NAV».")]


def test_a_lemma_with_capitals_matches():
    assert one(book(nav="nav"), "NAVs svar", "NAV svar") == [("nav", "Treff på «NAVs».")]


def test_each_word_of_a_pattern_may_match_by_form_or_by_lemma():
    assert one(book(a="manglende bolig"), "manglende boliger", "mangle bolig")
    assert one(book(a="mangle boliger"), "manglende boliger", "mangle bolig")


def test_words_side_by_side_must_be_side_by_side():
    rules = book(a="fast bolig")
    assert one(rules, "fast bolig")
    assert not one(rules, "fast og bolig")


@pytest.mark.parametrize(("between", "expected"), [(0, True), (3, True), (4, False)])
def test_three_dots_allow_up_to_three_words_between(between, expected):
    assert bool(one(book(a="mangle ... bolig"), f"mangle {'x ' * between}bolig")) is expected


def test_the_reason_leaves_out_what_lies_between():
    assert one(book(a="rus ... psykisk"), "rus og mye psykisk") == [("a", "Treff på «rus … psykisk».")]


def test_the_reason_lists_each_matched_word_once():
    assert one(book(a="rus ; vold"), "rus vold rus") == [("a", "Treff på «rus», «vold».")]


@pytest.mark.parametrize("negation", ["ikke", "Ikkje", "aldri", "uten", "utan"])
def test_a_negation_shortly_before_is_mentioned_not_dropped(negation):
    assert one(book(a="bolig"), f"har {negation} en egen bolig") == [
        ("a", f"Treff på «bolig». Obs: nektelse foran («{negation}»).")
    ]


def test_a_negation_further_away_or_after_is_not_mentioned():
    assert one(book(a="bolig"), "ikke en to tre bolig ikke") == [("a", "Treff på «bolig».")]


def test_a_code_is_suggested_once_per_unit_and_codes_keep_codebook_order():
    found = one(book(z="vold", a="rus"), "rus vold rus vold")
    assert [code for code, _ in found] == ["z", "a"]


def test_a_pattern_does_not_cross_units():
    document = doc("mangler . bolig")
    units = [Unit("n", 0, 9, "mangler ."), Unit("n", 10, 15, "bolig")]
    assert not suggest_by_rules({"n": document}, units, book(a="mangler ... bolig"))
    found = suggest_by_rules({"n": document}, units, book(a="bolig"))
    assert [(s.start, s.end) for s in found] == [(10, 15)]


def test_a_negation_in_the_unit_before_does_not_count():
    document = doc("ikke bolig")
    found = suggest_by_rules({"n": document}, [Unit("n", 5, 10, "bolig")], book(a="bolig"))
    assert "nektelse" not in found[0].reason


def test_headings_and_codes_without_patterns_are_never_suggested():
    codes = (Code("a", "A", codable=False, patterns=("bolig",)), Code("b", "B"))
    assert not one(Codebook(codes, "v"), "bolig")


def test_the_source_is_the_rules_with_the_version_of_the_codebook():
    rules = book(a="bolig")
    found = suggest_by_rules({"n": doc("bolig")}, [Unit("n", 0, 5, "bolig")], rules)
    assert found[0].source == rule_source(rules) == f"rule:{rules.version[:12]}"


def test_a_unit_that_is_not_in_its_document_is_refused():
    with pytest.raises(ValueError, match="not a piece"):
        suggest_by_rules({"n": doc("bolig")}, [Unit("n", 0, 5, "annet")], book(a="bolig"))


def test_emoji_digits_and_nothing_give_no_suggestion():
    assert not one(book(a="bolig"), "😀 12345 …")
    assert not suggest_by_rules({}, [], book(a="bolig"))


def test_the_order_of_units_does_not_matter():
    docs = {name: doc("bolig rus") for name in "ab"}
    units = [Unit(name, 0, 9, "bolig rus") for name in "ab"]
    rules = book(x="rus", y="bolig")
    assert suggest_by_rules(docs, units, rules) == suggest_by_rules(docs, units[::-1], rules)


def test_two_thousand_notes_take_less_than_three_seconds(example_codebook):
    chance = random.Random(1)
    words = [word for code in example_codebook.codes for text in code.examples for word in text.split()]
    nlp = spacy.blank("nb")
    texts = {str(n): " ".join(chance.choices(words, k=20)) for n in range(2000)}
    docs = {name: nlp.make_doc(text) for name, text in texts.items()}
    units = [Unit(name, 0, len(text), text) for name, text in texts.items()]
    begun = time.process_time()
    suggest_by_rules(docs, units, example_codebook)
    assert time.process_time() - begun < 3


def test_a_bokmål_pattern_finds_nynorsk_and_names_the_word_as_written():
    assert one(book(a="ensomhet"), "mykje Einsemd her") == [("a", "Treff på «Einsemd».")]
    assert one(book(a="ikke ... bolig"), "har ikkje eigen bustad") == [("a", "Treff på «ikkje … bustad».")]


def test_a_word_that_is_also_a_nynorsk_verb_is_compared_as_written():
    assert not one(book(a="gjeld"), "dette gjelder alle")
    assert one(book(a="gjeld"), "mye gjeld")


def test_a_compound_pattern_names_the_compound():
    assert one(book(a="~samhandling ... ~møte"), "samhandlingsteamet har tavlemøter") == [
        ("a", "Treff på «samhandlingsteamet … tavlemøter».")
    ]
