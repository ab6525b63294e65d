"""The cache of words in the first layer gives the very numbers of the layer itself."""

import numpy as np
import pytest
from spacy.tokens import Doc

from kafe.language.components import cached_embedding
from kafe.language.models.pipeline import load_pipeline

TEXTS = [
    "Pårørende blir ikke hørt, f.eks. når de ringer kl. 08.00.",
    "Ho bur åleine 🙂 og treng hjelp!",
    "",
    "Hjelp! hjelp, HJELP.",
]


@pytest.fixture
def layer() -> cached_embedding.Model:
    nlp = load_pipeline("nb_kafe_sm")
    found = nlp.get_pipe("tok2vec").model.layers[0]
    assert found.name == "remembered_embed"
    return found


def documents() -> list[Doc]:
    nlp = load_pipeline("nb_kafe_sm")
    return [nlp.make_doc(text) for text in TEXTS]


def test_words_met_before_and_now_get_the_same_numbers_as_without_the_cache(
    layer: cached_embedding.Model,
) -> None:
    plain = layer.layers[0].predict(documents())
    for _ in range(2):
        cached = layer.predict(documents())
        assert all(np.array_equal(one, other) for one, other in zip(plain, cached, strict=True))


def test_a_norm_that_only_the_token_has_is_another_word(layer: cached_embedding.Model) -> None:
    usual, other = (Doc(load_pipeline("nb_kafe_sm").vocab, words=["mye", "hjelp"]) for _ in range(2))
    other[0].norm_ = "mange"
    assert not np.array_equal(layer.predict([usual])[0][0], layer.predict([other])[0][0])
    assert np.array_equal(layer.layers[0].predict([other])[0], layer.predict([other])[0])


def test_a_full_cache_is_emptied_and_right(
    layer: cached_embedding.Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cached_embedding, "MOST", 5)
    plain = layer.layers[0].predict(documents())
    for doc, expected in zip(documents(), plain, strict=True):
        assert np.array_equal(layer.predict([doc])[0], expected)


def test_training_empties_the_cache() -> None:
    class Constant:
        def __call__(self, model, docs, is_train):
            return [np.full((len(doc), 1), model.attrs["times"], dtype="float32") for doc in docs], None

    inner = cached_embedding.Model("inner", Constant(), dims={"nO": 1}, attrs={"times": 1})
    layer = cached_embedding.remembered_embed(inner)
    doc = documents()[0]
    assert layer.predict([doc])[0][0, 0] == 1
    inner.attrs["times"] = 2
    assert layer.predict([doc])[0][0, 0] == 1
    layer([doc], is_train=True)
    assert layer.predict([doc])[0][0, 0] == 2
