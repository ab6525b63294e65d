"""How suggestions do on labelled notes that a user gives, as more of them are coded."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kafe.files import read_text, tables
from kafe.messages import message
from kafe.records import Code, Codebook, KafeError

FEWEST_NOTES = 4
BETWEEN_CODES = ";"


@dataclass(frozen=True)
class LabelledNotes:
    """Notes with their codes, and the codebook that holds the codes."""

    texts: tuple[str, ...]
    labels: tuple[frozenset[str], ...]
    codebook: Codebook


def read_labelled(path: Path, text: str, label: str, codes: Path) -> LabelledNotes:
    """Return the notes of two columns of a table, and the codes (`code`, `definition`) of another.

    A label is a code, several with a semicolon between them, or empty: no code. Rows without text are left
    out. Raises KafeError with file, row and column.
    """
    book = _codebook(codes)
    known = {code.id for code in book.codes}
    texts, labels = [], []
    for number, (words, given) in _rows(path, (text, label)):
        own = [given] if given in known else [part.strip() for part in given.split(BETWEEN_CODES)]
        for code in filter(None, own):
            if code not in known:
                raise _fault(path, "unknown", "known_codes", number, label, code=code, file=codes.name)
        if words:
            texts.append(words)
            labels.append(frozenset(filter(None, own)))
    if len(texts) < FEWEST_NOTES:
        raise KafeError(
            message("suggestions.evaluate.few_notes", count=len(texts), least=FEWEST_NOTES),
            file=str(path),
            remedy=message("suggestions.evaluate.more_notes"),
        )
    return LabelledNotes(tuple(texts), tuple(labels), book)


def read_sizes(text: str) -> list[int]:
    """Return the numbers of notes that «0,10,30» names, ascending. Raises KafeError for anything else."""
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise KafeError(
            message("suggestions.evaluate.sizes", text=text),
            remedy=message("suggestions.evaluate.sizes_remedy"),
        )
    return sorted({int(part) for part in parts})


def _codebook(path: Path) -> Codebook:
    first: dict[str, int] = {}
    found = []
    for number, (code, definition) in _rows(path, ("code", "definition")):
        if not code:
            raise _fault(path, "no_code", "fill_code", number, "code")
        if code in first:
            raise _fault(path, "twice", "one_row", number, "code", code=code, first=first[code])
        first[code] = number
        found.append(Code(code, code.replace("_", " "), definition=definition))
    if not found:
        raise KafeError(
            message("suggestions.evaluate.no_codes"),
            file=str(path),
            remedy=message("suggestions.evaluate.fill_codes"),
        )
    version = hashlib.sha256(repr(found).encode()).hexdigest()
    return Codebook(tuple(found), version)


def _rows(path: Path, wanted: Sequence[str]) -> list[tuple[int, list[str]]]:
    """Return the number and the wanted cells of each row of a table that is not empty."""
    try:
        text = read_text(path)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise KafeError(
            message("suggestions.evaluate.no_file"),
            file=str(path),
            remedy=message("suggestions.evaluate.give_file"),
        ) from error
    mark = tables.delimiter_of(text, lambda cells: len({cell.strip() for cell in cells} & set(wanted)))
    rows = tables.csv_rows(text, mark)
    columns = [cell.strip() for cell in rows[0].cells] if rows else []
    for column in wanted:
        if column not in columns:
            raise KafeError(
                message("suggestions.evaluate.no_column", column=column),
                file=str(path),
                place=message("suggestions.evaluate.header"),
                remedy=message(
                    "suggestions.evaluate.columns", columns=", ".join(filter(None, columns)) or "–"
                ),
            )
    places = [columns.index(column) for column in wanted]
    found = []
    for row in rows[1:]:
        if row.broken:
            raise _fault(path, "broken", "close_quote", row.number, wanted[0])
        if any(cell.strip() for cell in row.cells):
            cells = [row.cells[place].strip() if place < len(row.cells) else "" for place in places]
            found.append((row.number, cells))
    return found


def _fault(path: Path, what: str, remedy: str, row: int, column: str, **values: object) -> KafeError:
    return KafeError(
        message(f"suggestions.evaluate.{what}", **values),
        file=str(path),
        place=message("suggestions.evaluate.row", row=row, column=column),
        remedy=message(f"suggestions.evaluate.{remedy}"),
    )
