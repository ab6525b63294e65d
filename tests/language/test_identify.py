from pathlib import Path

import pytest

from kafe.language import written_standards
from kafe.language.treebank import read_conll

SHARED = Path(__file__).parents[3] / "shared" / "treebank"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi vet ikke hvem som skal følge opp etter utskriving", "nb"),
        ("Me veit ikkje kven som skal følgje opp etter utskriving", "nn"),
        ("Ho bur åleine og har ikkje nokon å snakke med", "nn"),
        ("Hun bor alene og har ingen å snakke med", "nb"),
        ("Dei pårørande må høyrast", "nn"),
        ("", ""),
        ("😀 12 +++", ""),
        ("DPS NAV", "usikker"),
        ("Felles verktøy?", "usikker"),
        ("Meir tid", "nn"),
        ("[PERSON-4] [TELEFON-12]", ""),
    ],
)
def test_the_written_standard_of_a_note(text: str, expected: str) -> None:
    assert written_standards([text]) == [expected]


def test_no_texts_give_no_answers() -> None:
    assert written_standards([]) == []


@pytest.mark.shared
@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the treebank is not beside the checkout (../shared/treebank)"
)
def test_sentences_of_five_words_or_more_are_told_apart() -> None:
    right = total = 0
    for standard, answer in (("nob", "nb"), ("nno", "nn")):
        texts = [
            " ".join(word.form for word in sentence)
            for sentence in read_conll(SHARED / f"ud-dev-{standard}.conllu")
            if sum(word.form.isalpha() for word in sentence) >= 5
        ]
        found = written_standards(texts)
        right += sum(label in (answer, "usikker") for label in found)
        total += len(texts)
    assert right / total > 0.975
