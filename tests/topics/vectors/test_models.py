"""Opt-in embedding models: found on this machine or refused with what installs them; never fetched."""

import numpy as np
import pytest

from kafe.language.models import encode, static_path
from kafe.records import KafeError
from kafe.topics.vectors.embedder import Embedder
from kafe.topics.vectors.models import cached, opt_in

TEXTS = ["Egen bolig", "", "Han er alene", "Egen bolig"]


@pytest.fixture(autouse=True)
def _no_models(monkeypatch, tmp_path):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))


def test_the_bundled_model_alone_can_be_chosen():
    assert np.allclose(Embedder("static_nb").embed(TEXTS), encode(TEXTS), atol=1e-6)


def test_a_folder_of_model2vec_is_read():
    found = Embedder(str(static_path())).embed(TEXTS)
    assert found.dtype == np.float32
    assert not found[1].any()
    assert np.abs(found - encode(TEXTS)).max() < 2e-3


def test_texts_without_letters_are_zero_rows_whatever_the_model():
    assert not Embedder("static_nb").embed(["", "–"]).any()


@pytest.mark.parametrize(
    "name", ["NbAiLab/nb-sbert-base", "intfloat/multilingual-e5-small", "finnes-ikke", "finnes.ikke", "../x"]
)
def test_a_model_that_is_not_on_the_machine_is_refused_with_the_command_that_brings_it(name):
    with pytest.raises(KafeError, match=f"hf download {name}") as error:
        opt_in(name)
    assert "topics.embedding" in str(error.value)


def test_a_sentence_transformer_without_its_library_says_what_to_install(tmp_path):
    snapshot = tmp_path / "hub" / "models--org--navn" / "snapshots" / "1"
    snapshot.mkdir(parents=True)
    (snapshot / "modules.json").write_text("[]")
    with pytest.raises(KafeError, match=r"kafe\[transformers\]"):
        opt_in("org/navn")


def test_a_folder_that_is_no_model_is_refused(tmp_path):
    with pytest.raises(KafeError, match="ikke en modell"):
        opt_in(str(tmp_path))


def test_a_spacy_model_without_vectors_is_refused(tmp_path):
    import spacy

    spacy.blank("nb").to_disk(tmp_path / "tom")
    with pytest.raises(KafeError, match="ingen ordvektorer"):
        opt_in(str(tmp_path / "tom"))


def test_the_word_vectors_of_the_bundled_pipeline_can_be_chosen_and_know_unseen_words(tmp_path):
    texts = ["boligkontorsaken", "boligkontoret", "julenissen", "–"]
    found = cached(texts, "nb_kafe_sm", tmp_path)
    assert np.linalg.norm(found, axis=1) == pytest.approx([1, 1, 1, 0], abs=1e-5)
    assert found[0] @ found[1] > found[0] @ found[2]
    assert np.array_equal(found, Embedder("nb_kafe_sm").embed(texts))


def test_spacy_vectors_can_be_used(tmp_path):
    import spacy

    nlp = spacy.blank("nb")
    nlp.vocab.set_vector("bolig", np.array([1, 0], dtype=np.float32))
    nlp.vocab.set_vector("alene", np.array([0, 1], dtype=np.float32))
    nlp.to_disk(tmp_path / "vektorer")
    found = Embedder(str(tmp_path / "vektorer")).embed(["bolig", "alene bolig", "–"])
    assert np.allclose(found, [[1, 0], [0.5**0.5, 0.5**0.5], [0, 0]])


def test_the_cache_gives_the_same_rows_and_computes_only_what_is_new(tmp_path, monkeypatch):
    from kafe.topics.vectors import models

    seen: list[str] = []

    def counting(model):
        def rows(texts):
            seen.extend(texts)
            return opt_in(model)(texts)

        return rows

    monkeypatch.setattr(models, "opt_in", counting)
    first = cached(TEXTS, "static_nb", tmp_path)
    second = cached([*TEXTS, "Ny tekst"], "static_nb", tmp_path)
    assert np.array_equal(first, second[:4])
    assert np.allclose(first, encode(TEXTS), atol=1e-6)
    assert seen == ["Egen bolig", "", "Han er alene", "Ny tekst"]
    assert all("bolig" not in path.read_bytes().decode("latin-1") for path in tmp_path.glob("*.npz"))


def test_a_changed_model_is_not_answered_from_the_cache(tmp_path):
    import shutil

    folder, cache = tmp_path / "modell", tmp_path / "mellomlager"
    shutil.copytree(static_path(), folder)
    cached(TEXTS, str(folder), cache)
    (folder / "config.json").write_text('{"normalize": false}', encoding="utf-8")
    cached(TEXTS, str(folder), cache)
    assert len(list(cache.glob("*.npz"))) == 2
