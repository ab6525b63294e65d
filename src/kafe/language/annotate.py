"""Annotated notes: lemmas, tags and boundaries of each text, kept by text and model."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kafe.records import text_hash

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

CONTENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN"})
TAG = re.compile(r"\[[A-ZÆØÅ]+(?:-[A-ZÆØÅ]+)*-\d+\]")


class AnnotationCache:
    """De-identified texts' annotations on disk as one DocBin, keyed by text hash; safe to delete."""

    def __init__(self, path: Path):
        self.path = path

    def load(self, vocab: Vocab) -> dict[str, Doc]:
        """Return text hash → document; empty when there is no readable cache."""
        from spacy.tokens import DocBin

        try:
            bin_ = DocBin().from_disk(self.path)
        except (OSError, ValueError):
            return {}
        return {text_hash(doc.text): doc for doc in bin_.get_docs(vocab)}

    def save(self, docs: Iterable[Doc]) -> None:
        """Write exactly these documents, in this order; replaces what was there."""
        from spacy.tokens import DocBin

        self.path.parent.mkdir(parents=True, exist_ok=True)
        bin_ = DocBin(attrs=["LEMMA", "POS", "MORPH", "SENT_START", "ENT_IOB", "ENT_TYPE"], docs=list(docs))
        temporary = self.path.with_suffix(".tmp")
        bin_.to_disk(temporary)
        temporary.replace(self.path)


def annotate(
    texts: Mapping[str, str], nlp: Language, cache: AnnotationCache | None = None
) -> tuple[dict[str, Doc], int]:
    """Return note id → annotated document, and how many texts had to be annotated anew.

    Equal texts share a document. With a `cache`, only texts it lacks are annotated.
    """
    known = cache.load(nlp.vocab) if cache else {}
    wanted = {text_hash(text): text for text in texts.values()}
    missing = {key: text for key, text in sorted(wanted.items()) if key not in known}
    with nlp.select_pipes(
        disable=[name for name in ("parser",) if name in nlp.pipe_names and "senter" in nlp.pipe_names]
    ):
        for key, doc in zip(missing, nlp.pipe(missing.values()), strict=True):
            known[key] = doc
    if cache and (missing or len(known) != len(wanted)):
        cache.save(known[key] for key in sorted(wanted))
    return {note_id: known[text_hash(text)] for note_id, text in texts.items()}, len(missing)


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
