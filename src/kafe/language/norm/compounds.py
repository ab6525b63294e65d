"""The parts of a compound word, from a list of words that make compounds in the field and every day."""

from functools import cache, lru_cache
from pathlib import Path

from kafe.language.bundled import RESOURCES

PARTS = RESOURCES / "compound_parts.txt"
ENDINGS = (
    "ene",
    "ane",
    "ens",
    "ets",
    "enes",
    "anes",
    "en",
    "et",
    "er",
    "ar",
    "ne",
    "s",
    "a",
    "e",
    "n",
    "r",
    "t",
)
"""Inflections that the last part may carry."""
SHORTEST = 2
VOWELS = "aeiouyæøåéü"
NO_LINKING_S = ("s", "sk", "st", "e")
LINKING_S = ("else",)
LEAST_KNOWN, LEAST_UNKNOWN = 5, 4
"""Letters of a known last part after an unknown first one, and of the unknown one."""


def split(word: str) -> tuple[str, ...]:
    """Return the parts of a compound with linking letters and hyphens between; `(word,)` when it is none.

    *samhandlingsteamet* → `("samhandling", "s", "teamet")`. The parts as written make up the word again. The
    last part may be inflected. Among possible splits the one with the fewest parts is taken; its parts are
    then split further, but for those that the list calls indivisible (*sykehus*).
    """
    if "-" in word.strip("-"):
        head, _, tail = word.partition("-")
        return (*split(head), "-", *split(tail))
    places = _places(word.lower())
    return tuple(word[start:end] for start, end in places)


def members(word: str) -> frozenset[str]:
    """Return the lower-cased words in a compound: single parts, and neighbours together (*overlege*)."""
    parts = [part.lower() for part in split(word)]
    return frozenset(
        "".join(parts[start:end])
        for start in range(len(parts))
        for end in range(start + 1, len(parts) + 1)
        if not {parts[start], parts[end - 1]} & {"s", "e", "-"}
    )


def base_forms(part: str) -> frozenset[str]:
    """Return a lower-cased last part and the words of the list it may be an inflected form of."""
    return frozenset({part}) | (_stems(part) & _lists().words)


def _stems(word: str) -> frozenset[str]:
    """Return a word and what it may be an inflected form of, real words or not."""
    stems = [word.removesuffix(ending) for ending in ENDINGS if word.endswith(ending)]
    return frozenset([word, *stems, *(stem + "e" for stem in stems), *map(_undoubled, stems)])


def _undoubled(stem: str) -> str:
    """Return a stem without the doubled last consonant it has before an ending: *hjemm(et)*."""
    return stem[:-1] if stem[-2:-1] == stem[-1:] else stem


class _Lists:
    """The words of the list: `+e`, `+s` take that link, `=` are not split, `!` are nor parts of others."""

    def __init__(self, path: Path):
        self.words: set[str] = set()
        self.alone: set[str] = set()
        self.with_e: set[str] = set()
        self.with_s: set[str] = set()
        self.whole: set[str] = set()
        for line in path.read_text(encoding="utf-8").splitlines():
            word, *marks = line.split()
            if "!" in marks:
                self.alone.add(word)
                continue
            self.words.add(word)
            self.with_e |= {word} if "+e" in marks else set()
            self.with_s |= {word} if "+s" in marks else set()
            self.whole |= {word} if "=" in marks else set()


@cache
def _lists() -> _Lists:
    return _Lists(PARTS)


@lru_cache(maxsize=100_000)
def _places(word: str) -> tuple[tuple[int, int], ...]:
    """Return start and end of each part of a lower-cased word."""
    if not word.isalpha() or _stems(word) & (_lists().whole | _lists().alone):
        return ((0, len(word)),)
    best = _fewest(word) or _unknown_first(word)
    if best is None:
        return ((0, len(word)),)
    return tuple(
        (start + inner_start, start + inner_end)
        for start, end in best
        for inner_start, inner_end in (
            _places(word[start:end]) if end - start > SHORTEST else ((0, end - start),)
        )
    )


def _fewest(word: str) -> tuple[tuple[int, int], ...] | None:
    """Return the split into two parts or more with the fewest words, then the longest last one."""
    lists, length = _lists(), len(word)
    found: dict[int, tuple[tuple[int, int], ...]] = {0: ()}
    for end in range(1, length + 1):
        options = []
        for start in range(end):
            if start not in found or (start == 0 and end == length):
                continue
            for place in _links(word, start, end, lists):
                options.append((*found[start], *place))
        if options:
            found[end] = min(options, key=lambda places: (_words(places), -_last(places), len(places)))
    return found.get(length)


def _links(word: str, start: int, end: int, lists: _Lists) -> list[tuple[tuple[int, int], ...]]:
    """Return the ways in which `word[start:end]` is one part: a last one inflected, others with a link."""
    part = word[start:end]
    if end == len(word):
        return [((start, end),)] if len(part) > SHORTEST and base_forms(part) & lists.words else []
    ways: list[tuple[tuple[int, int], ...]] = []
    if len(part) >= SHORTEST and part in lists.words:
        ways.append(((start, end),))
    stem = part[:-1]
    if stem in lists.words:
        takes_s = stem in lists.with_s or stem.endswith(LINKING_S) or not stem.endswith(NO_LINKING_S)
        if (part[-1] == "s" and takes_s) or (part[-1] == "e" and stem in lists.with_e):
            ways.append(((start, end - 1), (end - 1, end)))
    return ways


def _unknown_first(word: str) -> tuple[tuple[int, int], ...] | None:
    """Return the split before the longest known last part when what stands before may be a word, too."""
    for cut in range(LEAST_UNKNOWN, len(word) - LEAST_KNOWN + 1):
        head, tail = word[:cut], word[cut:]
        known = {form for form in base_forms(tail) & _lists().words if len(form) >= LEAST_KNOWN}
        if known and sum(char in VOWELS for char in head) > 1:
            if head.endswith("s") and not head.endswith("ss") and cut > LEAST_UNKNOWN:
                return (0, cut - 1), (cut - 1, cut), (cut, len(word))
            return (0, cut), (cut, len(word))
    return None


def _words(places: tuple[tuple[int, int], ...]) -> int:
    return sum(end - start > 1 for start, end in places)


def _last(places: tuple[tuple[int, int], ...]) -> int:
    return places[-1][1] - places[-1][0]
