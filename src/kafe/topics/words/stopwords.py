"""Words of both written standards that name no topic, from the package's own reviewed lists."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import resources


def parse(lines: Iterable[str]) -> frozenset[str]:
    """Return the words of a stop list: separated by white space, lines starting with # are comments."""
    kept = (line for line in lines if not line.lstrip().startswith("#"))
    return frozenset(unicodedata.normalize("NFC", word).lower() for line in kept for word in line.split())


@cache
def stopwords() -> frozenset[str]:
    """Return the Bokmål, Nynorsk and dialect function words that never name a topic; negation is not among them."""
    return parse(
        (resources.files("kafe.topics.words") / "stopwords.txt").read_text(encoding="utf-8").splitlines()
    )


@cache
def general_words() -> frozenset[str]:
    """Return content words that fit any topic, so that they name none (*dag*, *stor*, *stå*, *folk*)."""
    return parse(
        (resources.files("kafe.topics.words") / "general_words.txt").read_text(encoding="utf-8").splitlines()
    )
