"""Where a sentence ends within a line."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

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


@cache
def abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Return abbreviations after which no sentence ends, and those after which one may."""
    lines = (resources.files("kafe.language") / "resources/abbreviations.txt").read_text(encoding="utf-8")
    words = (
        " ".join(line for line in lines.splitlines() if not line.startswith("#")).replace("+ ", "+").split()
    )
    return (
        frozenset(word for word in words if not word.startswith("+")),
        frozenset(word[1:] for word in words if word.startswith("+")),
    )


def sentence_ends(
    before: str, last: str, following: str, *, enclosed: bool, telegraphic: bool, model: bool
) -> bool:
    """Whether a sentence ends after the word `last`, `before` which and after which (`following`) stand words.

    `enclosed`: inside a parenthesis that a sentence has opened. `telegraphic`: the note begins its
    sentences with small letters. `model`: the pipeline says that a sentence begins with `following`.
    """
    if not FINAL.search(last) or ASIDE.fullmatch(last) or enclosed:
        return False
    first = following.lstrip("«\"'“”([-–—*")[:1]
    capital = first.isupper() or (first == "" and following[:1] in "«\"'“([-–—")
    core = last.lstrip("(«\"'“[").rstrip(CLOSING)
    word = re.split("[–/]", core.rstrip(".").lower())[-1]
    if core.endswith(".") and not core.endswith(".."):
        never, perhaps = abbreviations()
        spaced = f"{before.strip('(').lower()}{word}"
        if word in perhaps or spaced in perhaps:
            return capital and not first.isdigit()
        if word in never or (before.endswith(".") and spaced in never):
            return False
        if re.fullmatch(r"[^\W\d_]", word):
            return capital and LETTERED.search(before) is not None
        if NUMBER.fullmatch(core):
            return capital and MONTH.match(following) is None and ORDERED.match(following) is None
    if re.search(r"[!?]", core[-3:]):
        return capital or first.isdigit() or not (SAYING.match(following) or last[-1:] in CLOSING)
    if core.endswith(("…", "..")):
        return capital
    return capital or first.isdigit() or not first.isalnum() or model or (telegraphic and len(word) > 2)
