"""The word lists and models that come with kafe: where they lie, and what a list of words holds."""

from functools import cache
from pathlib import Path

RESOURCES = Path(__file__).with_name("resources")


@cache
def marked_words(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of a list, and those marked with a `+` before them; lines that start with `#` are comments."""
    lines = (RESOURCES / name).read_text(encoding="utf-8").splitlines()
    words = " ".join(line for line in lines if not line.startswith("#")).replace("+ ", "+").split()
    return (
        frozenset(word for word in words if not word.startswith("+")),
        frozenset(word[1:] for word in words if word.startswith("+")),
    )
