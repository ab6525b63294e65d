"""Annotated notes: lemmas, tags and boundaries of each text, kept by text and model."""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kafe.files import atomic_write
from kafe.language.models.pipeline import pipeline_identity
from kafe.records import text_hash
from kafe.strings import TAG

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

CONTENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN"})
KEPT = ["LEMMA", "POS", "MORPH", "SENT_START", "ENT_IOB", "ENT_TYPE"]
CACHE_PART = 2000
"""Documents in one part of the cache file, so that writing it takes little memory."""
SIZE = struct.Struct("<Q")
BATCH = 256
MANY = 5000


class AnnotationCache:
    """De-identified texts' annotations on disk, keyed by text hash and made by one model; safe to delete.

    A file a model: a header line that names the model, then DocBins of a few thousand documents each.
    """

    def __init__(self, path: Path):
        self.path = path

    def load(self, vocab: Vocab, model: str) -> dict[str, Doc]:
        """Return text hash → document; empty when there is no readable cache of this model."""
        from spacy.tokens import DocBin

        try:
            docs = [doc for bin_ in self._read(model) for doc in DocBin().from_bytes(bin_).get_docs(vocab)]
        except (OSError, ValueError, KeyError, struct.error, zlib.error):
            return {}
        return {text_hash(doc.text): doc for doc in docs}

    def _read(self, model: str) -> Iterator[bytes]:
        with self.path.open("rb") as stream:
            if stream.readline() != _header(model):
                return
            while size := stream.read(SIZE.size):
                yield stream.read(*SIZE.unpack(size))

    def save(self, docs: Iterable[Doc], model: str) -> None:
        """Write exactly these documents, in this order; replaces what was there."""
        from spacy.tokens import DocBin

        with atomic_write(self.path) as stream:
            stream.write(_header(model))
            for part in _parts(docs, CACHE_PART):
                data = DocBin(attrs=KEPT, docs=part).to_bytes()
                stream.write(SIZE.pack(len(data)) + data)


def _parts(docs: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    stream = iter(docs)
    while part := list(islice(stream, size)):
        yield part


def _header(model: str) -> bytes:
    return f"kafe annotations 2 {model}\n".encode()


def annotate(
    texts: Mapping[str, str], nlp: Language, cache: AnnotationCache | None = None
) -> tuple[dict[str, Doc], int]:
    """Return note id → annotated document, and how many texts had to be annotated anew.

    Equal texts share a document. With a `cache`, only texts it lacks are annotated. More than
    `MANY` new texts are spread over processes where the machine has cores to spare. The vectors of the
    model's inner layer are not kept, nor a slice of them, which would keep them all: they are most of the memory.
    """
    import numpy as np

    model = model_mark(nlp)
    known = cache.load(nlp.vocab, model) if cache else {}
    wanted = {text_hash(text): text for text in texts.values()}
    missing = {key: text for key, text in sorted(wanted.items()) if key not in known}
    for key, doc in zip(missing, annotated(list(missing.values()), nlp), strict=True):
        doc.tensor = np.zeros(0, dtype=np.float32)
        known[key] = doc
    if cache and (missing or len(known) != len(wanted)):
        cache.save((known[key] for key in sorted(wanted)), model)
    return {note_id: known[text_hash(text)] for note_id, text in texts.items()}, len(missing)


def model_mark(nlp: Language) -> str:
    """Return name and version of the pipeline and a hash of its description on disk, which a retraining changes."""
    digest = hashlib.sha256()
    for name in ("meta.json", "config.cfg", "scores.json"):
        path = Path(nlp.path or "") / name
        digest.update(path.read_bytes() if nlp.path and path.is_file() else b"")
    return f"{pipeline_identity(nlp)} {digest.hexdigest()[:16]}"


def annotated(texts: Sequence[str], nlp: Language, processes: int | None = None) -> Iterator[Doc]:
    """Yield an annotated document for each text, in batches; `processes` by the number of texts and cores."""
    unused = [name for name in ("parser",) if name in nlp.pipe_names and "senter" in nlp.pipe_names]
    with nlp.select_pipes(disable=unused):
        yield from nlp.pipe(texts, batch_size=BATCH, n_process=processes or processes_for(len(texts)))


def processes_for(count: int) -> int:
    """Return how many processes annotate so many texts: one up to `MANY`, else half the cores, four at most.

    A process costs a copy of the model and the way of every document between processes, which was
    measured to pay from four cores on (`benchmarks/annotate.py`).
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(4, cores // 2) if count > MANY and cores >= 4 else 1


class TokenSpans:
    """The tokens of a document by character, looked up in time that does not grow with the document."""

    def __init__(self, doc: Doc):
        self._doc = doc
        self._starts = [token.idx for token in doc]
        self._ends = [token.idx + len(token) for token in doc]

    def __call__(self, start: int, end: int) -> Span | None:
        """Return the tokens that overlap the characters from `start` to before `end`; None without any."""
        first, after = bisect_right(self._ends, start), bisect_left(self._starts, end)
        return self._doc[first:after] if first < after else None


def content_lemmas(span: Doc | Span) -> list[str]:
    """Return the lower-cased lemmas of nouns, verbs, adjectives and proper nouns, in order.

    Auxiliaries, numbers, single characters and pseudonym tags such as `[PERSON-1]` are left out.
    """
    text = span.text
    offset = span[0].idx if len(span) else 0
    masked = [(match.start() + offset, match.end() + offset) for match in TAG.finditer(text)]
    return [
        token.lemma_.lower()
        for token in span
        if token.pos_ in CONTENT
        and len(token.lemma_) > 1
        and any(char.isalpha() for char in token.lemma_)
        and not any(start <= token.idx < end for start, end in masked)
    ]


def surface_forms(docs: Iterable[Doc]) -> dict[str, str]:
    """Return lemma → its most frequent lower-cased form in the documents (ties: alphabetical)."""
    from collections import Counter, defaultdict

    forms: dict[str, Counter] = defaultdict(Counter)
    for doc in docs:
        for token in doc:
            if token.pos_ in CONTENT:
                forms[token.lemma_.lower()][token.lower_] += 1
    return {lemma: min(counts, key=lambda form: (-counts[form], form)) for lemma, counts in forms.items()}
