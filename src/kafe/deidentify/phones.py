"""Telephone numbers as Norwegians write them, without years, amounts, dates and emergency numbers."""

import re
from collections.abc import Iterator

from kafe.deidentify import numbers
from kafe.deidentify.spans import Span

CUE = re.compile(
    r"(?:tlf|tel|telefon(?:en|nummer(?:et)?|nr)?|mobil(?:en|nummer(?:et)?|nr)?|mob|sms|ring(?:e|er|te)?|vipps|nummer(?:et)?|whatsapp|fax|faks)"
    r"(?:\s(?:meg|min|mi|på|til|er|ham|henne|ho|nr))*\W{0,3}$",
    re.IGNORECASE,
)
NORWEGIAN = re.compile(
    r"(?<![\w§.,/-])(?P<country>(?:\+|00)\s?47[ .-]?|\(\+?47\)\s?)?"
    r"(?P<number>\d{8}|\d{3}[ .-]\d{2}[ .-]\d{3}|\d{2}[ .-]\d{2}[ .-]\d{2}[ .-]\d{2}|\d{4}[ .-]\d{4}"
    r"|\d{2} \d{3} \d{3}|\d{3} \d{3} \d{2}|\d{2} \d{2} \d{4}|\d{2} \d{6}|\d{3} \d{5}|\d{5} \d{3})(?![\w])(?![.,:/-]\d)"
)
FOREIGN = re.compile(r"(?<![\w+])(?:\+|00)\s?[1-9](?:[ .()/-]{0,2}\d){6,13}(?!\d)")
MONEY_BEFORE = re.compile(r"(?:\bkr\.?|\bnok|\bkroner|€|\$|\beuro)\s?$", re.IGNORECASE)
MONEY_AFTER = re.compile(
    r"\s?(?:,-|kr\b|kroner|nok\b|mill|mrd|,\d|%|€|innbygger|person|pasient)", re.IGNORECASE
)
DATE = re.compile(r"\d{1,2}[. -]\d{1,2}[. -](?:19|20)\d{2}|(?:19|20)\d{2}[. -]\d{1,2}[. -]\d{1,2}")
OTHER_NUMBER = re.compile(
    r"(?:org\.?\s?(?:nr|nummer)|organisasjonsnummer|saksnr|saksnummer|sak|ref|isbn|issn|doi|orgnr|versjon|ISO)\W{0,3}$",
    re.IGNORECASE,
)


def _is_phone(view: str, match: re.Match[str]) -> bool:
    groups = re.findall(r"\d+", match["number"])
    digits = "".join(groups)
    before = view[max(0, match.start() - 30) : match.start()]
    after = view[match.end() : match.end() + 12]
    if OTHER_NUMBER.search(before) or MONEY_BEFORE.search(before) or MONEY_AFTER.match(after):
        return False
    if digits.startswith(("800", "810", "815", "820")):
        return False
    if match["country"] or CUE.search(before):
        return True
    if digits[0] in "01":
        return False
    return not (numbers.is_amount(groups) or numbers.are_years(groups) or DATE.fullmatch(match["number"]))


def _is_possible_abroad(text: str) -> bool:
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + re.sub(r"^\s*(?:00|\+)", "", text), "NO")
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_possible_number(number))


def phones(view: str) -> Iterator[Span]:
    """Yield telephone numbers: Norwegian forms with or without +47, and international ones.

    Eight digits need no word before them; money, years, dates, sums in thousands, public service
    numbers (80x, 81x, 82x) and everything shorter (110, 116 117, 02800) are left.
    """
    for match in NORWEGIAN.finditer(view):
        if _is_phone(view, match):
            sure = match["country"] or CUE.search(view[max(0, match.start() - 30) : match.start()])
            yield Span(*match.span(), "telefon", "pattern", 0.98 if sure else 0.9)
    for match in FOREIGN.finditer(view):
        if _is_possible_abroad(match[0]):
            yield Span(*match.span(), "telefon", "pattern", 0.9)
