"""What the values of a column are: times, addresses, numbers, fixed alternatives, or what people wrote."""

import re
from collections import Counter
from collections.abc import Callable

from kafe.ingest.meaning import headers
from kafe.ingest.meaning.known_values import is_group, is_municipality

_STAMP = re.compile(
    r"(?:\w{2,10}\.?,?\s+)?(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{2,4}|\d{1,2}\.?\s+[a-zæøå]{3,9}\.?\s+\d{4})"
    r"(?:[T\s,]*(?:kl\.?\s*)?\d{1,2}[.:]\d{2}(?:[.:]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|[A-Z]{2,4})?\s*(?:[+-]\d{1,2}:?\d{0,2})?)?"
    r"|\d{1,2}[.:]\d{2}(?:[.:]\d{2})?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+|anonym\w*", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\d{1,3}(?:\.\d{1,3}){3}", re.IGNORECASE)
_NUMBER = re.compile(
    r"[+-]?\d[\d\s]*(?:[.,]\d+)?\s*(?:%|/\s*\d+|poeng|stjerner?|stars?|sek\w*|s|ms|min\w*|år)?", re.IGNORECASE
)
_MARK = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z_-])[\w#:.=/+-]{4,}|[0-9a-f]{8}-[0-9a-f-]{20,}", re.IGNORECASE)
_SCALE = re.compile(
    r"(?:svært|meget|ganske|nokså|litt|helt|delvis|verken|hverken|både og|nøytral|i (?:svært |ganske |noe )?(?:stor|liten|mindre|noen|nokon)"
    r"|i det hele tatt|aldri|sjelden|sjeldan|av og til|noen ganger|ofte|alltid|daglig|ukentlig|månedlig|årlig|veldig|passe"
    r"|(?:u|mis)?(?:enig|einig|fornøyd|viktig|trygg|sannsynlig)|dårlig|bra|godt|god|middels|høy|lav|very|strongly|somewhat|neither"
    r"|agree|disagree|never|rarely|sometimes|always|vet ikke|veit ikkje|ikke (?:aktuelt|relevant|svart|i det hele)|ingen mening"
    r"|\d\s*[-–=.:(]\s*[a-zæøå ]+\)?)\b.*",
    re.IGNORECASE,
)
_FIXED = re.compile(
    r"ja|nei|yes|no|true|false|sant|usant|x|✓|ja takk|nei takk|kvinne|mann|female|male|annet|vil ikke svare|ønsker ikke å svare|valgt|ikke valgt"
    r"|checked|unchecked|fullført|ferdig|påbegynt|levert|completed?|partial|gjennomført|distribuert|norsk|bokmål|nynorsk|english|engelsk"
    r"|(?:under|over|ca\.?|til)?\s*\d{1,3}\s*(?:[-–+]|til|år|eller)*\s*\d{0,3}\s*(?:år)?(?:\s*eller (?:eldre|yngre|mer))?\+?",
    re.IGNORECASE,
)
_TABLE = re.compile(r"(?:kaf[eé])?(?:bord|table)\s*(?:nr\.?|nummer)?\s*[#:]?\s*\w{1,3}", re.IGNORECASE)
_ROUND = re.compile(r"(?:runde|round)\s*(?:nr\.?)?\s*\d{1,2}|\d\.\s*runde", re.IGNORECASE)
_LONGEST_CHOICE = 10
_ENOUGH = 3
_OPEN = re.compile(
    r"\b(?:hva|kva|hvordan|korleis|hvorfor|kvifor|beskriv|fortell|fortel|skriv|forslag|kommentar\w*|utdyp|begrunn|what|how|why|describe)\b",
    re.IGNORECASE,
)
STAMP, ID, PERSONAL, CLOSED, NUMBER = "stamp", "meta", "personal", "closed", "number"


def kind_of(values: list[str], header: str = "", groups: Callable[[str], bool] = is_group) -> str:
    """Return what a column's values are: a field of `headers`, STAMP, ID, PERSONAL, NUMBER, CLOSED, or nothing for text.

    `header` only says how sure the values must be: an answer to a question that asks `hva` or `hvordan` is often
    one of few words and yet written by hand. `groups` says whether a value names who somebody is.
    """
    values = [" ".join(value.split()).strip(";, ") for value in values]
    values = [value for value in values if value]
    if not values:
        return ""

    def most(test: Callable[[str], object], share: float = 0.9) -> bool:
        return sum(bool(test(value)) for value in values) >= share * len(values)

    for kind, pattern in (
        (NUMBER, _NUMBER), (STAMP, _STAMP), (PERSONAL, _MAIL), (ID, _ADDRESS), (headers.TABLE, _TABLE),
        (headers.ROUND, _ROUND),
    ):  # fmt: skip
        if most(pattern.fullmatch):
            return kind
    if len(values) < _ENOUGH:
        return ""
    if most(is_municipality, 0.8):
        return headers.MUNICIPALITY
    if most(_FIXED.fullmatch) or most(_short_scale):
        return CLOSED
    if most(_MARK.fullmatch) and len({*values}) == len(values):
        return ID
    fixed = _is_choice(values, header)
    if most(groups, 0.8) and (fixed or len({*values}) <= 0.8 * len(values) or _is_list_of_groups(values)):
        return headers.GROUP
    return CLOSED if fixed else ""


def _short_scale(value: str) -> bool:
    return len(value.split()) <= 5 and not re.search(r"[.!?,]", value) and bool(_SCALE.fullmatch(value))


def _is_list_of_groups(values: list[str]) -> bool:
    return all(len(value.split()) <= 2 for value in values)


def _is_choice(values: list[str], header: str) -> bool:
    """Return whether the values are a few alternatives chosen again and again, one or several at a time."""
    parts = [part.strip() for value in values for part in value.split(";") if part.strip()]
    several = len(parts) > len(values)
    counts = Counter(parts)
    longest = max(len(part.split()) for part in counts)
    if len(values) < 3 or longest > _LONGEST_CHOICE:
        return False
    if len(counts) == 1:
        return True
    once = sum(count == 1 for count in counts.values())
    if several:
        return len(counts) <= 0.7 * len(parts) and once <= 0.34 * len(counts)
    if _OPEN.search(header):
        return len(values) >= 6 and len(counts) <= 0.34 * len(values) and once == 0
    return len(values) >= 4 and len(counts) <= 0.7 * len(values) and once <= 0.5 * len(counts)


def is_few(values: list[str]) -> bool:
    """Return whether the values are short and few enough to be a group's or municipality's: no one's own words."""
    filled = [value for value in values if value.strip()]
    return (
        bool(filled)
        and all(len(value.split()) <= _LONGEST_CHOICE for value in filled)
        and (
            len({*filled}) <= 0.8 * len(filled)
            or len(filled) <= 4
            or all(len(value.split()) <= 3 for value in filled)
        )
    )
