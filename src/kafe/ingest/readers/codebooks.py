"""Codebooks that an export puts in files of their own, beside the answers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kafe.files import WrongEncodingError, decode
from kafe.ingest.layout.grid import Grid
from kafe.ingest.meaning.answer_codes import AnswerCodes, is_codebook
from kafe.ingest.readers.csv import read_csv
from kafe.ingest.readers.xlsx import read_workbook
from kafe.ingest.records import FileReading

_TABLES = {".csv", ".tsv", ".tab", ".xlsx"}


@dataclass(slots=True)
class Codebooks:
    """The codebooks of a session; `files`: path → rows of the files that are nothing else."""

    files: dict[Path, int] = field(default_factory=dict)
    wordings: dict[str, str] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)

    def answers(self) -> AnswerCodes:
        """Return them for one file, which may bring a codebook of its own."""
        return AnswerCodes(dict(self.wordings), {name: dict(codes) for name, codes in self.labels.items()})


def neighbours(paths: Iterable[Path]) -> Codebooks:
    """Return the codebooks among a session's files: tables named as such that speak of variables or their values."""
    tables = [path for path in paths if path.suffix.casefold() in _TABLES]
    found = Codebooks()
    for path in tables if len(tables) > 1 else []:
        if not is_codebook(path.stem):
            continue
        codes = AnswerCodes()
        grids = _grids(path)
        read = [codes.read(grid) for grid in grids]
        if read and all(read):
            found.files[path] = sum(len(grid.rows) for grid in grids)
            found.wordings |= codes.wordings
            for name, labels in codes.labels.items():
                found.labels.setdefault(name, {}).update(labels)
    return found


def _grids(path: Path) -> list[Grid]:
    reading = FileReading(path.name)
    try:
        data = path.read_bytes()
        if path.suffix.casefold() == ".xlsx":
            return read_workbook(data, reading)
        return [read_csv(decode(data), reading, lambda _: 0)]
    except (OSError, WrongEncodingError):
        return []
