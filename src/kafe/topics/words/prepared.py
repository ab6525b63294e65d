"""The notes that topics are sought in: duplicates, non-answers and empty notes set aside, words made ready."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kafe.topics.inputs import TopicInput
from kafe.topics.words.content_words import (
    content_words,
    fingerprint,
    is_non_answer,
    normal_words,
    shown_forms,
    similarity_words,
)
from kafe.topics.words.terms import with_terms


@dataclass(frozen=True)
class PreparedNotes:
    """Notes in order of id. `aside`: note → reason; `duplicates`: note → the kept one it repeats.

    Of each kept note: `words` (norm forms of content words, with terms of two words, to describe), `similarity_words`
    (norm forms of all words but negation, by which notes are compared), `texts`. `forms`: norm form or term → what is
    shown for it. `places`: where each kept note was written; empty where not known.
    """

    kept: tuple[str, ...]
    texts: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    similarity_words: tuple[tuple[str, ...], ...]
    aside: Mapping[str, str]
    duplicates: Mapping[str, str]
    forms: Mapping[str, str]
    places: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """The kept notes as texts of their similarity words."""
        return [" ".join(row) for row in self.similarity_words]


def prepared_notes(notes: TopicInput) -> PreparedNotes:
    """Return the notes made ready; their order makes no difference."""
    ids, texts, lemmas = notes.ids, notes.texts, notes.lemmas
    order = sorted(range(len(ids)), key=lambda row: ids[row])
    words = content_words(texts, lemmas)
    aside: dict[str, str] = {}
    duplicates: dict[str, str] = {}
    first: dict[str, int] = {}
    for row in order:
        if is_non_answer(texts[row]):
            aside[ids[row]] = "non_answer"
        elif not words[row]:
            aside[ids[row]] = "no_content"
        elif (kept := first.setdefault(fingerprint(texts[row]), row)) != row:
            duplicates[ids[row]] = ids[kept]
    rows = list(first.values())
    own_texts = [texts[row] for row in rows]
    own_lemmas = [lemmas[row] for row in rows] if lemmas is not None else None
    described, terms = with_terms(own_texts, own_lemmas, [words[row] for row in rows])
    return PreparedNotes(
        kept=tuple(ids[row] for row in rows),
        texts=tuple(own_texts),
        words=tuple(tuple(row) for row in described),
        similarity_words=tuple(tuple(similarity_words(row)) for row in normal_words(own_texts)),
        aside=aside,
        duplicates=duplicates,
        forms=shown_forms(texts, lemmas, notes.surface) | terms,
        places=tuple(notes.places[row] if notes.places else "" for row in rows),
    )
