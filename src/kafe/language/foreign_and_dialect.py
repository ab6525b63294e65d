"""Signs that a text is not Norwegian, and that Norwegian is written as it is spoken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib import resources

WORD = re.compile(r"['’]?[^\W\d_]+(?:[-'’][^\W\d_]+)*")
LETTERS = {
    "sv": re.compile(r"[äö]"),
    "de": re.compile(r"ß|ü|[äö]\w*(?:en|er|t)\b"),
    "pl": re.compile(r"[ąćęłńśźż]"),
    "is": re.compile(r"[ðþ]"),
    "other": re.compile(r"[ãõñçğışțșăāēīūčšžřůőűạảấầậếềệốồộớờợứừựđ¿¡]"),
}
"""Letters that Norwegian words do not have; é, è, ô and the like are left out: they occur."""
ENDINGS = {"da": re.compile(r"\w{3}(?:hed|heden|heder|tilbuddet|øj|ejde|ejdet|ejder|igt)$")}
FEWEST = 2.0
"""Signs of another language that are asked for, so that a borrowed phrase is not enough."""
SHARE = 0.2


@cache
def _words() -> dict[str, frozenset[str]]:
    text = (resources.files("kafe.language") / "resources/foreign_words.txt").read_text(encoding="utf-8")
    rows = (line.split(":", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return {name: frozenset(words.split()) for name, words in rows}


@cache
def _spoken() -> tuple[frozenset[str], frozenset[str]]:
    text = (resources.files("kafe.language") / "resources/dialect_words.txt").read_text(encoding="utf-8")
    words = " ".join(line for line in text.splitlines() if not line.startswith("#")).split()
    strong = frozenset(word for word in words if not word.startswith("+"))
    return strong, frozenset(word[1:] for word in words if word.startswith("+"))


def words_of(text: str) -> list[str]:
    """Return the lower-cased words; hyphens and apostrophes stay inside them."""
    return [word.replace("’", "'") for word in WORD.findall(text.lower())]


def is_other_language(text: str) -> bool:
    """Whether the text is in another language: another script, or common words and letters of one language.

    Words that are Norwegian alone weigh against; two signs at least are asked for, and one in five words.
    """
    letters = [char for char in text if char.isalpha()]
    if not letters:
        return False
    latin = sum(unicodedata.name(char, "").startswith("LATIN") for char in letters)
    if latin < len(letters) / 2:
        return True
    words = words_of(text)
    common = _words()
    for name in {*common, *LETTERS} - {"no", "no-da", "no-sv"}:
        signs = _signs(words, name)
        alone = common["no"] - common.get(f"no-{name}", frozenset())
        norwegian = sum(word in alone for word in words)
        if signs >= FEWEST and signs > 1.5 * norwegian and signs >= SHARE * len(words):
            return True
    return False


def _signs(words: Sequence[str], name: str) -> float:
    common = _words().get(name, frozenset())
    letters, endings = LETTERS.get(name), ENDINGS.get(name)
    return sum(
        1.0
        if word in common
        else 0.75 * bool((letters and letters.search(word)) or (endings and endings.search(word)))
        for word in words
    )


VERB_E = re.compile(
    r"\b(?:eg|æ|ej|jæ|det|d|han|ho|hu|me|vi|dei|dæm|dåkker|dokker|som|så|kor|hvor|ka|hva|kva|kem|koss|her|der|dette) e\b"
    r"|\be (?:det|d|eg|æ|du|han|hu|vi|me|heilt|helt|ikkje|ikke|så|redd|sjuk|syk)\b"
)
"""«E» for *er*, told from the letter by its neighbours."""


def is_dialect_near(text: str) -> bool:
    """Whether the text has forms that are written as they are spoken: one clear form, or two that may be slips.

    At least one word in ten must be such, so that a quoted word does not decide for a long note.
    """
    words = words_of(text)
    strong, weak = _spoken()
    signs = sum(1.0 if word in strong else 0.5 * (word in weak) for word in words)
    signs += bool(VERB_E.search(" ".join(words)))
    return signs >= 1.0 and signs >= 0.1 * len(words)
