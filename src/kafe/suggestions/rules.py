"""Suggestions by the codebook's patterns over annotated units, never a decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from kafe.codebook import patterns
from kafe.language import TokenSpans
from kafe.messages import joined, message
from kafe.records import Code, Codebook, Suggestion, Unit
from kafe.suggestions.slot_index import SlotIndex

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

NEGATIONS = frozenset({"ikke", "ikkje", "aldri", "uten", "utan"})
NEGATION_REACH = 3
Hit = tuple[int, ...]
"""The places of the words that fill the slots of a pattern, in a span."""


def rule_source(codebook: Codebook) -> str:
    """Return the name under which the codebook's rules suggest: `rule:` and the start of its version."""
    return f"rule:{codebook.version[:12]}"


def suggest_by_rules(docs: Mapping[str, Doc], units: Iterable[Unit], codebook: Codebook) -> list[Suggestion]:
    """Return at most one suggestion per unit and code, by note, position and order of the codebook.

    `docs` maps note id → annotated text (lemmas needed); they share one vocabulary. A pattern must lie
    within the unit; a word fits by form, lemma or the norm form of either. The reason names the matched words, and a negation up to three words before them.
    Raises ValueError when a unit is not a piece of its document's text.
    """
    ordered = sorted(units, key=lambda unit: (unit.note_id, unit.start, unit.end))
    if not ordered:
        return []
    rules = Rules(codebook)
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
    """The patterns of a codebook; which of their slots a word can fill is found once per form and lemma."""

    def __init__(self, codebook: Codebook):
        self._index = SlotIndex()
        self._slots_of: dict[tuple[int, int], frozenset[int]] = {}
        self._rules = {
            code.id: [_rule(pattern, self._index) for pattern in _patterns(code)]
            for code in codebook.codes
            if code.codable and code.patterns and code.status != "retired"
        }

    def hits(self, span: Span) -> list[tuple[str, str]]:
        """Return `(code id, reason)` for each code that matches within the span, in codebook order."""
        fills = [self._fills(token) for token in span]
        present = frozenset().union(*fills)
        hits = (
            (code, [hit for rule in rules if rule.slots <= present for hit in rule.find(fills)])
            for code, rules in self._rules.items()
        )
        return [(code, _reason(span, _apart(found))) for code, found in hits if found]

    def _fills(self, token: Token) -> frozenset[int]:
        key = (token.lower, token.lemma)
        if key not in self._slots_of:
            self._slots_of[key] = self._index.slots((token.lower_, token.lemma_.lower()))
        return self._slots_of[key]


@dataclass(frozen=True)
class _Rule:
    order: tuple[int, ...]
    reach: tuple[int, ...]
    slots: frozenset[int]

    def find(self, fills: Sequence[frozenset[int]]) -> Iterator[Hit]:
        """Yield every way to fill the slots in order, with no more words between than each may have."""
        open_: list[Hit] = [()]
        while open_:
            hit = open_.pop()
            if len(hit) == len(self.order):
                yield hit
                continue
            slot = self.order[len(hit)]
            first = hit[-1] + 1 if hit else 0
            last = min(len(fills), first + self.reach[len(hit)] + 1) if hit else len(fills)
            open_ += [(*hit, place) for place in range(first, last) if slot in fills[place]]


def _patterns(code: Code) -> list[patterns.Pattern]:
    """Return a code's patterns, those of one word made into one, which is tried once."""
    parsed = [patterns.parse_pattern(text) for text in code.patterns]
    single = [word for pattern in parsed if len(pattern) == 1 for word in pattern[0].alternatives]
    merged: list[patterns.Pattern] = [(patterns.Slot(tuple(dict.fromkeys(single))),)] if single else []
    return merged + [pattern for pattern in parsed if len(pattern) > 1]


def _rule(pattern: patterns.Pattern, index: SlotIndex) -> _Rule:
    order = tuple(index.add(slot) for slot in pattern)
    return _Rule(
        order, tuple(patterns.GAP_WORDS if slot.after_gap else 0 for slot in pattern), frozenset(order)
    )


def _reason(span: Span, hits: list[Hit]) -> str:
    words = dict.fromkeys(_matched_words(span, hit) for hit in hits)
    reason = message("suggestions.rule.words", words=_quoted(words))
    negated = dict.fromkeys(word for hit in hits for word in _negations(span, hit[0]))
    if negated:
        return joined([reason, message("suggestions.rule.negated", words=_quoted(negated))])
    return reason


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits that do not overlap, the first and longest taken first."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit[0], -hit[-1], hit)):
        if not kept or hit[0] > kept[-1][-1]:
            kept.append(hit)
    return kept


def _matched_words(span: Span, hit: Hit) -> str:
    """Return the words that filled the pattern, with `…` where others lie between."""
    parts = [span[hit[0]].text]
    for before, place in pairwise(hit):
        parts += ["…"] * (place > before + 1) + [span[place].text]
    return " ".join(parts)


def _negations(span: Span, start: int) -> list[str]:
    before = span[max(0, start - NEGATION_REACH) : start]
    return [token.text for token in before if token.lower_ in NEGATIONS]


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"«{word}»" for word in words)
