"""List markers: what stands before an item of a list and is no part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

MARKER = re.compile(
    r"""[ \t]*(?:
        [•‣◦·∙▪▫■□●○◆◇❖►▶▸➢➤➔✓✔✗✘☐☑☒✅❌❗👉📌🔴🟡🟢🔵➡⭐]\ufe0f?   # bullets, boxes, ticks, emoji
      | [-–—](?![-–—]|\d)                                 # dashes, not before a number
      | \*(?=\s|[^\W_][^*\n]*$) | \+(?=\s)
      | (?:→|[-=]>|⇒)
      | \[[ xX]?\](?=\s) | \#{1,6}(?=\s) | >(?=\s)
      | \d{1,2}\)(?=\s) | \((?:\d{1,2}|[a-z]|[ivx]{2,4})\)(?=\s) | (?:[a-zA-Z]|[ivx]{2,4})\)(?=\s)
      | o(?=\t|\ {2,})
    )[ \t]*""",
    re.VERBOSE | re.MULTILINE,
)
COUNTED = re.compile(r"[ \t]*(?P<label>\d{1,2}|[a-hj-z]|[ivx]{1,4})\.[ \t]+(?=\S)")
RULE = re.compile(r"[-–—=_*~]{3,}|[-–—*]{2}")
BETWEEN = re.compile(r"(?<=\s)[•‣▪●○☐☑✓✔](?=\s)|(?<=\s)\|(?=\s)|(?<=\s)//(?=\s)|\t+")
ORDINAL = re.compile(
    r"(?:og|eller|[-–/]|jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|des|linj|etasj|gang|plass|klasse|trinn|del\b|"
    r"rund|kvartal|halvår|dag|uk|veke|ledd|avdeling|juledag|bord|nivå|generasjon|verdenskrig|fase|prioritet|"
    r"samling|møte|år|time|person|divisjon|utgave|kapittel|\d)",
    re.IGNORECASE,
)
"""What follows an ordinal number: «2. etasje», «1. og 2. linje», «12. mai»."""
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def content_start(line: str, neighbours: Sequence[str]) -> int:
    """Return where the content of a line begins, after its markers; its length where nothing follows them.

    `neighbours` are the lines before and after it: a number or a letter with a full stop counts as a
    marker where a neighbour goes on counting, and a number else unless it reads as an ordinal.
    """
    position = len(line) - len(line.lstrip())
    if RULE.fullmatch(line.strip()):
        return len(line)
    for _ in range(3):
        found = MARKER.match(line, position) or _counted(line, position, neighbours)
        if found is None:
            break
        position = found.end()
    return position


def _counted(line: str, position: int, neighbours: Sequence[str]) -> re.Match[str] | None:
    found = COUNTED.match(line, position)
    if found is None:
        return None
    if any(_follow(found["label"], other) for other in neighbours):
        return found
    ordinal = ORDINAL.match(line, found.end()) is not None
    return found if found["label"].isdigit() and not ordinal else None


def _follow(label: str, line: str) -> bool:
    """Whether the line carries the label one before or after this one."""
    marker = MARKER.match(line)
    found = COUNTED.match(line, marker.end() if marker else 0)
    return found is not None and any(
        abs(first - second) == 1
        for first, second in zip(_numbers(label), _numbers(found["label"]), strict=True)
        if first and second
    )


def _numbers(label: str) -> tuple[int, int]:
    """Return a label's place as number or letter, and as roman numeral; 0 where it is none."""
    if label.isdigit():
        return int(label), 0
    return (ord(label) if len(label) == 1 else 0), ROMAN.get(label, 0)


def inline_items(line: str, *, dashed: bool) -> list[tuple[int, int]]:
    """Return the spans of markers within one line: bullets, bars, tabs, and counted items in their order.

    Dashes divide only a line whose marker was one (`dashed`) and that has two more; arrows never do: they show a course.
    """
    spans = [found.span() for found in BETWEEN.finditer(line)]
    for pattern in (r"(?<!\S)(\d{1,2})\)\s", r"(?<!\S)\((\d{1,2})\)\s", r"(?<!\S)([a-h])\)\s"):
        spans += _counted_within(list(re.finditer(pattern, line)))
    numbered = list(re.finditer(r"(?:(?<=^)|(?<=[:.;,]\s)|(?<=\w\s))(\d{1,2})\.\s+(?=[^\W\d_])", line))
    usable = [found for found in numbered if not ORDINAL.match(line, found.end())]
    capital = all(line[found.end()].isupper() for found in usable)
    if capital or (usable and line[: usable[0].start()].rstrip()[-1:] in ("", ":")):
        spans += _counted_within(usable)
    if dashed:
        dashes = [found.span(1) for found in re.finditer(r"\s([-–—])\s", line)]
        spans += dashes if len(dashes) >= 2 else []
    return sorted(spans)


def _counted_within(found: list[re.Match[str]]) -> list[tuple[int, int]]:
    """Return the spans where the labels count from the first one without a gap and there are two or more."""
    places = [_numbers(one[1])[0] for one in found]
    first = {1, ord("a")}
    counts = (
        len(places) >= 2 and places[0] in first and places == list(range(places[0], places[0] + len(places)))
    )
    return [one.span() for one in found] if counts else []
