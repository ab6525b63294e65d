"""Whether a text is in another language than Norwegian, and whether Norwegian is written as it is spoken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from kafe.language.bundled import RESOURCES, marked_words

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
"""Words of another language that it takes, so that a borrowed phrase is not enough."""
SHARE = 0.2


@cache
def _words() -> dict[str, frozenset[str]]:
    text = (RESOURCES / "foreign_words.txt").read_text(encoding="utf-8")
    rows = (line.split(":", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return {name: frozenset(words.split()) for name, words in rows}


def words_of(text: str) -> list[str]:
    """Return the lower-cased words; hyphens and apostrophes stay inside them."""
    return [word.replace("’", "'") for word in WORD.findall(text.lower())]


def is_other_language(text: str) -> bool:
    """Whether the text is in another language: another script, or common words and letters of one language.

    Words that are Norwegian alone weigh against; it takes two words of the other language at least, and one in five.
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
        evidence = _evidence_of(words, name)
        alone = common["no"] - common.get(f"no-{name}", frozenset())
        norwegian = sum(word in alone for word in words)
        if evidence >= FEWEST and evidence > 1.5 * norwegian and evidence >= SHARE * len(words):
            return True
    return False


def _evidence_of(words: Sequence[str], name: str) -> float:
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
    strong, weak = marked_words("dialect_words.txt")
    evidence = sum(1.0 if word in strong else 0.5 * (word in weak) for word in words)
    evidence += bool(VERB_E.search(" ".join(words)))
    return evidence >= 1.0 and evidence >= 0.1 * len(words)
