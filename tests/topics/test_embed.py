import numpy as np
import pytest

from kafe.topics import embed


def test_no_text_gives_no_row():
    assert embed([]).shape[0] == 0


def test_one_text_has_a_unit_vector():
    assert np.linalg.norm(embed(["Egen bolig"]), axis=1) == pytest.approx(1)


def test_two_unlike_texts_do_not_become_alike():
    left, right = embed(["ensomhet", "buss"])
    assert abs(left @ right) < 0.1


def test_text_without_letters_is_a_zero_row():
    vectors = embed(["bolig i byen", "", "bolig på landet"])
    assert not vectors[1].any()
    assert not embed(["", ""]).any()


def test_rows_follow_the_texts_and_not_their_order(themed):
    texts, lemmas, _ = themed(40)
    order = list(reversed(range(40)))
    for given in (None, lemmas):
        turned = [given[row] for row in order] if given else None
        vectors = embed(texts, lemmas=given)
        assert vectors.dtype == np.float32
        assert np.array_equal(vectors[order], embed([texts[row] for row in order], lemmas=turned))


def test_near_spellings_lie_near():
    texts = ["psykisk helsetjeneste", "psykisk helseteneste", "buss til Klepp", "ansvar for medisin"]
    vectors = embed(texts)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3


def test_with_lemmas_function_words_do_not_count():
    texts = ["eg veit ikkje kven som har bolig", "jeg aner ikke hvem med bolig"]
    lemmas = [["bolig"], ["bolig"]]
    left, right = embed(texts, lemmas=lemmas)
    assert left @ right > 0.99
