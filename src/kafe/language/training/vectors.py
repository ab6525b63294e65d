"""Word vectors and shares of capitals for the pipeline, from a folder of plain Norwegian text.

The floret vectors are subword vectors in a small table (50,000 rows × 100), so that unknown and
misspelt words have one too. Needs the package `floret`, only here.
"""

from __future__ import annotations

import itertools
import lzma
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.training.initialize import convert_vectors

from kafe.language.training.treebank import STANDARDS, read_conll

TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|\w+(?:[-'’./]\w+)*|[^\w\s]")
NYNORSK = re.compile(
    r"\b(ikkje|ein|eit|frå|dei|berre|meir|noko|nokon|vere|vore|kva|korleis|eg|sjølv|mykje|desse)\b", re.I
)
NYNORSK_TIMES = 3
"""How many times a Nynorsk line is read: it is about one in eighty of the text."""
SEEN = 2
FLORET = {
    "model": "skipgram",
    "mode": "floret",
    "hashCount": 2,
    "bucket": 50_000,
    "minn": 4,
    "maxn": 5,
    "minCount": 10,
    "dim": 100,
    "epoch": 3,
    "ws": 5,
    "neg": 5,
}


def write_text(corpus: Path, treebank: Path, path: Path, *, seed: int = 7) -> None:
    """Write every different line of the corpus (`*.txt.xz`) and the treebank's training part, shuffled.

    Tokens stand apart; lines in Nynorsk are written `NYNORSK_TIMES` times.
    """
    lines: list[str] = []
    for line in sorted(set(_corpus_lines(corpus))):
        words = TOKEN.findall(line)
        if len(words) > 1:
            nynorsk = len({word.lower() for word in NYNORSK.findall(line)}) > 1
            lines += [" ".join(words)] * (NYNORSK_TIMES if nynorsk else 1)
    for standard in STANDARDS:
        times = NYNORSK_TIMES if standard == "nno" else 1
        for sentence in read_conll(treebank / f"ndt-train-{standard}.conll"):
            lines += [" ".join(word.form for word in sentence)] * times
    random.Random(seed).shuffle(lines)  # noqa: S311
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def train_vectors(text: Path, work: Path, *, threads: int = 2, settings: dict | None = None) -> Path:
    """Train floret vectors on the text and return the folder of a blank spaCy pipeline that has them.

    Some twenty minutes on two cores; with more than one thread the figures differ a little each time.
    """
    import floret

    model = floret.train_unsupervised(str(text), thread=threads, **(FLORET | (settings or {})))
    model.save_floret_vectors(str(work / "vectors.floret"))
    nlp = spacy.blank("nb")
    convert_vectors(nlp, work / "vectors.floret", truncate=0, prune=-1, mode="floret")
    nlp.to_disk(work / "vectors")
    return work / "vectors"


def capital_shares(text: Path, below: float) -> dict[str, float]:
    """Return lower-cased word → share of its occurrences with a capital where a word stands before it.

    Only words seen at least `SEEN` times whose share, smoothed, is under `below`: ordinary words.
    """
    capital: Counter[str] = Counter()
    total: Counter[str] = Counter()
    with text.open(encoding="utf-8") as lines:
        for line in lines:
            words = line.split()
            for before, word in itertools.pairwise(words):
                if before[-1].isalnum() and word[0].isalpha():
                    total[word.lower()] += 1
                    capital[word.lower()] += word[0].isupper()
    shares = {word: (capital[word] + 0.5) / (times + 2) for word, times in total.items() if times >= SEEN}
    return {word: round(share, 3) for word, share in sorted(shares.items()) if share < below}


def _corpus_lines(corpus: Path) -> Iterator[str]:
    for path in sorted(corpus.glob("*.txt.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield from (line.strip() for line in lines if len(line.strip()) > 2)
