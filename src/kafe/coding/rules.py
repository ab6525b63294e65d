"""Suggestions by the codebook's patterns: spaCy's Matcher over units, never a decision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from kafe.coding.patterns import GAP_WORDS, Pattern, Slot, parse_pattern
from kafe.records import Code, Codebook, Suggestion, Unit
from kafe.text import tekst

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc, Span, Token
    from spacy.vocab import Vocab

NEGATIONS = frozenset({"ikke", "ikkje", "aldri", "uten", "utan"})
NEGATION_REACH = 3


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
    for unit in ordered:
        doc = docs[unit.note_id]
        span = doc.char_span(unit.start, unit.end, alignment_mode="expand")
        if span is None or doc.text[unit.start : unit.end] != unit.text:
            raise ValueError(f"unit {unit.id} is not a piece of its document")
        found += [
            Suggestion(unit.note_id, unit.start, unit.end, code, source, reason)
            for code, reason in rules.hits(span)
        ]
    return found


class Rules:
    """The patterns of a codebook, compiled once for a vocabulary."""

    def __init__(self, codebook: Codebook, vocab: Vocab):
        self._codes = [_compile(code, vocab) for code in codebook.codes if code.codable and code.patterns]
        self._triggers: dict[tuple[int, int], tuple[int, ...]] = {}

    def hits(self, span: Span) -> list[tuple[str, str]]:
        """Return `(code id, reason)` for each code that matches within the span, in codebook order."""
        if not span:
            return []
        candidates = sorted({number for token in span for number in self._triggered(token)})
        hits = ((self._codes[number].code, self._codes[number].reason(span)) for number in candidates)
        return [(code, reason) for code, reason in hits if reason]

    def _triggered(self, token: Token) -> tuple[int, ...]:
        """Return the codes that some pattern's first word makes possible; found once per word form."""
        key = (token.lower, token.lemma)
        if key not in self._triggers:
            forms = (token.lower_, token.lemma_)
            self._triggers[key] = tuple(
                number
                for number, code in enumerate(self._codes)
                if any(code.first.match(form) for form in forms)
            )
        return self._triggers[key]


@dataclass(frozen=True)
class _CodeRules:
    code: str
    matcher: Matcher
    first: re.Pattern[str]

    def reason(self, span: Span) -> str:
        """Return why the code matches in the span; empty when it does not."""
        found = self.matcher(span, with_alignments=True)
        spans = _apart((start, end, tuple(slots)) for _, start, end, slots in found)
        if not spans:
            return ""
        words = dict.fromkeys(_matched_words(span, *hit) for hit in spans)
        reason = tekst("coding.reason.words", words=_quoted(words))
        negated = dict.fromkeys(word for start, _, _ in spans for word in _negations(span, start))
        if negated:
            reason += " " + tekst("coding.reason.negated", words=_quoted(negated))
        return reason


def _compile(code: Code, vocab: Vocab) -> _CodeRules:
    from spacy.matcher import Matcher

    matcher = Matcher(vocab)
    patterns = _merge_single([parse_pattern(text) for text in code.patterns])
    matcher.add(code.id, [spec for pattern in patterns for spec in _specs(pattern)])
    first = Slot(tuple(word for pattern in patterns for word in pattern[0].alternatives))
    return _CodeRules(code.id, matcher, re.compile(first.expression()))


def _merge_single(patterns: list[Pattern]) -> list[Pattern]:
    """Return the patterns with those of one word made into one, which the Matcher tries once."""
    single = tuple(word for pattern in patterns if len(pattern) == 1 for word in pattern[0].alternatives)
    merged: list[Pattern] = [(Slot(single),)] if single else []
    return merged + [pattern for pattern in patterns if len(pattern) > 1]


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


def _apart(hits: Iterable[tuple[int, int, tuple[int, ...]]]) -> list[tuple[int, int, tuple[int, ...]]]:
    """Return the hits that do not overlap, the first and longest taken first."""
    kept: list[tuple[int, int, tuple[int, ...]]] = []
    for hit in sorted(hits, key=lambda hit: (hit[0], -hit[1], hit[2])):
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept


def _matched_words(span: Span, start: int, end: int, slots: tuple[int, ...]) -> str:
    """Return the words that filled the pattern, with `…` where others lie between."""
    parts: list[str] = []
    for token, slot in zip(span[start:end], slots, strict=True):
        if slot % 2 == 0:
            parts.append(token.text)
        elif parts[-1] != "…":
            parts.append("…")
    return " ".join(parts)


def _negations(span: Span, start: int) -> list[str]:
    before = span[max(0, start - NEGATION_REACH) : start]
    return [token.text for token in before if token.lower_ in NEGATIONS]


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"«{word}»" for word in words)
