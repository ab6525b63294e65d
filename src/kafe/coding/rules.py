"""Suggestions by the codebook's patterns: spaCy's Matcher over units, never a decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, product
from typing import TYPE_CHECKING

from kafe.coding.patterns import GAP_WORDS, Pattern, Slot, SlotIndex, parse_pattern
from kafe.language import TokenSpans
from kafe.records import Code, Codebook, Suggestion, Unit
from kafe.text import tekst

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc, Span, Token
    from spacy.vocab import Vocab

NEGATIONS = frozenset({"ikke", "ikkje", "aldri", "uten", "utan"})
NEGATION_REACH = 3
Hit = tuple[int, int, tuple[int, ...]]


def rule_source(codebook: Codebook) -> str:
    """Return the name under which the codebook's rules suggest: `rule:` and the start of its version."""
    return f"rule:{codebook.version[:12]}"


def suggest(docs: Mapping[str, Doc], units: Iterable[Unit], codebook: Codebook) -> list[Suggestion]:
    """Return at most one suggestion per unit and code, by note, position and order of the codebook.

    `docs` maps note id → annotated text (lemmas needed); they share one vocabulary. A pattern must lie
    within the unit. The reason names the matched words, and a negation up to three words before them.
    Raises ValueError when a unit is not a piece of its document's text.
    """
    ordered = sorted(units, key=lambda unit: (unit.note_id, unit.start, unit.end))
    if not ordered:
        return []
    rules = Rules(codebook, docs[ordered[0].note_id].vocab)
    source = rule_source(codebook)
    found: list[Suggestion] = []
    for note_id, own in groupby(ordered, key=lambda unit: unit.note_id):
        text, spans = docs[note_id].text, TokenSpans(docs[note_id])
        for unit in own:
            span = spans(unit.start, unit.end)
            if span is None or text[unit.start : unit.end] != unit.text:
                raise ValueError(f"unit {unit.id} is not a piece of its document")
            found += [
                Suggestion(note_id, unit.start, unit.end, code, source, reason)
                for code, reason in rules.hits(span)
            ]
    return found


class Rules:
    """The patterns of a codebook, compiled once for a vocabulary.

    A pattern is tried only in spans that hold words for all its slots; which slots a word can fill is
    found once per word form, so that the Matcher seldom runs in vain.
    """

    def __init__(self, codebook: Codebook, vocab: Vocab):
        self._index = SlotIndex()
        self._slots_of: dict[tuple[int, int], frozenset[int]] = {}
        self._rules = {
            code.id: [_compile(pattern, self._index, vocab) for pattern in _patterns(code)]
            for code in codebook.codes
            if code.codable and code.patterns
        }

    def hits(self, span: Span) -> list[tuple[str, str]]:
        """Return `(code id, reason)` for each code that matches within the span, in codebook order."""
        present = frozenset().union(*(self._fills(token) for token in span))
        hits = (
            (code, [hit for rule in rules if rule.slots <= present for hit in rule.find(span)])
            for code, rules in self._rules.items()
        )
        return [(code, _reason(span, _apart(found))) for code, found in hits if found]

    def _fills(self, token: Token) -> frozenset[int]:
        key = (token.lower, token.lemma)
        if key not in self._slots_of:
            self._slots_of[key] = self._index.slots(token.lower_) | self._index.slots(token.lemma_.lower())
        return self._slots_of[key]


@dataclass(frozen=True)
class _Rule:
    matcher: Matcher
    slots: frozenset[int]

    def find(self, span: Span) -> Iterator[Hit]:
        """Yield start, end and, for each word between them, its place in the Matcher's form."""
        found: Iterable[tuple] = self.matcher(span, with_alignments=True)
        for _, start, end, places in found:
            yield start, end, tuple(places)


def _patterns(code: Code) -> list[Pattern]:
    """Return a code's patterns, those of one word made into one, which the Matcher tries once."""
    patterns = [parse_pattern(text) for text in code.patterns]
    single = [word for pattern in patterns if len(pattern) == 1 for word in pattern[0].alternatives]
    merged: list[Pattern] = [(Slot(tuple(dict.fromkeys(single))),)] if single else []
    return merged + [pattern for pattern in patterns if len(pattern) > 1]


def _compile(pattern: Pattern, index: SlotIndex, vocab: Vocab) -> _Rule:
    from spacy.matcher import Matcher

    matcher = Matcher(vocab)
    matcher.add("rule", _specs(pattern))
    return _Rule(matcher, frozenset(index.add(slot) for slot in pattern))


def _specs(pattern: Pattern) -> list[list[dict]]:
    """Return the Matcher's forms of a pattern: each word by lower-cased form or by lemma.

    The words of the pattern stand at even places and what may lie between them at odd ones.
    """
    forms = []
    for attributes in product(("LOWER", "LEMMA"), repeat=len(pattern)):
        spec: list[dict] = []
        for slot, attribute in zip(pattern, attributes, strict=True):
            if spec:
                spec.append({"OP": f"{{0,{GAP_WORDS if slot.after_gap else 0}}}"})
            spec.append({attribute: {"REGEX": slot.expression()}})
        forms.append(spec)
    return forms


def _reason(span: Span, hits: list[Hit]) -> str:
    words = dict.fromkeys(_matched_words(span, *hit) for hit in hits)
    reason = tekst("coding.reason.words", words=_quoted(words))
    negated = dict.fromkeys(word for start, _, _ in hits for word in _negations(span, start))
    if negated:
        reason += " " + tekst("coding.reason.negated", words=_quoted(negated))
    return reason


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits that do not overlap, the first and longest taken first."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit[0], -hit[1], hit[2])):
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept


def _matched_words(span: Span, start: int, end: int, places: tuple[int, ...]) -> str:
    """Return the words that filled the pattern, with `…` where others lie between."""
    parts: list[str] = []
    for token, place in zip(span[start:end], places, strict=True):
        if place % 2 == 0:
            parts.append(token.text)
        elif parts[-1] != "…":
            parts.append("…")
    return " ".join(parts)


def _negations(span: Span, start: int) -> list[str]:
    before = span[max(0, start - NEGATION_REACH) : start]
    return [token.text for token in before if token.lower_ in NEGATIONS]


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"«{word}»" for word in words)
