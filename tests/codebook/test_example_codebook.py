"""The example project's codebook is whole, readable on paper and screen, and its rules know its examples."""

from itertools import pairwise

import pytest
import spacy

from kafe.codings.tables import unused_and_undefined
from kafe.records import Unit
from kafe.suggestions.rules import suggest_by_rules

ROOTS = ["rød", "svikt", "innsatsområder", "aktører", "overganger", "recovery"]
NYNORSK = {"ikkje", "ein", "frå", "meg", "ho", "dei", "eit", "eg", "berre", "kva", "korleis", "kven", "me"}


def codable(book):
    return [code for code in book.codes if code.codable]


def test_it_has_the_frames_and_between_45_and_60_codes(example_codebook):
    assert [code.id for code in example_codebook.children()] == ROOTS
    assert 45 <= len(codable(example_codebook)) <= 60
    assert len(example_codebook.children("svikt")) == 5


def test_every_code_is_described_with_examples_and_patterns(example_codebook):
    lacks = [row for row in unused_and_undefined([], example_codebook) if row["lack"] != "unused"]
    assert not lacks
    assert all(2 <= len(code.examples) <= 4 for code in codable(example_codebook))


def test_every_reference_to_another_code_exists(example_codebook):
    for code in example_codebook.codes:
        for text in code.exclude:
            for part in text.split("(se ")[1:]:
                for _, name in pairwise(["", *part.replace("»", "«").split("«")[1::2]]):
                    assert name in example_codebook, (code.id, name)


def test_names_and_examples_are_not_repeated(example_codebook):
    names = [code.name for code in example_codebook.codes]
    examples = [text for code in example_codebook.codes for text in code.examples]
    assert len(set(names)) == len(names)
    assert len(set(examples)) == len(examples)


def test_colours_have_contrast_enough_for_text_on_white(example_codebook):
    for code in example_codebook.codes:
        parts = [int(code.colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        light = sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
        assert 1.05 / (light + 0.05) >= 4.5, code.id


def test_each_code_is_suggested_for_an_example_of_its_own(example_codebook):
    nlp = spacy.blank("nb")
    texts = {
        f"{code.id}/{n}": text for code in codable(example_codebook) for n, text in enumerate(code.examples)
    }
    units = [Unit(name, 0, len(text), text) for name, text in texts.items()]
    docs = {name: nlp(text) for name, text in texts.items()}
    found = {(s.note_id.partition("/")[0], s.code) for s in suggest_by_rules(docs, units, example_codebook)}
    assert [code.id for code in codable(example_codebook) if (code.id, code.id) not in found] == []


@pytest.mark.parametrize("text", ["Han er utan bustad", "Hun har ikke bolig"])
def test_both_written_standards_are_known(example_codebook, text):
    found = suggest_by_rules(
        {"n": spacy.blank("nb")(text)}, [Unit("n", 0, len(text), text)], example_codebook
    )
    assert [s.code for s in found] == ["bolig-ustabil"]
