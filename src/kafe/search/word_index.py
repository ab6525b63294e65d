"""Where words stand in notes, found by norm form and lemma: *bustad* finds *bolig*, *boligen* and *bustader*."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kafe.language.norm import ENDINGS, norm_form

if TYPE_CHECKING:
    from spacy.tokens import Doc

Span = tuple[int, int]
Places = dict[str, list[Span]]
"""Note id → spans, in order and each once."""
WORD = re.compile(r"\w+(?:-\w+)*")
SHORTEST_STEM = 3
PATTERN = re.compile(r"[\w*]+(?:-[\w*]+)*")


class WordIndex:
    """An index of texts by note id; `forms` gives the lemmas of a lower-cased form (see `lemmas_of_forms`)."""

    def __init__(self, texts: Mapping[str, str], forms: Mapping[str, Sequence[str]]):
        self._texts, self._lemmas = texts, forms
        self._spans: dict[str, list[Span]] = {}
        self._forms: dict[str, list[str]] = {}
        self._where: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for note_id, text in texts.items():
            matches = list(WORD.finditer(text))
            self._spans[note_id] = [match.span() for match in matches]
            self._forms[note_id] = [match.group().lower() for match in matches]
            for place, form in enumerate(self._forms[note_id]):
                self._where[form].append((note_id, place))
        self._keys: dict[str, frozenset[str]] = {}

    def find(self, phrase: str) -> Places:
        """Return where the words stand after each other; `*` is any letters; characters that are no words are found as they are."""
        words = PATTERN.findall(phrase)
        if not any(char.isalnum() for char in phrase):
            return self._literal(phrase)
        tests = [self._fitting(word.lower()) for word in words]
        found: Places = defaultdict(list)
        for first in sorted(tests[0]):
            for note_id, place in self._where[first]:
                following = self._forms[note_id][place : place + len(tests)]
                fits = (form in test for form, test in zip(following, tests, strict=False))
                if len(following) == len(tests) and all(fits):
                    spans = self._spans[note_id]
                    found[note_id].append((spans[place][0], spans[place + len(tests) - 1][1]))
        return {note_id: in_order(spans) for note_id, spans in found.items()}

    def _literal(self, phrase: str) -> Places:
        found = {
            note_id: [match.span() for match in re.finditer(re.escape(phrase), text)]
            for note_id, text in self._texts.items()
        }
        return {note_id: spans for note_id, spans in found.items() if spans}

    def _fitting(self, word: str) -> set[str]:
        """Return the forms of the corpus that the word stands for."""
        if "*" in word:
            pattern = wildcard(word)
            return {f for f in self._where if pattern.fullmatch(f) or pattern.fullmatch(norm_form(f))}
        wanted = self._of(word) | self._of(norm_form(word))
        found = {form for form in self._where if form == word or wanted & self._of(form)}
        if found:
            return found
        stems = _stems(norm_form(word))
        return {form for form in self._where if stems & self._of(form)}

    def _of(self, form: str) -> frozenset[str]:
        """Return the norm forms of a form and of its lemmas."""
        if form not in self._keys:
            self._keys[form] = frozenset(map(norm_form, (form, *self._lemmas.get(form, ()))))
        return self._keys[form]


def _stems(word: str) -> frozenset[str]:
    """Return what a word that the texts do not have may be an inflected form of, real words or not."""
    cut = (word.removesuffix(ending) for ending in ENDINGS if word.endswith(ending))
    stems = [stem for stem in cut if len(stem) >= SHORTEST_STEM]
    return frozenset([*stems, *(stem + "e" for stem in stems)])


def wildcard(text: str) -> re.Pattern[str]:
    """Return a pattern for the whole of a text in which `*` is any characters."""
    return re.compile(".*".join(map(re.escape, text.split("*"))))


def in_order(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, each once."""
    return sorted(set(spans))


def lemmas_of_forms(docs: Iterable[Doc]) -> dict[str, list[str]]:
    """Return lower-cased form → the lemmas it has in the documents, where any differs from it."""
    found: dict[str, set[str]] = defaultdict(set)
    for doc in docs:
        for token in doc:
            if token.is_alpha or "-" in token.text:
                found[token.lower_].add(token.lemma_.lower())
    return {form: sorted(lemmas) for form, lemmas in sorted(found.items()) if lemmas != {form}}
