"""Pairs of texts that belong together, for training the static embeddings: from documents and word lists."""

from __future__ import annotations

import itertools
import lzma
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+(?=[«\"(–-]?\s?[A-ZÆØÅ])")
HEADING = re.compile(r"^(?:§ ?\d+[\w-]*(?: [a-z])?\.?|Kapittel \w+\.?|Kap\. \w+\.?|\(\d+\))\s*")
AMENDMENT = re.compile(r"^\s*\d* ?(?:Endre[dt]|Oppheve[dt]|Tilføy[de]|Tilføyet|Tilføyd|Føyd|Jf\.)\b")
WORD = re.compile(r"[^\W\d_]{2,}")
SHORTEST, LONGEST = 4, 60
MOST_SENTENCES = 400
"""Of one document: translated EU regulations would otherwise fill half of the laws."""

HELD_OUT = 40
"""Of so many documents one, the eighth, is never trained on: retrieval is measured there."""


@dataclass
class Sentences:
    """All sentences, each document's run of them, and pairs of a heading with a sentence below it."""

    texts: list[str] = field(default_factory=list)
    runs: list[tuple[int, int]] = field(default_factory=list)
    headed: list[tuple[int, int]] = field(default_factory=list)


def documents(folder: Path) -> Iterator[list[str]]:
    """Yield the paragraphs of every document of the folder's `*.txt.xz`: blank lines between documents."""
    for path in sorted(folder.glob("*.txt.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for filled, group in itertools.groupby(lines, key=lambda line: bool(line.strip())):
                if filled:
                    yield [line.strip() for line in group]


def parted(found: Iterable[list[str]], *, held_out: bool) -> Iterator[list[str]]:
    """Yield the documents that are trained on, or those kept for measuring."""
    for place, document in enumerate(found):
        if (place % HELD_OUT == 7) is held_out:
            yield document


def treebank_documents(folder: Path, size: int = 40) -> Iterator[list[str]]:
    """Yield runs of `size` sentences of the treebank's training part, both written standards."""
    for path in sorted(folder.glob("ndt-train-*.conll")):
        blocks = path.read_text(encoding="utf-8").split("\n\n")
        words = ([row.split("\t")[1] for row in block.splitlines() if "\t" in row] for block in blocks)
        lines = [" ".join(row) for row in words if row]
        for start in range(0, len(lines), size):
            yield lines[start : start + size]


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph that have 4 to 60 words and are no note of an amendment."""
    if AMENDMENT.match(paragraph):
        return []
    parts = SENTENCE_END.split(HEADING.sub("", paragraph))
    return [part for part in parts if SHORTEST <= len(WORD.findall(part)) <= LONGEST]


def collect(found: Iterable[list[str]]) -> Sentences:
    """Return the sentences of the documents, each text once, with their runs and headings.

    The first paragraph of a document is its title, and a paragraph of one to eight words without a full
    stop is the heading of the next one: both are paired with up to three sentences below them.
    """
    result, seen = Sentences(), set[str]()
    for paragraphs in found:
        start, title, heading = len(result.texts), _add_heading(result, paragraphs[0]), -1
        for number, paragraph in enumerate(paragraphs[1:]):
            if len(result.texts) - start > MOST_SENTENCES:
                break
            bare = HEADING.sub("", paragraph)
            if len(bare.split()) <= 8 and bare[-1:] not in set(".!?;,:"):
                heading = _add_heading(result, bare)
                continue
            for place, text in enumerate(sentences(paragraph)):
                if text in seen:
                    continue
                seen.add(text)
                result.texts.append(text)
                if heading >= 0 and place < 3:
                    result.headed.append((heading, len(result.texts) - 1))
                if title >= 0 and number < 30 and number % 3 == 0:
                    result.headed.append((title, len(result.texts) - 1))
            heading = -1
        if len(result.texts) - start > 1:
            result.runs.append((start, len(result.texts)))
    return result


def _add_heading(result: Sentences, text: str) -> int:
    """Add a heading among the texts and return its place, or -1 when it has no word."""
    bare = HEADING.sub("", text)
    if not WORD.search(bare) or len(bare.split()) > LONGEST:
        return -1
    result.texts.append(bare)
    return len(result.texts) - 1


def neighbours(runs: Iterable[tuple[int, int]], reach: int, rng: random.Random) -> list[tuple[int, int]]:
    """Return for every sentence a pair with a random one of the next `reach` of the same document."""
    return [
        (row, min(row + rng.randint(1, reach), end - 1))
        for start, end in runs
        for row in range(start, end - 1)
    ]
