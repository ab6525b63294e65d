"""What a query finds: notes, and the places in them that made it so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from kafe.language.norm import norm_form
from kafe.origins import Origin, coder_origin
from kafe.records import Codebook, Coding, Note, Suggestion
from kafe.search.meaning import LEAST, Meaning, apart_from_words, asked_text
from kafe.search.query import And, Field, Near, Not, Or, Query, Text
from kafe.search.query_parser import query_error
from kafe.search.word_index import Places, Span, WordIndex, in_order, wildcard

ORIGIN_WORDS = {
    Origin.HUMAN: ("menneske", "mennesker", "human"),
    Origin.RULE: ("regel", "regler", "rule"),
    Origin.MODEL: ("modell", "modeller", "model"),
}
ORIGINS = {word: origin for origin, words in ORIGIN_WORDS.items() for word in words}
"""What may be written in a query → whose codes it asks for."""
LANGUAGES = {"bokmål": "nb", "nynorsk": "nn"}
COLUMNS = {
    "gruppe": "group",
    "økt": "session",
    "spørsmål": "question",
    "kommune": "municipality",
    "bord": "table",
    "språk": "language",
}
MOST_NAMED = 12
Item = tuple[str, int, int, str, str]
"""Note id, span, code, and who put it there."""


@dataclass(frozen=True)
class Corpus:
    """What is searched: notes by id, codings that stand, suggestions, and the units of each note.

    `titles` and `questions` give the words for ids of sessions and questions, `forms` the lemmas of a
    lower-cased form. `known` are the notes whose values a query may name; the searched ones when empty.
    `replaced` are the ids of codings that a consensus has replaced: found only by who made them.
    """

    notes: Mapping[str, Note]
    codebook: Codebook
    codings: Sequence[Coding] = ()
    suggestions: Sequence[Suggestion] = ()
    units: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    known: Sequence[Note] = ()
    replaced: Collection[str] = ()


class Search:
    """Answers queries about a corpus. Raises KafeError for a code, field value or coder that is not there."""

    def __init__(self, corpus: Corpus):
        self.corpus = corpus
        self._everyone = frozenset(corpus.notes)

    def find(self, query: Query) -> Places:
        """Return the notes that the query finds, in the corpus's order, with the places of its codes and words.

        A note found by what is known about it alone has no places.
        """
        found, places = self._ids(query), self._marked(query)
        return {
            note_id: in_order(places.get(note_id, ())) for note_id in self.corpus.notes if note_id in found
        }

    @cached_property
    def meaning(self) -> Meaning:
        """The notes as they are ranked."""
        return Meaning({note.id: note.text for note in self.corpus.notes.values()})

    def ranked(self, query: Query, found: Places) -> Places:
        """Return what was found, best first by words and meaning together; a query without words keeps its order."""
        asked = asked_text(query)
        return {key: found[key] for key in self.meaning.fused(asked, found)} if asked else found

    def near(self, query: Query, found: Places) -> list[str]:
        """Return notes that have not the query's words but lie near them in meaning, nearest first.

        They fulfil every condition that stands beside the words; none where words and conditions are alternatives.
        """
        loose, conditions = apart_from_words(query)
        if not loose:
            return []
        allowed = self._everyone if conditions is None else self._ids(conditions)
        return self._nearest(self.meaning.likeness(asked_text(query)), allowed - found.keys())

    def like(self, note_id: str) -> list[str]:
        """Return the notes that lie near a note in meaning, nearest first, itself left out."""
        likeness = self.meaning.likeness(self.corpus.notes[note_id].text)
        return self._nearest(likeness, self._everyone - {note_id})

    def _nearest(self, likeness: Mapping[str, float], allowed: Collection[str]) -> list[str]:
        near = (key for key in allowed if likeness[key] >= LEAST)
        return sorted(near, key=lambda key: (-likeness[key], key))

    def _ids(self, query: Query) -> frozenset[str]:
        match query:
            case And(parts):
                return frozenset.intersection(*map(self._ids, parts))
            case Or(parts):
                return frozenset().union(*map(self._ids, parts))
            case Not(part):
                return self._everyone - self._ids(part)
            case Field(name="kode") | Text() | Near():
                return frozenset(self._places(query))
            case Field():
                test = self._test(query)
                return frozenset(note.id for note in self.corpus.notes.values() if test(note))
        raise TypeError(query)

    def _marked(self, query: Query) -> Places:
        match query:
            case And(parts) | Or(parts):
                return _union(map(self._marked, parts))
            case Field(name="kode") | Text() | Near():
                return self._places(query)
        return {}

    def _places(self, query: Query) -> Places:
        match query:
            case Text(value):
                return self._words.find(value)
            case Or(parts):
                return _union(map(self._places, parts))
            case Near():
                return self._near(query)
            case Field():
                return self._coded(query)
        raise TypeError(query)

    def _coded(self, query: Field) -> Places:
        codes, whose = self._codes(query), self._whose(query)
        anyone = not query.by or query.by.casefold() in ORIGINS
        found: Places = defaultdict(list)
        for note_id, start, end, code, who in self._counting if anyone else self._items:
            if code in codes and whose(who) and note_id in self._everyone:
                found[note_id].append((start, end))
        return dict(found)

    def _near(self, query: Near) -> Places:
        left, right = self._places(query.left), self._places(query.right)
        same = query.left == query.right
        found: Places = {}
        for note_id in left.keys() & right.keys():
            units = self._unit_ranges(note_id)
            pairs = [
                {a, b}
                for a in left[note_id]
                for b in right[note_id]
                if not (same and a == b) and _close(a, b, query.within, units)
            ]
            if pairs:
                found[note_id] = in_order(set().union(*pairs))
        return found

    def _unit_ranges(self, note_id: str) -> Callable[[Span], Span]:
        """Return a function from a span to the first and last unit it lies in, by number."""
        starts = sorted(start for start, _ in self.corpus.units.get(note_id, ())) or [0]

        def reach(span: Span) -> Span:
            return max(bisect_right(starts, span[0]) - 1, 0), max(bisect_right(starts, span[1] - 1) - 1, 0)

        return reach

    @cached_property
    def _items(self) -> list[Item]:
        """What people have coded and machines suggest."""
        return _items(self.corpus.codings, self.corpus.suggestions)

    @cached_property
    def _counting(self) -> list[Item]:
        """The same without what a consensus has replaced."""
        standing = [one for one in self.corpus.codings if one.id not in self.corpus.replaced]
        return _items(standing, self.corpus.suggestions)

    @cached_property
    def _words(self) -> WordIndex:
        texts = {note.id: note.text for note in self.corpus.notes.values()}
        return WordIndex(texts, self.corpus.forms)

    def _codes(self, query: Field) -> set[str]:
        """Return the codes that are named, with all below them."""
        codebook = self.corpus.codebook
        names = {code.id: (code.id, code.name) for code in codebook.codes}
        named = self._named(query, names, "code") if query.value else set(names)
        return {code.id for code in codebook.codes if named & {step.id for step in codebook.path(code.id)}}

    def _whose(self, query: Field) -> Callable[[str], bool]:
        wanted = ORIGINS.get(query.by.casefold(), None if query.by else Origin.HUMAN)
        if wanted:
            return lambda who: coder_origin(who) is wanted
        people = self._named(Field("koder", ":", query.by, at=query.at), self._coders, "unknown")
        return lambda who: who in people

    @cached_property
    def _coders(self) -> dict[str, tuple[str, ...]]:
        return {coding.coder: (coding.coder,) for coding in self.corpus.codings}

    def _test(self, query: Field) -> Callable[[Note], bool]:
        """Return whether a note has what the field asks for."""
        if query.name == "prikker":
            number = int(query.value)
            return lambda note: _compare(note.votes, query.op, number)
        if query.name == "dato":
            length = len(query.value)
            return lambda note: bool(note.date) and _compare(note.date[:length], query.op, query.value)
        if query.name in ("koder", "opphav"):
            ids = self._by_coder(query)
            return lambda note: note.id in ids
        column = COLUMNS[query.name]
        value = LANGUAGES.get(query.value.casefold(), query.value)
        if not value:
            return lambda note: not getattr(note, column)
        words = {"økt": self.corpus.titles, "spørsmål": self.corpus.questions}.get(query.name, {})
        notes = self.corpus.known or self.corpus.notes.values()
        present = {str(getattr(note, column)) for note in notes} - {""}
        known = {one: (one, words.get(one, one)) for one in sorted(present)}
        named = self._named(Field(query.name, query.op, value, at=query.at), known, "unknown")
        return lambda note: getattr(note, column) in named

    def _by_coder(self, query: Field) -> set[str]:
        """Return the notes on which a coder, or a kind of coder, has put any code."""
        if query.name == "opphav":
            kinds = {words[0]: words[:1] for words in ORIGIN_WORDS.values()}
            asked = ORIGINS.get(query.value.casefold())
            value = ORIGIN_WORDS[asked][0] if asked else query.value
            named = self._named(Field("opphav", ":", value, at=query.at), kinds, "unknown")
            wanted = {ORIGINS[kind] for kind in named}
            return {note_id for note_id, *_, who in self._items if coder_origin(who) in wanted}
        people = self._named(query, self._coders, "unknown")
        return {note_id for note_id, *_, who in self._items if who in people}

    def _named(self, query: Field, known: Mapping[str, Sequence[str]], key: str) -> set[str]:
        """Return what the query's value names, by id or words; raise with the nearest where it names nothing."""
        wanted = _key(query.value)
        pattern = wildcard(wanted) if "*" in wanted else None
        found = {
            one
            for one, names in known.items()
            if any(pattern.fullmatch(_key(name)) if pattern else _key(name) == wanted for name in names)
        }
        if found:
            return found
        by_key = {_key(name): name for names in known.values() for name in names}
        near = get_close_matches(wanted, by_key, n=3, cutoff=0.6)
        shown = ", ".join(f"«{by_key[one]}»" for one in near) or ", ".join(list(known)[:MOST_NAMED]) or "–"
        suffix = "_near" if near else ""
        raise query_error(key + suffix, query.at, field=query.name, value=query.value, known=shown)


def _items(codings: Iterable[Coding], suggestions: Iterable[Suggestion]) -> list[Item]:
    return [(one.note_id, one.start, one.end, one.code, one.coder) for one in codings] + [
        (one.note_id, one.start, one.end, one.code, one.source) for one in suggestions
    ]


def _key(value: str) -> str:
    """Return a name so that «uklart-ansvar» and «Uklart ansvar» are one, in both written standards."""
    return " ".join(
        word.lower() if "*" in word else norm_form(word) for word in re.split(r"[\s_-]+", value) if word
    )


def _compare(found: int | str, op: str, wanted: int | str) -> bool:
    if op == ":":
        return found == wanted
    less, more = found < wanted, found > wanted  # type: ignore[operator]
    return {">": more, "<": less, ">=": not less, "<=": not more}[op]


def _close(a: Span, b: Span, within: int | None, units: Callable[[Span], Span]) -> bool:
    if within is None:
        return a[0] < b[1] and b[0] < a[1]
    first, second = units(a), units(b)
    return max(second[0] - first[1], first[0] - second[1], 0) <= within


def _union(parts: Iterable[Places]) -> Places:
    found: Places = defaultdict(list)
    for part in parts:
        for note_id, spans in part.items():
            found[note_id] += spans
    return dict(found)
