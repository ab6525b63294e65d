"""Dates as people write them in the pilot's tables."""

import re
from datetime import date

_DATE = re.compile(r"(?:(\d{4})-(\d\d?)-(\d\d?)|(\d\d?)[./](\d\d?)[./](\d{4}|\d\d))(?:[ T].*)?$")


def iso_date(written: str) -> str:
    """Return a date as ISO 8601, or an empty string; a time of day after it is passed over."""
    found = _DATE.match(written)
    if not found:
        return ""
    year, month, day = found[1] or found[6], found[2] or found[5], found[3] or found[4]
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day)).isoformat()
    except ValueError:
        return ""
