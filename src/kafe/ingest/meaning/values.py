"""Cell and heading values: dates, votes, labels, groups and municipalities, as people write them."""

import re
from datetime import date, timedelta

_MONTHS = (
    ("jan",),
    ("feb",),
    ("mar",),
    ("apr",),
    ("mai", "may"),
    ("jun",),
    ("jul",),
    ("aug",),
    ("sep",),
    ("okt", "oct"),
    ("nov",),
    ("des", "dec"),
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:[ ,T]+.*)?")
_WORDS = re.compile(r"(\d{1,2})\.?\s+([a-zæøå]{3,})\.?\s+(\d{4})(?:\D.*)?", re.IGNORECASE)
_SERIAL = re.compile(r"[345]\d{4}(?:[.,]\d+)?")
_EXCEL_EPOCH = date(1899, 12, 30)
_LABEL = re.compile(
    r"^(?:bord|kaf[eé]bord|table|runde|round)\s*(?:nr|nummer|no)?\s*[.:#-]?\s*(?=\S)", re.IGNORECASE
)
_MARKS = re.compile(r"[+xX*●•⚫⬤✓✔|/✗✘🔴🟢🔵\s]+")


def as_date(text: str) -> str:
    """Return the date in `text` as ISO 8601, or an empty string when it is none.

    Reads 2025-05-06, 06.05.2025, 6/5/25, "6. mai 2025" (times of day are dropped) and Excel's serial
    numbers (days since 1899-12-30). Day before month, as Norwegian exports have it.
    """
    text = text.strip()
    try:
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        if match := _DAY_FIRST.fullmatch(text):
            year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
            return date(year, int(match[2]), int(match[1])).isoformat()
        if match := _WORDS.fullmatch(text):
            name = match[2].lower()
            month = next((n for n, starts in enumerate(_MONTHS, 1) if name.startswith(starts)), 0)
            return date(int(match[3]), month, int(match[1])).isoformat()
    except ValueError:
        return ""
    if _SERIAL.fullmatch(text):
        return (_EXCEL_EPOCH + timedelta(days=int(re.split("[.,]", text)[0]))).isoformat()
    return ""


def as_votes(text: str) -> int | None:
    """Return the number of votes in a cell (`3`, `3,0`, `3 prikker`, `+++`, `●●●`), or None."""
    text = text.strip()
    if not text or text in "-–":
        return 0
    if match := re.fullmatch(r"[x×]?\s*(\d{1,6})(?:[.,]0+)?\s*(?:[a-zæøå]+|x|×)?", text, re.IGNORECASE):
        return int(match[1])
    if _MARKS.fullmatch(text):
        return len("".join(text.split()))
    return None


def as_label(text: str) -> str:
    """Return a table or round without its word and without Excel's `.0`: `Bord 3` is `3`."""
    text = " ".join(text.split())
    text = _LABEL.sub("", text).strip(" .:")
    return re.sub(r"^(\d+)[.,]0+$", r"\1", text).removeprefix("0") or text


def as_group(text: str) -> str:
    """Return a stakeholder group in lower case with single spaces."""
    return " ".join(text.split()).lower().strip(" .:")


def as_municipality(text: str) -> str:
    """Return the municipality's name without the word `kommune`, with a capital letter."""
    text = re.sub(r"\s+kommune$", "", " ".join(text.split()).strip(" .:"), flags=re.IGNORECASE)
    return text.title() if text.islower() or text.isupper() else text
