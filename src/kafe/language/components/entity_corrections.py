"""Corrections of the pipeline's names: one name one kind in a text, and no names that are ordinary words.

The pipeline sees a few words at a time. A surname alone is hard to tell from a firm or a place, but
seldom when the same text has it with a first name, or more often as something else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from spacy.language import Language
from spacy.tokens import Doc, Span

from kafe.language.components.table_component import TableComponent

RARELY = 0.05
"""Share of capitals inside sentences below which a word at the start of one is no name."""
BOTH_WAYS = frozenset({"GPE_LOC", "GPE_ORG"})
"""A country is a place in one sentence and acts in the next: these two are never evened out."""


class EntityCorrections(TableComponent):
    """Corrections of entities by what else the document says; see `__call__`.

    `capitals`: word → share with a capital inside sentences, for ordinary words. `known`: name → kind,
    for places and organisations that are always the same; no persons.
    """

    FILE = "names.msgpack.gz"
    TABLES = ("capitals", "known")

    def __init__(self, capitals: Mapping[str, float], known: Mapping[str, str]):
        self.capitals = dict(capitals)
        self.known = dict(known)

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with its entities corrected.

        A single ordinary word that starts a sentence is no name. A name gets the kind that the same
        words have most often in the document, a part of a person's full name is that person, and where
        either stands unmarked it is marked.
        """
        if not doc.ents:
            return doc
        entities = [entity for entity in doc.ents if not self._ordinary(entity)]
        labels = self._labels(entities)
        kept = [Span(doc, one.start, one.end, label=self._label(one, labels)) for one in entities]
        taken = {index for entity in kept for index in range(entity.start, entity.end)}
        doc.set_ents([*kept, *self._unmarked(doc, labels, taken)])
        return doc

    def _ordinary(self, entity: Span) -> bool:
        word = entity[0]
        return (
            len(entity) == 1
            and bool(word.is_sent_start)
            and not word.is_upper
            and self.capitals.get(word.lower_, 1.0) < RARELY
        )

    def _labels(self, entities: Iterable[Span]) -> dict[str, str]:
        """Return the kind that each name, and each part of a person's full name, has in this document."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for entity in entities:
            votes[without_genitive(entity.text)][entity.label_] += 1
            if entity.label_ == "PER" and len(entity) > 1:
                for token in (entity[0], entity[-1]):
                    if token.text[0].isupper() and len(token) > 2:
                        votes[without_genitive(token.text)]["PER"] += 2
        return {name: most_frequent(counts) for name, counts in votes.items() if not set(counts) <= BOTH_WAYS}

    def _label(self, entity: Span, labels: Mapping[str, str]) -> str:
        key = without_genitive(entity.text)
        return self.known.get(key) or labels.get(key) or entity.label_

    def _unmarked(self, doc: Doc, labels: Mapping[str, str], taken: set[int]) -> Iterator[Span]:
        persons = {name for name, label in labels.items() if label == "PER"}
        for token in doc if persons else ():
            if (
                without_genitive(token.text) in persons
                and token.text[0].isupper()
                and token.i not in taken
                and token.pos_ in ("PROPN", "NOUN")
                and self.capitals.get(token.lower_, 1.0) >= RARELY
            ):
                yield Span(doc, token.i, token.i + 1, label="PER")


@Language.factory("kafe_names", assigns=["doc.ents"], requires=["doc.ents", "token.is_sent_start"])
def make_names(nlp: Language, name: str) -> EntityCorrections:
    """Return a component without tables; they are read with the pipeline."""
    return EntityCorrections({}, {})


def without_genitive(text: str) -> str:
    """Return the name without the genitive's s, so that *Norges* and *Norge* are one."""
    return text[:-1] if len(text) > 3 and text.endswith("s") and not text.isupper() else text


def most_frequent(counts: Counter[str]) -> str:
    """Return the label counted most often, of those that tie the last by the alphabet."""
    return max(counts, key=lambda label: (counts[label], label))
