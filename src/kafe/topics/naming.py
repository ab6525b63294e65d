"""The words that describe each topic: heavy ones that stand in several of its notes and belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING

from kafe.topics.class_tfidf import heaviest
from kafe.topics.quality import pair_npmi
from kafe.topics.words.stopwords import general_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

SHOWN_WORDS = 10
LEAST_NOTES = 3
LEAST_SHARE = 0.1
"""A word describes a topic when so many of its notes, and this share of them, hold it."""
ENOUGH_WORDS = 6
"""The share, then the number, is asked for less where fewer words than these would be left."""
FEWEST_WORDS = 4
"""A word of one note describes only where fewer than these would be left."""
NEAR = 0.5
"""Cosine in the static model from which two words belong together, whether or not notes hold both."""
CONSIDERED = 30
"""Heaviest words that are tried at each step."""

Described = tuple[tuple[str, ...], tuple[tuple[str, float], ...]]


def words_of(
    weights: csr_matrix,
    terms: Sequence[str],
    words: Sequence[Sequence[str]],
    labels: NDArray[np.int64],
    forms: Mapping[str, str],
) -> list[Described]:
    """Return, for each group, its best single words in norm form, and what is shown with weights.

    The heaviest first, those of fewer notes last, but only what at least `LEAST_NOTES` and `LEAST_SHARE` of the
    group's notes hold (the weight alone prefers rare words, which say what one note is about), what is not a
    general word, and what belongs with the words before it: notes hold them together at least as often as by
    chance, or they are near in meaning (`NEAR`). Figures: docs/decisions/0011-topics-that-stay.md.
    """
    groups = range(int(labels.max()) + 1)
    notes: list[Counter[str]] = [Counter() for _ in groups]
    for row, label in zip(words, labels.tolist(), strict=True):
        notes[label].update(set(row))
    sizes = Counter(labels.tolist())
    tried = [_by_step(weights, group, terms, notes[group], sizes[group]) for group in groups]
    together = _Together({term for steps in tried for _, _, step in steps for term in step}, words)
    found = []
    for group in groups:
        chosen = _chosen(tried[group], together)
        own = weights[group]
        value = {terms[column]: weight for column, weight in zip(own.indices, own.data, strict=True)}
        shown: dict[str, float] = {}
        for term in chosen:
            shown.setdefault(forms.get(term, term), round(float(value[term]), 4))
        found.append((tuple(term for term in chosen if " " not in term), tuple(shown.items())))
    return found


class _Together:
    """Which terms belong together: in the notes, or in meaning."""

    def __init__(self, terms: Iterable[str], words: Sequence[Sequence[str]]):
        from kafe.language.models import encode

        self._rows: dict[str, set[int]] = {term: set() for term in sorted(terms)}
        for row, own in enumerate(words):
            for term in self._rows.keys() & set(own):
                self._rows[term].add(row)
        self._notes = len(words)
        self._place = {term: place for place, term in enumerate(self._rows)}
        self._vectors = encode(list(self._rows))

    def belongs(self, term: str, others: Sequence[str]) -> bool:
        """Return whether a term belongs with others: by mean NPMI not below chance, or near one of them."""
        places = [self._place[other] for other in others]
        if not others or float((self._vectors[places] @ self._vectors[self._place[term]]).max()) >= NEAR:
            return True
        own = self._rows[term]
        return sum(pair_npmi(own, self._rows[other], self._notes) for other in others) >= 0


def _by_step(
    weights: csr_matrix, group: int, terms: Sequence[str], notes: Mapping[str, int], size: int
) -> list[tuple[int, int, list[str]]]:
    """Return, from strict to lenient: how few and how many words a step is for, and what it tries."""
    ranked = [terms[column] for column in heaviest(weights, group, terms)]
    ranked = [term for term in ranked if term not in general_words()] or ranked
    steps = (
        (max(LEAST_NOTES, ceil(LEAST_SHARE * size)), SHOWN_WORDS, SHOWN_WORDS),
        (LEAST_NOTES, ENOUGH_WORDS, ENOUGH_WORDS),
        (LEAST_NOTES - 1, ENOUGH_WORDS, ENOUGH_WORDS),
        (1, FEWEST_WORDS, FEWEST_WORDS),
    )
    return [
        (few, many, [term for term in ranked if notes[term] >= least][:CONSIDERED])
        for least, few, many in steps
    ]


def _chosen(steps: Sequence[tuple[int, int, list[str]]], together: _Together) -> list[str]:
    chosen: list[str] = []
    for few, many, tried in steps:
        if len(chosen) >= few:
            break
        for term in tried:
            if len(chosen) < many and term not in chosen and together.belongs(term, chosen):
                chosen.append(term)
    return chosen
