"""Texts of a file that are none of the project's notes, written so that `data/raw` takes them in."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from kafe.exchange.files import write_bytes
from kafe.exchange.formats.spreadsheets import RISKY
from kafe.exchange.positions import plain
from kafe.exchange.records import VARIABLES, TextSource
from kafe.records import normalise_text

ENDING = "-innspill.csv"
_COLUMNS = ("table", "round", "question", "group", "municipality", "date", "votes")
"""Fields of a note that `data/raw` can say in a column."""


def write_new_notes(beside: Path, sources: Iterable[TextSource]) -> Path:
    """Write texts beside the file they came from, as `data/raw` takes them; return where.

    They have not been de-identified: that happens when they are read from `data/raw`. A file that is
    there already with other content is left alone, and the new one gets a number.
    """
    data = _notes_csv(list(sources))
    number = 1
    while True:
        ending = ENDING if number == 1 else ENDING.replace(".csv", f"-{number}.csv")
        path = beside.with_name(beside.stem + ending)
        if not path.exists() or path.read_bytes() == data:
            write_bytes(path, data)
            return path
        number += 1


def _notes_csv(sources: Sequence[TextSource]) -> bytes:
    """Return texts as a table; a space keeps spreadsheets from running what begins like a formula."""
    rows = [{**_fields(source), "text": normalise_text(plain(source.text))} for source in sources]
    used = ["text", *(name for name in _COLUMNS if any(row.get(name) for row in rows))]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Innspill" if name == "text" else VARIABLES[name].capitalize() for name in used])
    for row in rows:
        cells = [row.get(name, "") for name in used]
        writer.writerow([f" {cell}" if RISKY.match(cell) else cell for cell in cells])
    return stream.getvalue().encode("utf-8-sig")


def _fields(source: TextSource) -> dict[str, str]:
    said = {name.casefold().strip(): value for name, value in source.variables.items()}
    return {name: normalise_text(said.get(VARIABLES[name], "")) for name in _COLUMNS}
