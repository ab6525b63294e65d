"""Notes in order of how well they fit words and what the words mean; filters of a query hold exactly."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kafe.language.models import encode
from kafe.language.norm import norm_forms
from kafe.search.query import And, Field, Near, Not, Or, Query, Text, texts_of
from kafe.search.word_index import WORD
from kafe.strings import TAG

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DAMPED = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke & Büttcher 2009)."""
LEAST = 0.45
"""The least cosine of a note that is offered though it has none of the words
(a choice: docs/decisions/0022-search-by-meaning.md)."""
SATURATION, LENGTH_SHARE = 1.2, 0.75
"""k₁ and b of BM25 (Robertson & Zaragoza 2009)."""


class Meaning:
    """Texts by note id as vectors and words, for ranking."""

    def __init__(self, texts: Mapping[str, str]):
        self.ids = list(texts)
        self._words = [_words(text) for text in texts.values()]
        self._vectors = encode([" ".join(row) for row in self._words])
        self._held = Counter(word for row in self._words for word in {*row})

    def likeness(self, text: str) -> dict[str, float]:
        """Return note id → the cosine of its static vector and the text's; 0 for a text without known words."""
        return dict(zip(self.ids, self._cosines(text).tolist(), strict=True))

    def lexical(self, text: str) -> dict[str, float]:
        """Return note id → the BM25 of the text's words, by norm form; notes without any are left out."""
        wanted = {*_words(text)}
        mean = sum(map(len, self._words)) / max(len(self._words), 1) or 1.0
        scores = {}
        for note_id, row in zip(self.ids, self._words, strict=True):
            counts = Counter(word for word in row if word in wanted)
            length = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * len(row) / mean)
            if counts:
                scores[note_id] = sum(
                    self._rarity(word) * count * (SATURATION + 1) / (count + length)
                    for word, count in sorted(counts.items())
                )
        return scores

    def fused(self, text: str, among: Iterable[str] | None = None) -> list[str]:
        """Return the notes (those `among`) in order: ranks by words and by meaning fused, ties by id."""
        allowed = set(self.ids if among is None else among)
        scores: Counter[str] = Counter()
        for scored in (self.lexical(text), self.likeness(text)):
            order = sorted((key for key in scored if key in allowed), key=lambda key: (-scored[key], key))
            for place, key in enumerate(order, start=1):
                scores[key] += 1 / (DAMPED + place)  # type: ignore[assignment]
        return sorted(allowed, key=lambda key: (-scores[key], key))

    def _cosines(self, text: str) -> NDArray[np.float32]:
        return self._vectors @ encode([" ".join(_words(text))])[0]

    def _rarity(self, word: str) -> float:
        held = self._held[word]
        return math.log(1 + (len(self.ids) - held + 0.5) / (held + 0.5))


def asked_text(query: Query) -> str:
    """Return the words that a query asks for, as one text; empty where it asks for none."""
    return " ".join(text.value.replace("*", "") for text in texts_of(query))


def apart_from_words(query: Query) -> tuple[bool, Query | None]:
    """Return whether words stand beside conditions that can be kept without them, and those conditions.

    True, None: the query is words alone. A query where words and conditions are alternatives, or words that must
    stand near something, cannot be loosened: False.
    """
    match query:
        case Text():
            return True, None
        case Or(parts):
            return all(isinstance(part, Text) for part in parts), None
        case And(parts):
            kept = [part for part in parts if not _only_words(part)]
            loose = len(kept) < len(parts) and not any(_mixed(part) for part in kept)
            return loose, (None if not kept else kept[0] if len(kept) == 1 else And(tuple(kept)))
    return False, None


def _only_words(query: Query) -> bool:
    return isinstance(query, Text) or (isinstance(query, Or) and all(map(_only_words, query.parts)))


def _mixed(query: Query) -> bool:
    return isinstance(query, Near) or (
        not isinstance(query, (Not, Field)) and any(True for _ in texts_of(query))
    )


def _words(text: str) -> Sequence[str]:
    return norm_forms(word.lower() for word in WORD.findall(TAG.sub(" ", text)))
