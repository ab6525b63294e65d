"""Telephone numbers as Norwegians write them, without years, amounts, dates and emergency numbers."""

import re
from itertools import pairwise

from kafe.deidentify.rules.form import Occurrence

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
_MONEY_BEFORE = re.compile(r"(?:\bkr\.?|\bnok|\bkroner|€|\$|\beuro)\s?$", re.IGNORECASE)
_MONEY_AFTER = re.compile(
    r"\s?(?:,-|kr\b|kroner|nok\b|mill|mrd|,\d|%|€|innbygger|person|pasient)", re.IGNORECASE
)
_DATE = re.compile(r"\d{1,2}[. -]\d{1,2}[. -](?:19|20)\d{2}|(?:19|20)\d{2}[. -]\d{1,2}[. -]\d{1,2}")
_OTHER_NUMBER = re.compile(
    r"(?:org\.?\s?(?:nr|nummer)|organisasjonsnummer|saksnr|saksnummer|sak|ref|isbn|issn|doi|orgnr|versjon|ISO)\W{0,3}$",
    re.IGNORECASE,
)
_SERVICES = ("800", "810", "815", "820")


def phone_confidence(found: Occurrence) -> float:
    """Eight digits need no word before them; a country code or a word as *tlf* makes it certain."""
    return 0.98 if _is_announced(found) else 0.9


def is_no_phone(found: Occurrence) -> bool:
    """Money, years, dates, sums in thousands, case numbers and public services (80x, 81x, 82x) are no phone."""
    if _OTHER_NUMBER.search(found.before) or _MONEY_BEFORE.search(found.before):
        return True
    number = found.match["number"]
    groups = re.findall(r"\d+", number)
    if _MONEY_AFTER.match(found.after) or "".join(groups).startswith(_SERVICES):
        return True
    if _is_announced(found):
        return False
    return number[0] in "01" or is_amount(groups) or are_years(groups) or _DATE.fullmatch(number) is not None


def is_impossible_abroad(found: Occurrence) -> bool:
    """A foreign number has a country code that exists and a length that it may have (phonenumbers)."""
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + re.sub(r"^\s*(?:00|\+)", "", found.text), "NO")
    except phonenumbers.NumberParseException:
        return True
    return not phonenumbers.is_possible_number(number)


def _is_announced(found: Occurrence) -> bool:
    return bool(found.match["country"] or CUE.search(found.before))


def is_amount(groups: list[str]) -> bool:
    """Return whether groups of digits are a number written with thousands apart, as 25 000 000."""
    return len(groups) > 1 and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])


def are_years(groups: list[str]) -> bool:
    """Return whether every group is a year from 1900 to 2099, or the groups are a compact date."""
    if len(groups) == 1 and len(groups[0]) == 8:
        year, month, day = int(groups[0][:4]), int(groups[0][4:6]), int(groups[0][6:])
        return 1900 <= year <= 2099 and 1 <= month <= 12 and 1 <= day <= 31
    return all(len(group) == 4 and 1900 <= int(group) <= 2099 for group in groups) and all(
        int(earlier) <= int(later) for earlier, later in pairwise(groups)
    )
