import numpy as np
import pytest

from kafe.topics.vectors.embedder import Embedder

embed = Embedder().embed


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


@pytest.mark.parametrize("smoothed", [False, True])
def test_rows_follow_the_texts_and_neither_their_order_nor_repetition(themed, smoothed):
    texts, _, _ = themed(40)
    order = [*reversed(range(40)), 3, 3]
    vectors = embed(texts, smoothed=smoothed)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(vectors[order], embed([texts[row] for row in order], smoothed=smoothed))


def test_near_spellings_lie_near():
    texts = ["psykisk helsetjeneste", "psykisk helseteneste", "buss til Klepp", "ansvar for medisin"]
    vectors = embed(texts)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3


def test_the_same_in_the_other_written_standard_lies_in_the_same_place():
    left, right, other = embed(
        ["Eg veit ikkje kven som har bustad.", "Jeg vet ikke hvem som har bolig", "Buss til legen på fredag"]
    )
    assert left @ right > 0.99
    assert left @ other < 0.5
