"""Vectors of meaning without a download: the bundled static model, one vector a piece of word, averaged."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kafe.language.bundled import RESOURCES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

FOLDER = "static_nb"
AT_A_TIME = 1024
"""Texts whose piece vectors are in memory together."""
REMEMBERED = 100_000
"""Words whose pieces are kept."""


def static_path() -> Path:
    """Return the folder of the bundled model: model2vec's format, for other programs to load."""
    return RESOURCES / FOLDER


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return one vector a text, shape (n, d): the mean of its pieces' vectors at unit length.

    A text without known pieces is a zero row. A row depends on its own text alone. The numbers are
    those of `model2vec.StaticModel.from_pretrained(static_path())` to half precision.
    """
    import numpy as np

    vectors = _model()[1]
    found = np.zeros((len(texts), vectors.shape[1]), dtype=np.float32)
    for start in range(0, len(texts), AT_A_TIME):
        pieces = [_pieces(text) for text in texts[start : start + AT_A_TIME]]
        rows = [row for row, own in enumerate(pieces) if own]
        if rows:
            ends = np.cumsum([len(pieces[row]) for row in rows])
            flat = vectors[np.concatenate([pieces[row] for row in rows])]
            found[[start + row for row in rows]] = np.add.reduceat(flat, [0, *ends[:-1]], axis=0)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.divide(found, lengths, out=np.zeros_like(found), where=lengths > 0)


def _pieces(text: str) -> list[int]:
    """Return the numbers of the known pieces, word by word as the tokenizer does; 0 is what the vocabulary lacks."""
    return [piece for word in text.split() for piece in _pieces_of(word)]


@lru_cache(maxsize=REMEMBERED)
def _pieces_of(word: str) -> tuple[int, ...]:
    return tuple(piece for piece in _model()[0].encode(word, add_special_tokens=False).ids if piece)


@cache
def _model() -> tuple[Tokenizer, NDArray[np.float32]]:
    import numpy as np
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    folder = static_path()
    vectors = load_file(folder / "model.safetensors")["embeddings"].astype(np.float32)
    return Tokenizer.from_file(str(folder / "tokenizer.json")), vectors
