"""Lines of running text: headings, bullets with their depth, dot votes; from plain text and Markdown."""

import re
from dataclasses import dataclass
from typing import Literal

from kafe.ingest.layout.grid import Grid
from kafe.ingest.records import place

LineKind = Literal["heading", "bullet", "plain", "blank", "grid", "guide"]

_BULLET = re.compile(
    r"^(?P<indent>\s*)(?:>\s*)*(?P<mark>[-*+•‣–—‐·▪◦●○■□◼☐☑☒✓✔➢➤]|o(?=\s)|\d{1,2}[.)]|[a-zæøå][.)])"
    r"(?P<space>\s*)(?:\[[ xX]?\]\s*)?(?P<text>\S.*)$"
)
_ORDINAL = re.compile(
    r"linje|gang|etasje|klasse|trinn|plass|jan|feb|mars|april|mai\b|juni|juli|aug|sept|okt|nov|des",
    re.IGNORECASE,
)
_PRIVATE_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0e0\uf02d\uf06f\uf0b0", "•"))
_RULE = re.compile(r"\s*([-=_*~])(?:\s*\1){2,}\s*")
_WORD = r"(?:prikk(?:er|ar)?|røyst(?:er)?|stemmer?|poeng|votes?|dots?|klistremerker?|merker?)"
_VOTES = (
    re.compile(rf"\s*[(\[]\s*[+x×]?\s*(\d{{1,4}})\s*(?:[x×]\s*)?{_WORD}\s*[)\]]\s*[.;,]?\s*$", re.IGNORECASE),
    re.compile(rf"\s*[-–—:,;]\s*(\d{{1,4}})\s+{_WORD}\s*[.;,]?\s*$", re.IGNORECASE),
    re.compile(r"\s+[(\[]?(?:[x×]\s?(\d{1,4})|(\d{1,4})\s?×)[)\]]?\s*$", re.IGNORECASE),
)
_TALLY = re.compile(
    r"(?:(?<=\s)|(?<=[\w.!?)])(?=[+●•⚫⬤🔴🟢🔵]{2}))[(\[]?((?:[+●•⚫⬤🔴🟢🔵✓✔]\ufe0f?\s?)+)[)\]]?\s*$"
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line or paragraph of a source; `level` is a heading's level or a bullet's indentation.

    `certain` tells a heading marked as such (Markdown, a heading style) from one guessed from bold.
    """

    text: str
    place: str
    kind: LineKind = "plain"
    level: int = 0
    certain: bool = True
    grid: Grid | None = None


def bullet(text: str) -> tuple[str, int, str] | None:
    """Return mark, indentation in columns and text of a list item, or None when it is not one.

    `1. linje` and `6. mai` are ordinals, not items; a dash needs no space after it, a star does.
    """
    match = _BULLET.match(text.translate(_PRIVATE_BULLETS).expandtabs(4))
    if not match:
        return None
    mark, space, rest = match["mark"], match["space"], match["text"]
    if not space and (mark not in "-–•●▪☐" or not rest[0].isalpha()):
        return None
    if mark[0].isdigit() and _ORDINAL.match(rest):
        return None
    return mark, len(match["indent"]), rest.strip()


def take_votes(text: str) -> tuple[str, int]:
    """Return the text without the dot votes at its end, and their number (0 when there are none).

    Reads `(3 prikker)`, `(2 røyster)`, `– 3 stemmer`, `x3`, `+++` and `●●●`; a lone plus after a
    number (`65 +`) is an age, not a vote. A text that is nothing but votes is left as it is.
    """
    for pattern in _VOTES:
        if (match := pattern.search(text)) and text[: match.start()].strip():
            return text[: match.start()].rstrip(), int(next(group for group in match.groups() if group))
    if (match := _TALLY.search(text)) and (before := text[: match.start()].rstrip()):
        marks = re.sub(r"[\s\ufe0f]", "", match[1])
        if not (marks == "+" and before[-1].isdigit()):
            return before, len(marks)
    return text, 0


def text_lines(text: str, *, markdown: bool) -> list[TextLine]:
    """Return the lines of a text file with what kind each is; rules between parts count as blank."""
    source = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").split("\n")
    lines: list[TextLine] = []
    for number, raw in enumerate(source, 1):
        where = place("line", line=number)
        clean = re.sub(r"\*\*(.+?)\*\*|__(.+?)__", lambda found: found[1] or found[2], raw)
        if not raw.strip():
            lines.append(TextLine("", where, "blank"))
        elif _RULE.fullmatch(raw):
            if lines and lines[-1].kind == "plain" and raw.strip()[0] in ("=-" if markdown else "="):
                lines[-1] = TextLine(lines[-1].text.strip(), lines[-1].place, "heading", 1)
            lines.append(TextLine("", where, "blank"))
        elif match := re.match(r"\s{0,3}(#{1,6})\s*(?=[^\s#\d])(.*?)\s*#*\s*$", clean):
            lines.append(TextLine(match[2], where, "heading", len(match[1])))
        elif re.fullmatch(r"\s*(\*\*|__)[^*_]+\1:?\s*|\s*([*_])[^*_\s][^*_]*[?:]\2\s*", raw):
            lines.append(TextLine(clean.strip(), where, "heading", 7, certain=False))
        elif raw.lstrip().startswith("|") and raw.rstrip().endswith("|"):
            _add_table_row(lines, raw, number, where)
        elif item := bullet(clean):
            lines.append(TextLine(item[2], where, "bullet", item[1]))
        else:
            indent = len(clean.expandtabs(4)) - len(clean.expandtabs(4).lstrip())
            lines.append(TextLine(clean.strip(), where, "plain", indent))
    return lines


def _add_table_row(lines: list[TextLine], raw: str, number: int, where: str) -> None:
    cells = [cell.strip() for cell in raw.strip().strip("|").split("|")]
    last = lines[-1].grid if lines else None
    if last is None:
        last = Grid(rows=[])
        lines.append(TextLine("", where, "grid", grid=last))
    if not all(re.fullmatch(r":?-{2,}:?", cell) for cell in cells):
        last.rows.append((number, cells))
