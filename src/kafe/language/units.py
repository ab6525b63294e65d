"""Units: the sentences and list items of a note, which are coded, counted and compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kafe.records import Unit

if TYPE_CHECKING:
    from spacy.tokens import Doc

BULLET = re.compile(r"[ \t]*(?:[-–—•*·▪●○☐✓→]|\d{1,2}[.)](?=\s)|[a-zA-Z]\)(?=\s))?[ \t]*")
FINAL = re.compile(r"[.!?…]+[\"»”')\]]*$")
ABBREVIATIONS = frozenset(
    [
        "adm",
        "adr",
        "afd",
        "alm",
        "ang",
        "anm",
        "anv",
        "art",
        "avd",
        "avg",
        "avs",
        "bl.a",
        "bla",
        "bto",
        "ca",
        "cand",
        "d.e",
        "d.m",
        "d.s",
        "d.v.s",
        "dl",
        "do",
        "dok",
        "dr",
        "drs",
        "ds",
        "dvs",
        "e.kr",
        "e.l",
        "e.lign",
        "eks",
        "ekskl",
        "el",
        "ell",
        "etc",
        "evt",
        "f.eks",
        "f.k",
        "f.kr",
        "f.o.m",
        "feb",
        "ff",
        "fhv",
        "fig",
        "fl",
        "fmr",
        "forf",
        "forh",
        "fork",
        "forts",
        "fr",
        "frk",
        "fv",
        "g",
        "gj",
        "gl",
        "gnr",
        "gr",
        "gt",
        "h.r.adv",
        "hdl",
        "henv",
        "hhv",
        "i.h.t",
        "iflg",
        "inkl",
        "inst",
        "istf",
        "jan",
        "jf",
        "jfr",
        "jnr",
        "jr",
        "kap",
        "kgl",
        "kl",
        "komm",
        "kr",
        "kst",
        "lat",
        "lign",
        "lnr",
        "m.a.o",
        "m.fl",
        "m.h.t",
        "m.m",
        "m.v",
        "maks",
        "medl",
        "mfl",
        "mht",
        "mill",
        "min",
        "mnd",
        "moh",
        "mrd",
        "muh",
        "mv",
        "mva",
        "n.å",
        "ndf",
        "nn",
        "nov",
        "nr",
        "nto",
        "nyno",
        "o.a",
        "o.l",
        "o.m.a",
        "o.s.b",
        "off",
        "okt",
        "ol",
        "oml",
        "opp",
        "org",
        "osb",
        "osv",
        "ovf",
        "p",
        "p.g.a",
        "p.t",
        "pers",
        "pga",
        "pkt",
        "pl",
        "pr",
        "prof",
        "pst",
        "pt",
        "red",
        "ref",
        "res",
        "resp",
        "rsk",
        "s",
        "s.k",
        "s.u",
        "sa",
        "sd",
        "sek",
        "sen",
        "sept",
        "siv",
        "sml",
        "spes",
        "spm",
        "sr",
        "st",
        "std",
        "stk",
        "str",
        "stud",
        "t.d",
        "t.eks",
        "t.h",
        "t.o.m",
        "t.v",
        "tab",
        "tdl",
        "teol",
        "tf",
        "tilh",
        "tlf",
        "ts",
        "u",
        "uavb",
        "utg",
        "v",
        "v.h",
        "v.v",
        "vedk",
        "vedr",
        "vg",
        "vgs",
        "vha",
        "vol",
        "vs",
        "vsa",
        "årg",
        "årh",
        "åv",
    ]
)


def units(note_id: str, doc: Doc) -> list[Unit]:
    """Return the units of an annotated note in order; together they cover every non-space character.

    Line breaks and bullets always divide. Within a line a boundary needs final punctuation (or two
    semicolons or more, which make a list): table notes lack punctuation, and a model's guesses
    between fragments are not to be trusted. Known abbreviations and ordinals never divide unless the
    pipeline says that a sentence starts there. A note without letters or digits is one unit.
    """
    text = doc.text
    starts = {token.idx for token in doc if token.is_sent_start}
    return [
        Unit(note_id, start, end, text[start:end])
        for line_start, line_end in _lines(text)
        for start, end in _divide(text, line_start, line_end, starts)
    ]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of lines without bullet and outer spaces; empty lines are left out."""
    position = 0
    for line in text.split("\n"):
        end = position + len(line.rstrip())
        bullet = BULLET.match(text, position, max(end, position))
        start = bullet.end() if bullet else position
        if start < end:
            yield start, end
        elif position + len(line) - len(line.lstrip()) < end:
            yield position + len(line) - len(line.lstrip()), end
        position += len(line) + 1


def _divide(text: str, start: int, end: int, model_starts: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences or semicolon items within one line."""
    listing = text.count(";", start, end) >= 2
    begin = word = start
    for match in re.finditer(r"\s+", text[start:end]):
        left, right = start + match.start(), start + match.end()
        last = text[word:left]
        if (listing and last.endswith(";")) or _sentence_ends(last, text[right], right in model_starts):
            yield begin, left
            begin = right
        word = right
    yield begin, end


def _sentence_ends(last_word: str, following: str, model_agrees: bool) -> bool:
    if not FINAL.search(last_word):
        return False
    last = last_word.strip("(«\"'[").lower()
    word = last.rstrip("\"»”')]").rstrip(".")
    if last.endswith(".") and (word in ABBREVIATIONS or word.isdigit() or re.fullmatch(r"[a-zæøå]", word)):
        return model_agrees and following.isupper() and not word.isdigit()
    if "?" in last or "!" in last:
        return not following.islower() or model_agrees
    return following.isupper() or following.isdigit() or following in "«\"'([-–" or model_agrees
