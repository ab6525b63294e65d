import numpy as np
import pytest

from kafe.topics.vectors.embed import SPELLING_RANGE, embed, lean, spelling_share
from kafe.topics.words.words import normal_words


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


@pytest.mark.parametrize("leaned", [False, True])
def test_rows_follow_the_texts_and_neither_their_order_nor_repetition(themed, leaned):
    texts, _, _ = themed(40)
    order = [*reversed(range(40)), 3, 3]
    vectors = embed(texts, leaned=leaned)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(vectors[order], embed([texts[row] for row in order], leaned=leaned))


def test_near_spellings_lie_near():
    texts = ["psykisk helsetjeneste", "psykisk helseteneste", "buss til Klepp", "ansvar for medisin"]
    vectors = embed(texts)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3


def test_spelling_weighs_more_the_more_texts_repeat_each_other():
    apart = ["bolig", "buss", "tannlege", "ensomhet", "vedtak", "skole"]
    some = ["dyr bolig i sentrum", "buss om kvelden til sentrum", "tannlege koster for mye penger"]
    some += ["vedtak kan ikke klages på", "ensomhet er verst i helga", "skole og mye fravær"]
    same = [f"sett alarmen på klokka {hour} i morgen" for hour in ("sju", "åtte", "ni", "ti")]
    shares = [spelling_share(normal_words(texts)) for texts in (apart, some, same)]
    assert shares[0] == SPELLING_RANGE[0] and shares[2] == SPELLING_RANGE[1]
    assert SPELLING_RANGE[0] < shares[1] < SPELLING_RANGE[1]
    assert np.array_equal(embed(some), embed(some, spelling=shares[1]))
    assert not np.array_equal(embed(some), embed(some, spelling=0.5))


def test_the_same_in_the_other_written_standard_lies_in_the_same_place():
    left, right, other = embed(
        ["Eg veit ikkje kven som har bustad.", "Jeg vet ikke hvem som har bolig", "Buss til legen på fredag"]
    )
    assert left @ right > 0.99
    assert left @ other < 0.5


def test_leaned_texts_of_one_theme_lie_nearer_and_texts_without_letters_stay_zero(themed):
    texts, _, truth = themed(60)
    texts, truth = [*texts, "–"], [*truth, ""]
    same = np.array([[one == other for other in truth[:-1]] for one in truth[:-1]])
    gaps = []
    for leaned in (False, True):
        vectors = embed(texts, leaned=leaned)
        assert not vectors[-1].any()
        likeness = vectors[:-1] @ vectors[:-1].T
        gaps.append(likeness[same].mean() - likeness[~same].mean())
    assert gaps[1] > gaps[0] + 0.1


def test_below_ten_texts_nothing_leans():
    vectors = np.eye(9, dtype=np.float32)
    assert lean(vectors) is vectors


def test_a_text_that_resembles_no_other_stays_where_it_is():
    vectors = np.zeros((40, 3), dtype=np.float32)
    vectors[:39, 0], vectors[39, 1] = 1, 1
    assert np.array_equal(lean(vectors), vectors)


def test_of_many_texts_all_lean_though_few_are_candidates(monkeypatch):
    import sys

    monkeypatch.setattr(sys.modules["kafe.topics.vectors.embed"], "AMONG", 50)
    rng = np.random.default_rng(1)
    themes = np.repeat(np.eye(4), 100, axis=0)
    vectors = themes + rng.normal(0, 0.3, themes.shape)
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    before, after = (np.einsum("nd,nd->n", rows, themes) for rows in (vectors, lean(vectors)))
    assert after.mean() > before.mean()
    assert np.linalg.norm(lean(vectors), axis=1) == pytest.approx(1, abs=1e-5)
