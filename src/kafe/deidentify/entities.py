"""What the language model calls persons; `rules.model_names` judges them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span as Entity

_NOT_NEEDED = ("trainable_lemmatizer", "lemmatizer", "parser", "textcat")
_LISTED = (",", "og", "/", ", og", "eller", "-")
_PERSON = ("PER", "PERSON")


def model_name(nlp: Language | None) -> str:
    """Return name and version of the pipeline, empty when there is none or it finds no names."""
    if nlp is None or not {"ner", "entity_ruler"} & set(nlp.pipe_names):
        return ""
    return f"{nlp.lang}_{nlp.meta.get('name', '')} {nlp.meta.get('version', '')}".strip()


def persons(nlp: Language | None, texts: Sequence[str]) -> list[list[tuple[int, int, bool]]]:
    """Return for each text (start, end, proper) of the model's persons.

    `proper` is False when the model itself tags no word of the span as a proper noun, or lists the span
    among places and organisations. Lemmas are not computed, and the model forgets the words it saw.
    """
    if not model_name(nlp) or nlp is None:
        return [[] for _ in texts]
    unneeded = [name for name in _NOT_NEEDED if name in nlp.pipe_names]
    with nlp.memory_zone():
        return [
            [
                (ent.start_char, ent.end_char, _is_proper(ent) and not _in_list_of_others(ents, index))
                for index, ent in enumerate(ents)
                if ent.label_ in _PERSON
            ]
            for ents in (doc.ents for doc in nlp.pipe(texts, disable=unneeded, batch_size=128))
        ]


def _is_proper(ent: Entity) -> bool:
    return any(token.pos_ in ("PROPN", "") for token in ent)


def _in_list_of_others(ents: Sequence[Entity], index: int) -> bool:
    """Return whether a place or organisation stands right before or after, in a list: `Grong, Osen og Verran`."""
    beside = [
        (ents[i - 1], ents[i], j)
        for i, j in ((index, index - 1), (index + 1, index + 1))
        if 0 < i < len(ents)
    ]
    return any(
        ents[other].label_ not in _PERSON and left.doc[left.end : right.start].text.strip() in _LISTED
        for left, right, other in beside
    )
