"""Where a span of an earlier text stands in the corrected one: by its words, else by the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

Doubt = Literal["", "gone", "several", "edited"]
ALIKE = 0.6
"""How like the words of a span must be, before and after, for an edited span to be followed (0 to 1)."""
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
Block = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span in the corrected text; `doubt` says why it is not certain, and the span is then the nearest guess.

    `gone`: nothing of the words is left, and the span is empty; `several`: the words stand in more than one
    place; `edited`: the words themselves were changed, and too much to know that they are the same.
    """

    start: int
    end: int
    doubt: Doubt = ""


def anchor(old: str, new: str, start: int, end: int) -> Anchor:
    """Return where `old[start:end]` stands in `new`."""
    if old == new:
        return Anchor(start, end)
    if not old[:start].strip() and not old[end:].strip():
        return Anchor(0, len(new))
    quote = old[start:end]
    places = _places(quote, new)
    if len(places) == 1 and len(_places(quote, old)) == 1:
        return Anchor(places[0], places[0] + len(quote))
    first, last = _mapped(old, new, start, end)
    if last > first and new[first:last] == quote and _held(old, new, start, end, first, last):
        return Anchor(first, last)
    if places:
        near = min(places, key=lambda place: abs(place - max(first, 0)))
        return Anchor(near, near + len(quote), "several")
    if last <= first or not new[first:last].strip():
        return Anchor(0, 0, "gone")
    alike = SequenceMatcher(None, quote.casefold(), new[first:last].casefold(), autojunk=False).ratio()
    certain = alike >= ALIKE and _held(old, new, start, end, first, last)
    return Anchor(first, last, "" if certain else "edited")


def anchor_quote(quote: str, new: str) -> Anchor:
    """Return where a quote stands in a text, of which the earlier text is not known."""
    places = _places(quote, new)
    if not places:
        return Anchor(0, 0, "gone")
    return Anchor(places[0], places[0] + len(quote), "" if len(places) == 1 else "several")


def _places(quote: str, text: str) -> list[int]:
    """Return where a quote stands in a text, as whole words where it is whole words itself."""
    found, at = [], text.find(quote) if quote else -1
    while at >= 0:
        end = at + len(quote)
        inside = (at and text[at - 1].isalnum() and quote[0].isalnum()) or (
            end < len(text) and text[end].isalnum() and quote[-1].isalnum()
        )
        if not inside:
            found.append(at)
        at = text.find(quote, at + 1)
    return found


@lru_cache(maxsize=256)
def _blocks(old: str, new: str) -> tuple[Block, ...]:
    """Return the stretches that both texts have in the same order, as (in old, in new, length) in characters."""
    theirs, ours = _TOKEN.findall(old), _TOKEN.findall(new)
    at_old, at_new = _offsets(theirs), _offsets(ours)
    matcher = SequenceMatcher(None, theirs, ours, autojunk=False)
    return tuple(
        (at_old[one.a], at_new[one.b], at_old[one.a + one.size] - at_old[one.a])
        for one in matcher.get_matching_blocks()
        if one.size
    )


def _offsets(tokens: list[str]) -> list[int]:
    found = [0]
    for token in tokens:
        found.append(found[-1] + len(token))
    return found


def _mapped(old: str, new: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch of `new` between what stands right before and right after the span, or what is left of it."""
    first, last = -1, -1
    for there, here, size in _blocks(old, new):
        if there < end and start < there + size:
            if first < 0:
                first = here + max(0, start - there)
            last = here + min(size, end - there)
    before, after = _neighbours(old, new, start, end)
    if first < 0 or (
        before >= 0 and before < first and not old[start:end].startswith(new[first : first + 1])
    ):
        first = before
    if last < 0:
        last = after
    if before >= 0 and after > before and not _starts_alike(old, new, start, first):
        first = before
    if after >= 0 and not _ends_alike(old, new, end, last):
        last = after
    if first < 0 or last < 0:
        return 0, 0
    inside = new[first:last]
    return first + len(inside) - len(inside.lstrip()), last - len(inside) + len(inside.rstrip())


def _starts_alike(old: str, new: str, start: int, first: int) -> bool:
    return 0 <= first < len(new) and old[start] == new[first]


def _ends_alike(old: str, new: str, end: int, last: int) -> bool:
    return 0 < last <= len(new) and old[end - 1] == new[last - 1]


def _neighbours(old: str, new: str, start: int, end: int) -> tuple[int, int]:
    """Return where what stands right before the span ends in `new`, and what stands after it begins; -1: not there."""
    before, after = (0 if start == 0 else -1), (len(new) if end == len(old) else -1)
    for there, here, size in _blocks(old, new):
        if there < start <= there + size:
            before = here + start - there
        if there <= end < there + size:
            after = here + end - there
    return before, after


def _held(old: str, new: str, start: int, end: int, first: int, last: int) -> bool:
    """Return whether the words on both sides of the span, or the edges of the text, still stand beside it."""
    before, after = _neighbours(old, new, start, end)
    left = before >= 0 and not new[before:first].strip() if before <= first else False
    right = after >= 0 and not new[last:after].strip() if last <= after else False
    return left and right
