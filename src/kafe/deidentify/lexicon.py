"""kafe's own word lists: first names, surnames, what is never a person, ordinary words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kafe.deidentify.words import Word, words

SURNAME_ENDINGS = ("sen", "son", "sson", "datter", "dottir", "stad", "land", "vik", "rud", "berg", "haug", "heim", "tveit", "eide",
                   "vold", "seth", "gård", "bakk", "sæter", "enko", "ski", "ska", "vić", "vic", "ić")  # fmt: skip
PARTICLES = frozenset(
    [
        "van",
        "von",
        "de",
        "der",
        "den",
        "del",
        "della",
        "da",
        "dos",
        "la",
        "le",
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "af",
        "av",
        "zu",
        "ter",
    ]
)


def _read(name: str) -> Iterator[str]:
    text = (resources.files("kafe.deidentify") / "resources" / name).read_text(encoding="utf-8")
    yield from (line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _names(name: str) -> dict[str, str]:
    entries = (word for line in _read(name) for word in line.split())
    return {word.rstrip("*@").casefold(): word[len(word.rstrip("*@")) :] for word in entries}


@cache
def first_names() -> dict[str, str]:
    """Return lower-case first name → "" or its mark: `*` also a word, `@` also a place."""
    return _names("first_names.txt")


@cache
def surnames() -> dict[str, str]:
    """Return lower-case surname → "" or its mark: `*` also a word, `@` also a place."""
    return _names("surnames.txt")


@cache
def ordinary_words() -> frozenset[str]:
    """Return lower-case words that weak evidence never makes a name."""
    return frozenset(word for line in _read("ordinary_words.txt") for word in line.split())


@cache
def kept_phrases() -> tuple[str, ...]:
    """Return services, organisations and places that are never a person."""
    return tuple(_read("keep.txt"))


@cache
def endings(section: str) -> tuple[str, ...]:
    """Return the word endings of a section of the list: `service` or `word`."""
    found: dict[str, list[str]] = {}
    for line in _read("endings.txt"):
        if line.startswith("["):
            part = found.setdefault(line.strip("[]"), [])
        else:
            part += line.split()
    return tuple(found[section])


@cache
def _long_service_endings() -> tuple[str, ...]:
    return tuple(ending for ending in endings("service") if len(ending) > 4)


def _mark(names: dict[str, str], word: str) -> str | None:
    if word in names:
        return names[word]
    parts = word.split("-")
    marks = [names.get(part) for part in parts]
    return "" if len(parts) > 1 and all(mark is not None for mark in marks) else None


def _lower_case_name(text: str) -> bool:
    """Return whether a lower-case word can be in the lists at all; most words cannot, and are read no further."""
    first, last = first_names(), surnames()
    stem = text.rstrip("s'’")
    return text in first or text in last or stem in first or stem in last or "-" in text or "'" in text


@dataclass(frozen=True, slots=True)
class Reading:
    """How the lists read a word: marks as in `first_names`, None when not listed; `end` is where the
    name stops, before a genitive ending."""

    first: str | None
    last: str | None
    base: str
    end: int

    @property
    def listed(self) -> bool:
        return self.first is not None or self.last is not None

    @property
    def clear(self) -> bool:
        """Whether the word is a name and nothing else."""
        return self.listed and "" in (self.first, self.last) and not {"*", "@"} & {self.first, self.last}


def without_genitive(word: str) -> tuple[str, ...]:
    """Return the word as it stands and without a genitive -'s, -' or -s, the likeliest first."""
    for ending in ("'s", "’s", "'", "’"):
        if word.endswith(ending):
            return (word.removesuffix(ending),)
    return (word, word[:-1]) if word.endswith("s") and len(word) > 3 else (word,)


def read(word: Word) -> Reading:
    """Return how the lists read the word, as a nominative before as a genitive."""
    if word.shape == "lower" and not _lower_case_name(word.text):
        return Reading(None, None, word.text, word.end)
    for base in without_genitive(word.text):
        low = base.casefold()
        first, last = _mark(first_names(), low), _mark(surnames(), low)
        if first is not None or last is not None:
            return Reading(first, last, low, word.start + len(base))
    bare = without_genitive(word.text)[0]
    return Reading(None, None, bare.casefold(), word.start + len(bare))


def is_ordinary(word: Word) -> bool:
    """Return whether the word looks like an ordinary word or part of a service's name, whatever its case."""
    low = word.lower
    return (
        low in ordinary_words()
        or low.endswith(endings("service"))
        or (len(low) > 5 and low.endswith(endings("word")))
        or (len(low) > 12 and not low.endswith(SURNAME_ENDINGS) and "-" not in low)
        or ("-" in low and not all(part[:1].isupper() for part in word.text.split("-")))
    )


def is_service(word: Word) -> bool:
    """Return whether a word is listed as ordinary or ends as services do; less strict than `is_ordinary`."""
    low = word.lower
    return low in ordinary_words() or low.endswith(_long_service_endings())


class Phrases:
    """Phrases to look up in a text by their words; single words keep the case they were given in."""

    def __init__(self, phrases: Iterable[str]):
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase in sorted(set(phrases)):
            parts = tuple(word.lower for word in words(phrase))
            if parts:
                self._by_first.setdefault(parts[0], []).append((parts, phrase))

    def spans(self, text: tuple[Word, ...]) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of every phrase found, a genitive ending included."""
        for index, word in enumerate(text):
            for key in without_genitive(word.lower):
                for parts, phrase in self._by_first.get(key, ()):
                    found = text[index : index + len(parts)]
                    if len(parts) == 1:
                        if word.text.startswith(phrase) or word.shape == "upper":
                            yield word.start, word.end
                    elif len(found) == len(parts) and all(
                        part in without_genitive(other.lower)
                        for part, other in zip(parts, found, strict=True)
                    ):
                        yield found[0].start, found[-1].end
