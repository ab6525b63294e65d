"""The pipeline that comes with kafe: what it must know, on constructed notes (konstruert eksempel)."""

import json
from pathlib import Path

import pytest

from kafe.language import load_pipeline, units
from kafe.language.evaluate import evaluate_conllu
from kafe.language.pipeline import bundled_path

SHARED = Path(__file__).parents[3] / "shared" / "treebank"
LEAST = {"pos": 0.955, "morph": 0.94, "lemma": 0.955, "sentence_f": 0.90, "entity_f": 0.70}


@pytest.mark.parametrize(
    ("text", "word", "pos", "lemma"),
    [
        ("Pårørende blir ikke hørt.", "blir", "AUX", "bli"),
        ("Tenestene snakkar ikkje saman.", "Tenestene", "NOUN", "teneste"),
        ("Vi trenger flere boliger med oppfølging.", "boliger", "NOUN", "bolig"),
        ("Kommunane må samarbeide betre.", "Kommunane", "NOUN", "kommune"),
        ("Fastlegen ringte aldri tilbake.", "ringte", "VERB", "ringe"),
        ("Ho bur åleine og treng hjelp.", "treng", "VERB", "trenge"),
    ],
)
def test_it_knows_both_written_standards(text: str, word: str, pos: str, lemma: str) -> None:
    doc = load_pipeline("nb_kafe_sm")(text)
    token = next(token for token in doc if token.text == word)
    assert (token.pos_, token.lemma_) == (pos, lemma)


def test_it_finds_persons_and_divides_sentences() -> None:
    doc = load_pipeline("nb_kafe_sm")(
        "I går snakket Kari Nordmann med legen i Stavanger. Hun fikk time i dag."
    )
    assert ("Kari Nordmann", "PER") in [(span.text, span.label_) for span in doc.ents]
    assert [unit.text for unit in units("n", doc)] == [
        "I går snakket Kari Nordmann med legen i Stavanger.",
        "Hun fikk time i dag.",
    ]


def test_its_card_shows_the_scores_it_was_saved_with() -> None:
    scores = json.loads((bundled_path() / "scores.json").read_text(encoding="utf-8"))
    card = (bundled_path() / "README.md").read_text(encoding="utf-8")
    for standard in ("nob", "nno"):
        for key, least in LEAST.items():
            assert f"{scores[standard][key]:.3f}" in card
            assert scores[standard][key] > least - 0.03


def test_it_carries_no_path_of_the_machine_it_was_trained_on() -> None:
    config = (bundled_path() / "config.cfg").read_text(encoding="utf-8")
    assert "train = null" in config and "dev = null" in config


@pytest.mark.shared
@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the treebank is not beside the checkout (../shared/treebank)"
)
def test_it_reaches_its_scores_on_the_development_parts() -> None:
    nlp = load_pipeline("nb_kafe_sm")
    found = [evaluate_conllu(nlp, SHARED / f"ud-dev-{standard}.conllu") for standard in ("nob", "nno")]
    words = [part["tokens"] for part in found]
    for key, least in LEAST.items():
        mean = sum(part[key] * count for part, count in zip(found, words, strict=True)) / sum(words)
        assert mean >= least, key
