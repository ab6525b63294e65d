"""Training examples turned toward notes: lower case, and single fragments without final punctuation."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example

Augmenter = Callable[[Language, Example], Iterator[Example]]
CASES = ("as written", "first", "all")


@spacy.registry.augmenters("kafe.notes.v1")
def notes(level: float) -> Augmenter:
    """Return an augmenter that yields every example, and some of them again as people write at tables.

    With probability `level` the whole document in lower case; with twice that its sentences one by one,
    without final punctuation, as written, with a lower-case beginning or in lower case throughout.
    """
    return partial(_notes, level=level)


def _notes(nlp: Language, example: Example, *, level: float) -> Iterator[Example]:
    yield example
    reference = example.reference
    if random.random() < level:  # noqa: S311 seeded by spaCy's training loop
        yield _example(nlp, reference[:], "all")
    if random.random() < 2 * level:  # noqa: S311
        for sentence in reference.sents:
            end = max((token.i + 1 for token in sentence if not token.is_punct), default=sentence.start)
            if end - sentence.start > 1:
                case = random.choice(CASES)  # noqa: S311
                yield _example(nlp, reference[sentence.start : end], case)


def _example(nlp: Language, span: Span, case: str) -> Example:
    """Return the span as an example of its own; a name's capital stays unless everything is lower-cased."""
    words = [token.text for token in span]
    if case == "all":
        words = [word.lower() for word in words]
    elif case == "first" and span[0].pos_ != "PROPN" and span[0].ent_iob_ == "O":
        words[0] = words[0][0].lower() + words[0][1:]
    spaces = [bool(token.whitespace_) for token in span]
    reference = Doc(
        nlp.vocab,
        words=words,
        spaces=spaces,
        pos=[token.pos_ for token in span],
        morphs=[str(token.morph) for token in span],
        lemmas=[token.lemma_ for token in span],
        sent_starts=[index == 0 or token.is_sent_start for index, token in enumerate(span)],
    )
    inside = [entity for entity in span.doc.ents if span.start <= entity.start and entity.end <= span.end]
    reference.set_ents(
        [Span(reference, e.start - span.start, e.end - span.start, label=e.label_) for e in inside]
    )
    return Example(Doc(nlp.vocab, words=words, spaces=spaces), reference)
