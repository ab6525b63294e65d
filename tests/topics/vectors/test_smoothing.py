"""Vectors smoothed on their neighbours."""

import numpy as np
import pytest

from kafe.topics.vectors.embedder import Embedder
from kafe.topics.vectors.smoothing import smooth_on_neighbours

embed = Embedder().embed


def test_smoothed_texts_of_one_theme_lie_nearer_and_texts_without_letters_stay_zero(themed):
    texts, _, truth = themed(60)
    texts, truth = [*texts, "–"], [*truth, ""]
    same = np.array([[one == other for other in truth[:-1]] for one in truth[:-1]])
    gaps = []
    for smoothed in (False, True):
        vectors = embed(texts, smoothed=smoothed)
        assert not vectors[-1].any()
        similarity = vectors[:-1] @ vectors[:-1].T
        gaps.append(similarity[same].mean() - similarity[~same].mean())
    assert gaps[1] > gaps[0] + 0.1


def test_below_ten_texts_nothing_is_smoothed():
    vectors = np.eye(9, dtype=np.float32)
    assert smooth_on_neighbours(vectors) is vectors


def test_a_text_that_resembles_no_other_stays_where_it_is():
    vectors = np.zeros((40, 3), dtype=np.float32)
    vectors[:39, 0], vectors[39, 1] = 1, 1
    assert np.array_equal(smooth_on_neighbours(vectors), vectors)


def test_of_many_texts_all_are_smoothed_though_few_are_candidates(monkeypatch):
    import sys

    monkeypatch.setattr(sys.modules["kafe.topics.vectors.smoothing"], "AMONG", 50)
    rng = np.random.default_rng(1)
    themes = np.repeat(np.eye(4), 100, axis=0)
    vectors = themes + rng.normal(0, 0.3, themes.shape)
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    before, after = (np.einsum("nd,nd->n", rows, themes) for rows in (vectors, smooth_on_neighbours(vectors)))
    assert after.mean() > before.mean()
    assert np.linalg.norm(smooth_on_neighbours(vectors), axis=1) == pytest.approx(1, abs=1e-5)
