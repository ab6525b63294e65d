"""Terms of two words: neighbours in the text that meet more often than chance, such as *individuell plan*."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log

from kafe.language.norm import norm_form
from kafe.strings import TAG
from kafe.topics.words.content_words import WORD, content, tokens
from kafe.topics.words.stopwords import stopwords

LEAST_NOTES = 3
SURE = 10.83
"""Log-likelihood ratio (Dunning 1993) at p = .001 with one degree of freedom."""
SHARED_START = 3
"""Letters that a written word and its lemma share at least, unless the lemma is shorter."""
GAP = re.compile(r"[ \u00a0]+")

Pair = tuple[str, str]


def with_terms(
    texts: Sequence[str], lemmas: Sequence[Sequence[str]] | None, words: Sequence[Sequence[str]]
) -> tuple[list[list[str]], dict[str, str]]:
    """Return the notes' words with neighbours that beat chance joined into one term, and term → form to show.

    `words` are norm forms of content words (`words.content_words`). Two words are neighbours when only
    blanks lie between them in the text; a pair must do so in `LEAST_NOTES` notes and pass `SURE`. The form
    shown is the most frequent one as written.
    """
    found = [_neighbours(text, lemmas[row] if lemmas is not None else None) for row, text in enumerate(texts)]
    kept = _beyond_chance(found, words)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    joined = []
    for own, pairs in zip(words, found, strict=True):
        wanted = [(pair, written) for pair, written in pairs if pair in kept]
        for pair, written in wanted:
            forms[" ".join(pair)][written] += 1
        joined.append(_join(own, Counter(pair for pair, _ in wanted)))
    return joined, {term: min(ways, key=lambda way: (-ways[way], way)) for term, ways in forms.items()}


def _neighbours(text: str, lemmas: Sequence[str] | None) -> list[tuple[Pair, str]]:
    """Return the pairs of content words that stand side by side, in norm form and as written."""
    plain = TAG.sub("\n", text)
    spans = [(match.group().lower(), match.start(), match.end()) for match in WORD.finditer(plain)]
    stop = stopwords()
    places: list[tuple[str, int]] = []
    at = 0
    for lemma in content(lemmas if lemmas is not None else tokens(text)):
        here = next((place for place in range(at, len(spans)) if _same(lemma, spans[place][0])), None)
        if here is None:
            continue
        at = here + 1
        if (norm := norm_form(lemma)) not in stop:
            places.append((norm, here))
    pairs = []
    for (left, first), (right, second) in pairwise(places):
        (before, _, end), (after, start, _) = spans[first], spans[second]
        if second == first + 1 and left != right and GAP.fullmatch(plain[end:start]):
            pairs.append(((left, right), f"{before} {after}"))
    return pairs


def _same(lemma: str, written: str) -> bool:
    return written.startswith(lemma[:SHARED_START])


def _beyond_chance(found: Sequence[Sequence[tuple[Pair, str]]], words: Sequence[Sequence[str]]) -> set[Pair]:
    notes = Counter(pair for pairs in found for pair in {pair for pair, _ in pairs})
    times = Counter(pair for pairs in found for pair, _ in pairs)
    single = Counter(word for row in words for word in row)
    total = sum(single.values())
    return {
        pair
        for pair, count in notes.items()
        if count >= LEAST_NOTES and _sure(times[pair], single[pair[0]], single[pair[1]], total)
    }


def _sure(both: int, left: int, right: int, total: int) -> bool:
    """Return whether `both` lies above what chance gives, by the log-likelihood ratio of the 2 × 2 table."""
    left, right = max(left, both), max(right, both)
    cells = (
        (both, left, right),
        (left - both, left, total - right),
        (right - both, total - left, right),
        (total - left - right + both, total - left, total - right),
    )
    ratio = 2 * sum(
        seen * log(seen * total / (row * column)) for seen, row, column in cells if min(seen, row, column) > 0
    )
    return both * total > left * right and ratio >= SURE


def _join(words: Sequence[str], pairs: Mapping[Pair, int]) -> list[str]:
    """Return the words with each occurrence of a pair as one term; its parts are taken away once each time."""
    left = Counter(words)
    terms = []
    for pair, times in sorted(pairs.items()):
        for _ in range(times):
            if left[pair[0]] and left[pair[1]]:
                left.subtract(pair)
                terms.append(" ".join(pair))
    return [*left.elements(), *terms]
