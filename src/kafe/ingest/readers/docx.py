"""DOCX: paragraphs, lists and tables in the order of the document, with what kind each is."""

import io
import re
import warnings
from collections.abc import Iterator
from typing import Any

from kafe.files import archives
from kafe.ingest.layout.grid import Grid
from kafe.ingest.layout.lines import TextLine, bullet
from kafe.ingest.records import FileReading, place

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING_STYLE = re.compile(r"(?:heading|overskrift)\s*(\d)", re.IGNORECASE)
_TITLE_STYLES = {"title", "tittel", "subtitle", "undertittel"}
GUIDE_STYLE = "Kafe veiledning"
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}instrText", f"{_MC}Fallback"}


def read_docx(data: bytes, reading: FileReading) -> list[TextLine] | None:
    """Return the document's paragraphs and tables as lines, or None when it cannot be read.

    Inserted text counts, deleted text does not; text boxes come after the paragraph that holds them.
    Headings are heading styles, or short paragraphs all in bold. Lists keep their depth.
    """
    try:
        archives.check_archive(data, "word/document.xml")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from docx import Document

            document = Document(io.BytesIO(data))
    except archives.TooLargeError:
        reading.problem("", "too_large")
        return None
    except archives.NotAnArchiveError:
        reading.problem("", "not_docx")
        return None
    except Exception:  # python-docx and lxml raise whatever they meet in a damaged part
        reading.problem("", "corrupt_docx")
        return None
    return list(_Walker(document).lines(document.element.body))


class _Walker:
    def __init__(self, document: Any):
        self._styles = {style.style_id: style for style in document.styles}
        self._paragraphs = self._tables = 0

    def lines(self, parent: Any) -> Iterator[TextLine]:
        for element in parent:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                self._tables += 1
                yield TextLine(
                    "", place("table", table=self._tables), "grid", grid=_grid(element, self._tables)
                )
            elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}moveTo"):
                yield from self.lines(element)

    def _paragraph(self, element: Any) -> Iterator[TextLine]:
        text = paragraph_text(element).strip()
        if text:
            self._paragraphs += 1
            yield self._line(element, text, place("paragraph", paragraph=self._paragraphs))
        else:
            yield TextLine("", "", "blank")
        for box in _boxes(element):
            yield from self.lines(box)

    def _line(self, element: Any, text: str, where: str) -> TextLine:
        style_id = element.find(f"{_W}pPr/{_W}pStyle")
        style = self._styles.get(style_id.get(f"{_W}val")) if style_id is not None else None
        name = (style.name or "") if style is not None else ""
        if name == GUIDE_STYLE:
            return TextLine(text, where, "guide")
        if match := _HEADING_STYLE.match(name):
            return TextLine(text, where, "heading", int(match[1]))
        if name.casefold() in _TITLE_STYLES:
            return TextLine(text, where, "heading", 0)
        depth = self._list_depth(element, style)
        if depth >= 0:
            item = bullet(text)
            return TextLine(item[2] if item else text, where, "bullet", 4 * depth)
        if item := bullet(text):
            return TextLine(item[2], where, "bullet", item[1] + _indent(element))
        if _all_bold(element) and len(text.split()) <= 12 and text[-1] not in ".!;,":
            return TextLine(text, where, "heading", 7, certain=False)
        return TextLine(text, where, "plain", _indent(element))

    def _list_depth(self, element: Any, style: Any) -> int:
        """Return the depth of a list paragraph from 0, or -1 when it is not in a list."""
        while True:
            numbering = element.find(f"{_W}pPr/{_W}numPr")
            if numbering is not None:
                number, level = numbering.find(f"{_W}numId"), numbering.find(f"{_W}ilvl")
                if number is not None and number.get(f"{_W}val") == "0":
                    return -1
                depth = int(level.get(f"{_W}val", "0")) if level is not None else 0
                return max(depth, _style_depth(style))
            if style is None:
                return -1
            if re.match(r"(?:list|liste|punkt)", style.name or "", re.IGNORECASE) and (
                "continue" not in style.name.casefold()
            ):
                return _style_depth(style)
            element, style = style.element, style.base_style


def _style_depth(style: Any) -> int:
    match = re.search(r"(\d)$", style.name or "") if style is not None else None
    return int(match[1]) - 1 if match else 0


def _indent(element: Any) -> int:
    """Return the left indentation in quarters of a centimetre (142 twentieths of a point)."""
    indent = element.find(f"{_W}pPr/{_W}ind")
    value = indent.get(f"{_W}left") or indent.get(f"{_W}start") or "0" if indent is not None else "0"
    return max(0, int(float(value)) // 142) if re.fullmatch(r"-?[\d.]+", value) else 0


def paragraph_text(element: Any) -> str:
    """Return a paragraph's text: insertions, links and fields' results, not deletions or text boxes."""
    parts: list[str] = []

    def walk(node: Any) -> None:
        for child in node:
            if child.tag in _LEFT_OUT or child.tag == f"{_W}txbxContent":
                continue
            if child.tag == f"{_W}t":
                parts.append(child.text or "")
            elif child.tag in (f"{_W}tab", f"{_W}ptab"):
                parts.append("\t")
            elif child.tag in (f"{_W}br", f"{_W}cr"):
                parts.append("\n")
            elif child.tag == f"{_W}noBreakHyphen":
                parts.append("-")
            else:
                walk(child)

    walk(element)
    return "".join(parts)


def _boxes(element: Any) -> Iterator[Any]:
    for box in element.iter(f"{_W}txbxContent"):
        if not any(parent.tag in (f"{_MC}Fallback", f"{_W}txbxContent") for parent in box.iterancestors()):
            yield box


def _all_bold(element: Any) -> bool:
    runs = [
        run for run in element.iter(f"{_W}r") if "".join(t.text or "" for t in run.iter(f"{_W}t")).strip()
    ]
    marks = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(runs) and all(
        mark is not None and mark.get(f"{_W}val") not in ("0", "false") for mark in marks
    )


def _grid(element: Any, number: int) -> Grid:
    rows: list[tuple[int, list[str]]] = []
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    above: dict[int, tuple[int, int]] = {}
    for row_number, row in enumerate(element.iter(f"{_W}tr"), 1):
        if next(row.iterancestors(f"{_W}tbl")) is not element:
            continue
        cells: list[str] = []
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr")) is not row:
                continue
            column = len(cells)
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            vertical = cell.find(f"{_W}tcPr/{_W}vMerge")
            if (
                vertical is not None
                and vertical.get(f"{_W}val", "continue") == "continue"
                and column in above
            ):
                corner = above[column]
                merged[row_number, column] = corner
                cells.append(next(found for at, found in rows if at == corner[0])[corner[1]])
            else:
                above[column] = (row_number, column)
                cells.append("\n".join(filter(None, map(paragraph_text, cell.iter(f"{_W}p")))).strip())
            for extra in range(1, int(span.get(f"{_W}val", "1")) if span is not None else 1):
                merged[row_number, column + extra] = (row_number, column)
                cells.append(cells[column])
        rows.append((row_number, cells))
    return Grid(rows=rows, sheet="", merged=merged, label=place("table", table=number))
