"""Persons found by the language model, with checks that keep ordinary words of short notes out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from kafe.deidentify.find_names import INSTITUTION_BEFORE, SAYS, could_be_name
from kafe.deidentify.lexicon import PARTICLES, is_ordinary, read
from kafe.deidentify.spans import FILLER, Span
from kafe.deidentify.words import Word

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span as Entity

_NOT_NEEDED = ("trainable_lemmatizer", "lemmatizer", "parser", "textcat")
_PLACE_BEFORE = re.compile(
    r"\b(?:i|på|ved|rundt|dps|kommune|sykehuset|sjukehuset|indre|ytre|midtre|nordre|søre|søndre|øvre|nedre)[ \t/]+$",
    re.IGNORECASE,
)
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


def _pieces(text: Sequence[Word]) -> Iterator[list[Word]]:
    """Split words at gaps that no name has, and drop what cannot start or end a name."""
    piece: list[Word] = []
    for word in text:
        if piece and (not word.joined or word.opens):
            yield piece
            piece = []
        piece.append(word)
    if piece:
        yield piece


def _may_be_part(word: Word) -> bool:
    return word.shape == "capital" and (word.is_initial or read(word).listed or could_be_name(word))


def sensible(
    view: str,
    text: tuple[Word, ...],
    found: Sequence[tuple[int, int, bool]],
    lower_case: Collection[str],
) -> Iterator[Span]:
    """Yield the model's persons that pass the checks, trimmed to the words that can be a name.

    A name has capitals, is no abbreviation and no ordinary word; a single unlisted word must be tagged
    as a proper noun, and must not stand in lower case elsewhere in the material (`lower_case`); at the
    start of a sentence it needs an initial after it, as in a list of references, or a verb of saying.
    """
    starts, ends = [word.start for word in text], [word.end for word in text]
    for start, end, proper in found:
        for piece in _pieces(text[bisect_left(starts, start) : bisect_right(ends, end)]):
            while piece and not _may_be_part(piece[0]):
                piece = piece[1:]
            initial = piece[-1] if len(piece) == 2 and piece[-1].is_initial else None
            while piece and (not _may_be_part(piece[-1]) or piece[-1].is_initial):
                piece = piece[:-1]
            if not piece or any(not _may_be_part(word) and word.lower not in PARTICLES for word in piece):
                continue
            readings = [read(word) for word in piece]
            stop = readings[-1].end
            if FILLER in view[piece[0].start : stop]:
                continue
            if len(piece) > 1:
                known = any(reading.listed for reading in readings)
                common = any(word.lower in lower_case and not read(word).listed for word in piece)
                if known or (proper and not common):
                    yield Span(piece[0].start, stop, "person", "model", 0.85 if known else 0.7)
                continue
            word, reading = piece[0], readings[0]
            before = view[max(0, word.start - 20) : word.start]
            if len(word.text) < 3 or INSTITUTION_BEFORE.search(before):
                continue
            if reading.listed:
                if not word.opens and (reading.first is not None or reading.last == "*"):
                    yield Span(word.start, stop, "person", "model", 0.7)
            elif (
                proper
                and word.lower not in lower_case
                and not is_ordinary(word)
                and "-" not in view[word.start : word.end + 1]
                and not _PLACE_BEFORE.search(before)
                and (not word.opens or initial or SAYS.match(view, word.end))
            ):
                yield Span(word.start, initial.end if initial else stop, "person", "model", 0.6)
