"""Stretches of text to mask, and the view of a text in which they are already gone."""

from collections.abc import Iterable
from dataclasses import dataclass

from kafe.strings import TAG

FILLER = "\ue000"
"""Stands for masked text while rules look for more: it is neither letter, digit nor space."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text to mask, positions in the text searched; `rule` is the name of the rule that found it."""

    start: int
    end: int
    kind: str
    source: str
    confidence: float
    rule: str = ""


def mask_found(text: str, spans: Iterable[Span] = ()) -> str:
    """Return the text, of the same length, with tags and spans hidden from every rule."""
    text = TAG.sub(lambda match: FILLER * len(match[0]), text)
    for span in spans:
        text = text[: span.start] + FILLER * (span.end - span.start) + text[span.end :]
    return text
