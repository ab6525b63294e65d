"""Labelled texts and anchors from tables that a user gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kafe.files import read_text, tables
from kafe.messages import message
from kafe.records import KafeError
from kafe.topics.anchors import Anchor

DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts with one label each. `skipped` counts the rows that lacked either."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]
    skipped: int = 0


def read_labelled(path: Path, text: str, label: str) -> Labelled:
    """Return the texts and labels of two columns of a delimited file (`,`, `;`, tab or `|`).

    Raises KafeError that names the file, the column and the columns there are.
    """
    rows = [(row[text].strip(), row[label].strip()) for row in _rows(path, (text, label))]
    kept = [(words, given) for words, given in rows if words and given]
    return Labelled(tuple(row[0] for row in kept), tuple(row[1] for row in kept), len(rows) - len(kept))


def read_anchors(path: Path) -> list[Anchor]:
    """Return an anchor a code of a delimited file with the columns `code` and `definition`.

    Several rows of one code are several texts of the same anchor. Raises KafeError as `read_labelled`.
    """
    texts: dict[str, list[str]] = {}
    for row in _rows(path, ("code", "definition")):
        code, definition = row["code"].strip(), row["definition"].strip()
        if code and definition:
            texts.setdefault(code, []).append(definition)
    if not texts:
        raise KafeError(
            message("topics.evaluate.no_anchors"),
            file=str(path),
            remedy=message("topics.evaluate.fill_anchors"),
        )
    return [Anchor(code, code, tuple(definitions)) for code, definitions in texts.items()]


def read_lines(path: Path) -> list[str]:
    """Return the lines of a file, each a text; an empty line is an empty text.

    Raises KafeError that names the file.
    """
    lines = _text(path).split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _rows(path: Path, wanted: Sequence[str]) -> list[dict[str, str]]:
    """Return the wanted columns of a table's rows that are not empty; raises KafeError where one is missing."""
    text = _text(path)
    delimiter = tables.delimiter_of(
        text, lambda cells: len({cell.strip() for cell in cells} & set(wanted)), marks=DELIMITERS
    )
    rows = [row.cells for row in tables.csv_rows(text, delimiter)]
    columns = [cell.strip() for cell in rows[0]] if rows else []
    for column in wanted:
        if column not in columns:
            raise KafeError(
                message("topics.evaluate.no_column", column=column),
                file=str(path),
                place=message("topics.evaluate.header"),
                remedy=message("topics.evaluate.columns", columns=", ".join(filter(None, columns)) or "–"),
            )
    places = {column: columns.index(column) for column in wanted}
    return [
        {column: row[place] if place < len(row) else "" for column, place in places.items()}
        for row in rows[1:]
        if any(cell.strip() for cell in row)
    ]


def _text(path: Path) -> str:
    try:
        return read_text(path)
    except FileNotFoundError as error:
        raise KafeError(
            message("topics.evaluate.no_file"), file=str(path), remedy=message("topics.evaluate.give_file")
        ) from error
