"""The language of a note: Bokmål, Nynorsk, both, another language, or not certain; and whether it is dialect."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from kafe.language.bundled import RESOURCES
from kafe.language.foreign_and_dialect import is_dialect_near, is_other_language
from kafe.strings import TAG

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

Answer = Literal["nb", "nn", "mixed", "other", "unsure", ""]
WEIGHTS = "nb_nn.npz"
FEATURES = 2**18
LONGEST = 5
MARGINS = {1: 3.0, 2: 1.5}
MARGIN = 0.1
NAMES_MARGIN = 3.0
ACRONYMS, LONGEST_ACRONYM = 5, 5
"""Log-odds closer to zero than this are unsure; single words and pairs need more, capitals alone the most:
they are names or acronyms."""
CLEAR = 4.0
FEWEST_WORDS = 3
"""A part of a note with so many words and such log-odds is clearly in one standard."""

_WORD = re.compile(r"[^\W\d_]+")
_PART = re.compile(r"[.!?;…]+\s+|\n+")


@dataclass(frozen=True, slots=True)
class Identified:
    """`language` is empty without words; `score` is the log-odds for Nynorsk against Bokmål."""

    language: Answer
    dialect: bool
    score: float


def identify(texts: Sequence[str]) -> list[Identified]:
    """Return the language of each text; pseudonym tags do not count.

    Bokmål and Nynorsk are told apart by a logistic regression over words, word pairs and character
    n-grams, trained on the treebank (`kafe language train`). A text with clear parts in both is `mixed`.
    Names and acronyms alone, and texts that could be either, are `unsure`. Dialect-near writing is
    flagged and gets the answer of the standard it lies closer to.
    """
    plain = [TAG.sub(" ", text) for text in texts]
    parts = [[part for part in _PART.split(text) if _words(part) >= FEWEST_WORDS] for text in plain]
    flat = [*plain, *(part for found in parts for part in found if len(found) > 1)]
    scores = iter(log_odds(flat))
    whole = [next(scores) for _ in plain]
    clear = [
        {score > 0 for _ in found if abs(score := next(scores)) >= CLEAR} if len(found) > 1 else set()
        for found in parts
    ]
    return [
        Identified(_answer(text, score, both=len(seen) == 2 and not spoken), spoken, round(score, 3))
        for text, score, seen, spoken in zip(plain, whole, clear, map(is_dialect_near, plain), strict=True)
    ]


def written_standards(texts: Sequence[str]) -> list[str]:
    """Return `nb`, `nn`, `mixed`, `other`, `unsure`, or an empty string (no letters) for each text."""
    return [found.language for found in identify(texts)]


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _answer(text: str, score: float, *, both: bool) -> Answer:
    words = _WORD.findall(text)
    if not words:
        return ""
    if is_other_language(text):
        return "other"
    if both:
        return "mixed"
    margin = MARGINS.get(len(words), MARGIN)
    if len(words) <= ACRONYMS and all(word.isupper() and len(word) <= LONGEST_ACRONYM for word in words):
        return "unsure"
    if text.isupper() or (len(words) == 2 and all(word[0].isupper() for word in words)):
        margin = NAMES_MARGIN
    if abs(score) < margin:
        return "unsure"
    return "nn" if score > 0 else "nb"


def log_odds(texts: Sequence[str]) -> list[float]:
    """Return for each text the log-odds that it is Nynorsk rather than Bokmål."""
    if not texts:
        return []
    weights, bias = _weights()
    return (vectorize(texts) @ weights + bias).tolist()


def vectorize(texts: Sequence[str]) -> csr_matrix:
    """Return hashed counts of words, pairs and 1- to 5-grams, shape (n texts, 2¹⁸), rows of length 1."""
    import numpy as np
    from scipy.sparse import csr_matrix

    rows = [_features(text.lower()) for text in texts]
    places = np.concatenate([np.zeros(0, dtype=np.int32), *rows])
    ends = np.cumsum([0, *map(len, rows)])
    matrix = csr_matrix((np.ones(len(places), np.float32), places, ends), shape=(len(texts), FEATURES))
    matrix.sum_duplicates()
    squares = np.add.reduceat(np.append(matrix.data**2, 0), matrix.indptr[:-1]) * (np.diff(matrix.indptr) > 0)
    matrix.data *= np.repeat(1 / np.sqrt(np.maximum(squares, 1)), np.diff(matrix.indptr)).astype(np.float32)
    return matrix


def _features(text: str) -> np.ndarray:
    import numpy as np

    words = _WORD.findall(text)
    if not words:
        return np.zeros(0, dtype=np.int32)
    pairs = [_hash(f"#{first} {second}") for first, second in zip(["<", *words], [*words, ">"], strict=True)]
    return np.concatenate([*map(_of_word, words), np.array(pairs, dtype=np.int32)])


@lru_cache(maxsize=2**16)
def _of_word(word: str) -> np.ndarray:
    import numpy as np

    padded = f" {word} "
    grams = [
        padded[start : start + size]
        for size in range(1, LONGEST + 1)
        for start in range(len(padded) - size + 1)
    ]
    return np.array([_hash(f"={word}"), *map(_hash, grams)], dtype=np.int32)


def _hash(feature: str) -> int:
    return zlib.crc32(feature.encode("utf-8")) % FEATURES


@cache
def _weights() -> tuple[np.ndarray, float]:
    import numpy as np

    with np.load(RESOURCES / WEIGHTS) as data:
        return data["weights"].astype(np.float32), float(data["bias"])
