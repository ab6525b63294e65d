"""Where a sentence ends within a line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kafe.language.bundled import marked_words

CLOSING = "\"»”’')]"
FINAL = re.compile(r"[.!?…]+[\"»”’')\]]*$")
ASIDE = re.compile(r"[(\[][^\w]*[)\]]|(?:obs|nb|ps)!+", re.IGNORECASE)
"""«(!)», «(?)»: a remark on the word before. «OBS!»: a call for what follows."""
NUMBER = re.compile(r"[(\[§]?\d[\d.,:/–-]*\.")
MONTH = re.compile(r"(?:jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|des)", re.IGNORECASE)
ORDERED = re.compile(r"(?:verdenskrig|etasje|linje|juledag|avdeling|divisjon)", re.IGNORECASE)
SAYING = re.compile(
    r"(?:sa|sier|seier|seie|spør|spurte|spurde|svarte|svarer|svara|svarar|ropte|ropa|tenkte|tenkjer|tenker|skrev|"
    r"skreiv|skriver|mente|meinte|undret|lurte|hvisket|gråt|og|eller)\b",
    re.IGNORECASE,
)
"""What goes on after a question or an exclamation without a capital letter: the words said, or a list."""
LETTERED = re.compile(
    r"(?:plan|hepatitt|vitamin|type|gruppe|punkt|pkt|alternativ|del|bord|klasse|nivå|kategori|fase|blokk|bygg|rom|"
    r"avdeling|modell|team)$",
    re.IGNORECASE,
)
"""Words whose letter is a name and no initial: «plan B.»"""


def abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Return abbreviations after which no sentence ends, and those after which one may."""
    return marked_words("abbreviations.txt")


@dataclass(frozen=True, slots=True)
class WordEnd:
    """The end of a word with final punctuation, the word before it, and what follows."""

    before: str
    last: str
    following: str

    @property
    def first(self) -> str:
        """The first character that follows, quotation marks and brackets left out."""
        return self.following.lstrip("«\"'“”([-–—*")[:1]

    @property
    def capital(self) -> bool:
        """Whether a capital letter follows, or what opens a quotation without one."""
        return self.first.isupper() or (self.first == "" and self.following[:1] in "«\"'“([-–—")

    @property
    def core(self) -> str:
        """The word with its full stop, without quotation marks and brackets."""
        return self.last.lstrip("(«\"'“[").rstrip(CLOSING)

    @property
    def word(self) -> str:
        """The word in lower case without its full stop; of *og/eller* the last part."""
        return re.split("[–/]", self.core.rstrip(".").lower())[-1]

    @property
    def full_stop(self) -> bool:
        return self.core.endswith(".") and not self.core.endswith("..")


def _after_abbreviation(end: WordEnd) -> bool | None:
    never, perhaps = abbreviations()
    spaced = f"{end.before.strip('(').lower()}{end.word}"
    if end.word in perhaps or spaced in perhaps:
        return end.capital and not end.first.isdigit()
    if end.word in never or (end.before.endswith(".") and spaced in never):
        return False
    return None


def _after_initial(end: WordEnd) -> bool | None:
    if not re.fullmatch(r"[^\W\d_]", end.word):
        return None
    return end.capital and LETTERED.search(end.before) is not None


def _after_number(end: WordEnd) -> bool | None:
    if not NUMBER.fullmatch(end.core):
        return None
    return end.capital and MONTH.match(end.following) is None and ORDERED.match(end.following) is None


def _after_question_or_exclamation(end: WordEnd) -> bool | None:
    if not re.search(r"[!?]", end.core[-3:]):
        return None
    goes_on = SAYING.match(end.following) or end.last[-1:] in CLOSING
    return end.capital or end.first.isdigit() or not goes_on


def _after_ellipsis(end: WordEnd) -> bool | None:
    return end.capital if end.core.endswith(("…", "..")) else None


FULL_STOP: tuple[Callable[[WordEnd], bool | None], ...] = (
    _after_abbreviation,
    _after_initial,
    _after_number,
)
"""Asked in this order of a word with one full stop; the first answer that is not None counts."""
OTHER: tuple[Callable[[WordEnd], bool | None], ...] = (_after_question_or_exclamation, _after_ellipsis)
"""Asked of every word after that."""


def sentence_ends(
    before: str, last: str, following: str, *, enclosed: bool, telegraphic: bool, model: bool
) -> bool:
    """Whether a sentence ends after the word `last`, `before` which and after which (`following`) stand words.

    `enclosed`: inside a parenthesis that a sentence has opened. `telegraphic`: the note begins its
    sentences with small letters. `model`: the pipeline says that a sentence begins with `following`.
    """
    if not FINAL.search(last) or ASIDE.fullmatch(last) or enclosed:
        return False
    end = WordEnd(before, last, following)
    for rule in (*FULL_STOP, *OTHER) if end.full_stop else OTHER:
        answer = rule(end)
        if answer is not None:
            return answer
    return (
        end.capital
        or end.first.isdigit()
        or not end.first.isalnum()
        or model
        or (telegraphic and len(end.word) > 2)
    )
