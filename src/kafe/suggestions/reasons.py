"""Why the model suggests a code: the words in the unit that weigh most, and what it resembles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kafe.language.norm import norm_forms
from kafe.messages import joined, message
from kafe.strings import cut_at_word
from kafe.suggestions.space import Space, written

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


MOST_WORDS = 3
MOST_NOTES = 2
LONGEST_QUOTE = 80
SHORTEST_WORD = 3
Case = tuple[str, int]
"""A text and the column of the code that is suggested for it."""


def heaviest_words(cases: Sequence[Case], space: Space, slopes: NDArray[np.float64]) -> list[list[str]]:
    """Return for each case the words, as written there, that by themselves speak most for the code.

    Vectors are all but sums over words, so a word's own score is its part in the unit's, up to length.
    Words that speak against the code are not given.
    """
    shown = [written(text) for text, _ in cases]
    forms = [norm_forms([word.lower() for word in words]) for words in shown]
    rows = {form: row for row, form in enumerate(sorted({form for own in forms for form in own}))}
    if not rows:
        return [[] for _ in cases]
    gains = space.of_words([[form] for form in rows]) @ slopes
    found = []
    for (_, code), words, own in zip(cases, shown, forms, strict=True):
        worth = {
            form: (float(gains[rows[form], code]), word)
            for form, word in reversed(list(zip(own, words, strict=True)))
            if len(word) >= SHORTEST_WORD and gains[rows[form], code] > 0
        }
        ranked = sorted(worth, key=lambda form: (-worth[form][0], form))
        found.append([worth[form][1] for form in ranked[:MOST_WORDS]])
    return found


def most_similar(
    vector: NDArray[np.float64], others: NDArray[np.float64], allowed: Sequence[int]
) -> list[int]:
    """Return at most `MOST_NOTES` of the allowed rows, the most similar to the vector first; none with similarity 0 or less."""
    similarities = others[list(allowed)] @ vector
    ranked = sorted(zip(allowed, similarities.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
    return [row for row, similarity in ranked[:MOST_NOTES] if similarity > 0]


def reason(
    words: Sequence[str], notes: Sequence[tuple[str, str]], example: str = "", *, few: bool = False
) -> str:
    """Return the reason in words; `notes` are (note id, quote), `example` is a text of the codebook.

    `few`: the code has few coded examples, and that is said.
    """
    parts = []
    if words:
        parts.append(message("suggestions.reason.words", words=", ".join(f"«{word}»" for word in words)))
    if notes:
        listed = "; ".join(f"«{cut_at_word(quote, LONGEST_QUOTE)}» ({note_id})" for note_id, quote in notes)
        parts.append(message("suggestions.reason.notes", notes=listed))
    elif example:
        parts.append(message("suggestions.reason.example", example=cut_at_word(example, LONGEST_QUOTE)))
    parts = parts or [message("suggestions.reason.whole")]
    return joined([*parts, message("suggestions.reason.few")] if few else parts)
