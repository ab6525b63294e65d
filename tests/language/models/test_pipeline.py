"""The pipeline that comes with kafe: what it must know, on constructed notes (konstruert eksempel)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy

from kafe.language.models.pipeline import bundled_path, load_pipeline, model_identity, resolve_model
from kafe.language.training.evaluate import evaluate_conllu
from kafe.language.units import units
from kafe.records import KafeError

SHARED = Path(__file__).parents[4] / "shared" / "treebank"
LEAST = {
    "nob": {"pos": 0.966, "morph": 0.955, "lemma": 0.97, "sentence_f": 0.945, "entity_f": 0.74},
    "nno": {"pos": 0.96, "morph": 0.952, "lemma": 0.969, "sentence_f": 0.90, "entity_f": 0.77},
}


@pytest.mark.parametrize(
    ("text", "word", "pos", "lemma"),
    [
        ("Pårørende blir ikke hørt.", "blir", "AUX", "bli"),
        ("Tenestene snakkar ikkje saman.", "Tenestene", "NOUN", "teneste"),
        ("Vi trenger flere boliger med oppfølging.", "boliger", "NOUN", "bolig"),
        ("Kommunane må samarbeide betre.", "Kommunane", "NOUN", "kommune"),
        ("Fastlegen ringte aldri tilbake.", "ringte", "VERB", "ringe"),
        ("Ho bur åleine og treng hjelp.", "treng", "VERB", "trenge"),
        ("To innleggelser på ett år.", "innleggelser", "NOUN", "innleggelse"),
        ("Etter reinnleggelsene ble det stille.", "reinnleggelsene", "NOUN", "reinnleggelse"),
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


@pytest.mark.parametrize("text", ["", " ", "\n\n", "🙂", "…"])
def test_texts_without_words_go_through(text: str) -> None:
    assert load_pipeline("nb_kafe_sm")(text).text == text


def test_its_card_shows_the_scores_it_was_measured_with() -> None:
    scores = json.loads((bundled_path() / "scores.json").read_text(encoding="utf-8"))
    card = (bundled_path() / "README.md").read_text(encoding="utf-8")
    for standard, floors in LEAST.items():
        for key, least in floors.items():
            assert f"{scores[standard][key]:.3f}" in card
            assert scores[standard][key] >= least, (standard, key)


def test_all_of_it_is_smaller_than_40_megabytes() -> None:
    assert sum(path.stat().st_size for path in bundled_path().rglob("*") if path.is_file()) < 40e6


def test_spacy_alone_finds_its_components_where_kafe_is_installed() -> None:
    program = f"import spacy; print(spacy.load({str(bundled_path())!r})('Vi treng hjelp.')[1].lemma_)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "trenge\n"


def test_it_carries_no_path_of_the_machine_it_was_trained_on() -> None:
    config = (bundled_path() / "config.cfg").read_text(encoding="utf-8")
    assert "train = null" in config and "dev = null" in config


@pytest.mark.shared
@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the treebank is not beside the checkout (../shared/treebank)"
)
def test_what_ships_is_no_worse_on_the_development_parts_it_has_mostly_read() -> None:
    measured = json.loads((bundled_path() / "scores.json").read_text(encoding="utf-8"))
    for standard in LEAST:
        found = evaluate_conllu(load_pipeline("nb_kafe_sm"), SHARED / f"ud-dev-{standard}.conllu")
        assert all(found[key] >= measured[standard][key] for key in ("pos", "morph", "lemma")), standard


def test_a_missing_model_names_the_command_that_installs_it() -> None:
    with pytest.raises(KafeError, match="spacy-model-nb_core_news_lg") as error:
        load_pipeline("nb_core_news_lg")
    assert "python -m spacy download nb_core_news_lg" in str(error.value)
    with pytest.raises(KafeError, match="nb_kafe_sm"):
        model_identity("finnes/ikke")


def test_auto_is_the_bundled_model_and_any_other_name_is_itself() -> None:
    assert resolve_model("auto") == resolve_model("nb_kafe_sm") == "nb_kafe_sm"
    assert resolve_model("nb_core_news_sm") == "nb_core_news_sm"


def test_a_folder_is_looked_up_from_the_project(tmp_path: Path) -> None:
    spacy.blank("nb").to_disk(tmp_path / "modell")
    assert resolve_model("modell", tmp_path) == str(tmp_path / "modell")
    assert load_pipeline(resolve_model("modell", tmp_path)).lang == "nb"
