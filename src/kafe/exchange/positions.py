"""Which characters a file's positions mean: programs count differently, and quotes tell how.

REFI-QDA says that positions count Unicode code points and do not include the end, but not how line ends
and byte-order marks count, and some programs count UTF-16 units or include the end.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from kafe.records import normalise_text

MARK = "\ufeff"


@dataclass(frozen=True)
class Counting:
    """One way to count: `crlf` as one or two, `wide` characters as two (UTF-16), and so on."""

    crlf: int = 1
    mark: int = 0
    wide: bool = False
    last: int = 0
    force: bool = False
    """Line ends count as `crlf` also where the file has LF only."""


STANDARD = Counting()
COUNTINGS = (
    STANDARD,
    Counting(crlf=2),
    Counting(wide=True),
    Counting(crlf=2, wide=True),
    Counting(mark=1),
    Counting(mark=1, crlf=2),
    Counting(mark=1, wide=True),
    Counting(mark=1, crlf=2, wide=True),
    Counting(last=1),
    Counting(crlf=2, last=1),
    Counting(crlf=2, force=True),
)
"""The likeliest first: of two that fit equally well, the first is taken."""


def plain(text: str) -> str:
    """Return a source's text as positions are counted in it here: no byte-order mark, LF."""
    return text.removeprefix(MARK).replace("\r\n", "\n").replace("\r", "\n")


class Ruler:
    """Positions of a file turned into positions in `plain(text)`, for one text and one way to count."""

    def __init__(self, text: str, counting: Counting):
        self._last = counting.last
        body = text.removeprefix(MARK)
        self._first = counting.mark if text.startswith(MARK) else 0
        self._size = len(body)
        self._starts: list[int] = []
        if (
            "\r" in body
            or (counting.force and "\n" in body)
            or (counting.wide and max(body, default="") > MARK)
        ):
            widths: list[int] = []
            for before, char in pairwise(f" {body}"):
                if before == "\r" and char == "\n":
                    widths[-1] = counting.crlf
                else:
                    widths.append(_width(char, counting))
            self._starts = list(accumulate(widths, initial=self._first))

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the positions here, or None where they lie outside the text or inside a character."""
        first, last = self._index(start), self._index(end + self._last)
        return (first, last) if first is not None and last is not None and first < last else None

    def _index(self, position: int) -> int | None:
        if not self._starts:
            return position - self._first if 0 <= position - self._first <= self._size else None
        index = bisect_left(self._starts, position)
        return index if index < len(self._starts) and self._starts[index] == position else None


def _width(char: str, counting: Counting) -> int:
    if char == "\n" and counting.force:
        return counting.crlf
    return 2 if counting.wide and ord(char) > 0xFFFF else 1


def fits(text: str, span: tuple[int, int] | None, quote: str) -> bool:
    """Return whether the stretch is the quote, white space aside; a quote cut short need only begin it."""
    if span is None:
        return False
    if text[span[0] : span[1]] == quote:
        return True
    there, said = _words(text[span[0] : span[1]]), _words(quote)
    cut = said.rstrip("….").rstrip()
    return there == said or (bool(cut) and cut != said and there.startswith(cut))


def best_counting(texts: Iterable[tuple[str, Sequence[tuple[int, int, str]]]]) -> Counting:
    """Return the way to count under which most quotes fit, over all texts with their (start, end, quote).

    Where no quote decides, the way under which most stretches begin and end at the edge of a word.
    """
    scores = [[0, 0] for _ in COUNTINGS]
    for text, marks in texts:
        whole = plain(text)
        for score, counting in zip(scores, COUNTINGS, strict=True):
            ruler = Ruler(text, counting)
            for start, end, quote in marks:
                span = ruler.span(start, end)
                score[0] += bool(quote) and fits(whole, span, quote)
                score[1] += span is not None and _at_edges(whole, span)
    best = max(range(len(COUNTINGS)), key=lambda index: (*scores[index], -index))
    return COUNTINGS[best]


class Locator:
    """Finds the stretches of one text of a file; `counting` is how the file seems to count."""

    def __init__(self, text: str, counting: Counting):
        self.text = text
        self.plain = plain(text)
        self._clean = normalise_text(self.plain) == self.plain
        self._order = (counting, *(other for other in COUNTINGS if other != counting))
        self._rulers: dict[Counting, Ruler] = {}

    def find(self, start: int, end: int, quote: str) -> tuple[int, int] | None:
        """Return where in `plain(text)` a stretch lies; `end` -1 means the whole text.

        Without a quote the positions are taken at their word. With one, the stretch must be the quote:
        if not counted as the file does, then counted another way, then the only place where the quote
        stands. None when nothing fits: a coding is refused rather than put on other words.
        """
        if end == -1:
            return (0, len(self.plain)) if self.plain else None
        if not quote.strip():
            return self._span(self._order[0], start, end)
        for counting in self._order:
            span = self._span(counting, start, end)
            if fits(self.plain, span, quote):
                return span
        said = plain(quote)
        if self.plain.count(said) == 1:
            at = self.plain.index(said)
            return at, at + len(said)
        return None

    def normalised(self, span: tuple[int, int]) -> tuple[int, int]:
        """Return where a stretch of `plain` lies in `normalise_text(plain)`."""
        return span if self._clean else to_normalised(self.plain, span)

    def _span(self, counting: Counting, start: int, end: int) -> tuple[int, int] | None:
        if counting not in self._rulers:
            self._rulers[counting] = Ruler(self.text, counting)
        return self._rulers[counting].span(start, end)


def to_normalised(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return where a stretch of `plain(text)` lies in `normalise_text(text)`."""
    dropped = len(_normal(text)) - len(_normal(text).lstrip())
    size = len(normalise_text(text))
    start = len(_normal(text[: span[0]])) - dropped
    end = len(_normal(text[: span[1]])) - dropped
    return max(0, min(start, size)), max(0, min(end, size))


def _normal(text: str) -> str:
    """Return the text as `normalise_text` makes it, but with the white space at its ends."""
    return normalise_text(f".{text}.")[1:-1]


def _words(text: str) -> str:
    return " ".join(normalise_text(text).split())


def _at_edges(text: str, span: tuple[int, int]) -> bool:
    start, end = span
    inside = text[start:end]
    if inside != inside.strip():
        return False
    before = text[start - 1 : start].isalnum() and inside[:1].isalnum()
    after = text[end : end + 1].isalnum() and inside[-1:].isalnum()
    return not before and not after
