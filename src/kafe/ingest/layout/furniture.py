"""What stands on a page without being its text: page numbers, running headers, contents, addresses."""

import re
from collections import Counter
from collections.abc import Mapping

PAGE_NUMBER = re.compile(
    r"(?:[-–—|]\s*)?(?:(?:side|page|s\.)\s*)?\d{1,4}(?:\s*(?:av|of|/)\s*\d{1,4})?(?:\s*[-–—|])?",
    re.IGNORECASE,
)
_SPACED_HEADER = re.compile(
    r"\d{1,4}(?:\s{2,}|\s*\|\s*)[^\W\d][^.:;?!]{0,60}|[^\W\d][^.:;?!]{0,60}(?:\s{2,}|\s*\|\s*)\d{1,4}"
)
_LEADERS = re.compile(r"(?:\.{4,}|(?:\s\.){3,}|…{2,}|_{4,})\s*\d{1,4}$")
_ENTRY = re.compile(r".{3,90}?\s+\d{1,3}$")
_CONTENTS = re.compile(r"innhold(?:sfortegnelse|sliste)?|(?:table of )?contents", re.IGNORECASE)
ADDRESS = re.compile(r"(?:\d{1,2}\s+)?<?(?:https?://|www\.)\S+>?[.,;]?(?:\s+(?:eller|og))?", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(\d{1,2})\s+[^\W\d_].*:")
_FOOTNOTE_NUMBER = re.compile(r"(\d{1,2})(?:\s|$)")
_EDGE = 3


def running_lines(pages: list[list[str]]) -> set[str]:
    """Return the lines (digits as #) that stand at the top or foot of at least half of three or more pages."""
    if len(pages) < 3:
        return set()
    seen: Counter[str] = Counter()
    for page in pages:
        filled = [line for line in page if line.strip()]
        seen.update({masked(line) for line in (*filled[:_EDGE], *filled[-_EDGE:])})
    return {line for line, count in seen.items() if count >= max(3, len(pages) / 2) and len(line) > 1}


def masked(line: str) -> str:
    """Return the line with its numbers as # and single spaces, to compare page with page."""
    return " ".join(re.sub(r"\d+", "#", line).split())


def classify(lines: list[str], running: set[str]) -> dict[int, str]:
    """Return, by index, the reason (a key of `ingest.skipped`) why a line is not text."""
    found: dict[int, str] = {}
    contents = False
    address = -2
    for index, line in enumerate(lines):
        text = line.strip()
        if not text:
            continue
        if masked(line) in running:
            found[index] = "running_header"
        elif PAGE_NUMBER.fullmatch(text):
            found[index] = "page_number"
        elif _SPACED_HEADER.fullmatch(text) and len(text.split()) <= 8:
            found[index] = "running_header"
        elif _CONTENTS.fullmatch(text):
            found[index], contents = "contents", True
        elif _LEADERS.search(text) or (contents and _ENTRY.fullmatch(text)):
            found[index] = "contents"
        elif _FOOTNOTE.fullmatch(text) and ADDRESS.fullmatch(_next(lines, index)):
            found[index] = "address"
        elif ADDRESS.fullmatch(text) or (address == index - 1 and _goes_on(lines[address].strip(), text)):
            found[index], address = "address", index
        else:
            contents = False
    return found


def _goes_on(address: str, text: str) -> bool:
    """Return whether a line continues the long address on the line before it."""
    return len(address) > 40 and " " not in re.sub(r"\s+(?:eller|og)$", "", text)


def _next(lines: list[str], index: int) -> str:
    return lines[index + 1].strip() if index + 1 < len(lines) else ""


def footnotes(lines: list[str], dropped: Mapping[int, str]) -> set[str]:
    """Return the numbers of the footnotes that give an address, alone or with a line of text before it."""
    numbers = set()
    for index, reason in dropped.items():
        number = _FOOTNOTE_NUMBER.match(lines[index].strip())
        if number and (reason == "address" or ADDRESS.fullmatch(_next(lines, index))):
            numbers.add(number[1])
    return numbers


def without_marks(line: str, numbers: set[str]) -> str:
    """Return the line without the marks of these footnotes, which stand right after a word: `tiltak2.`"""
    if not numbers:
        return line
    return re.sub(
        r"(?<=[a-zæøå]{3}[a-zæøå\"”»)])(\d{1,2})(?=[.,;:)]|\s|$)",
        lambda found: "" if found[1] in numbers else found[1],
        line,
    )
