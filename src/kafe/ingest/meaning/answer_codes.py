"""The codebook that an export brings: what its variables ask, and what the numbers in them stand for."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kafe.ingest.layout.grid import Grid
from kafe.ingest.meaning.questions import fold

_STEMS = re.compile(
    r"kodebok|codebook|code[-_ ]?list|kodeliste|labels?\b|etikett|structure|struktur|variab(?:el|le)|verdier|svaralternativ|svarkoder|datadict",
    re.IGNORECASE,
)
_VARIABLE = [
    "variabel",
    "variabelnavn",
    "variable",
    "variablename",
    "elementcode",
    "felt",
    "feltnavn",
    "kolonne",
    "kolonnenavn",
    "kode",
    "spørsmålskode",
    "spørsmålid",
    "navn",
    "name",
    "externalquestionid",
    "questioncode",
    "questionid",
    "spørsmålsid",
    "id",
    "element",
]
_VALUE = [
    "verdi",
    "value",
    "code",
    "optioncode",
    "svarkode",
    "tall",
    "choicevalue",
    "answercode",
    "kode",
    "nr",
    "alternativnr",
    "svarverdi",
    "externalanswerid",
]
_LABEL = [
    "etikett",
    "label",
    "optiontext",
    "tekst",
    "text",
    "svaralternativ",
    "svar",
    "betydning",
    "verditekst",
    "choicetext",
    "answertext",
    "alternativ",
    "valuelabel",
    "verdietikett",
    "forklaring",
    "svartekst",
]
_WORDING = [
    "spørsmål",
    "elementtext",
    "question",
    "variabletext",
    "spørsmålstekst",
    "questiontext",
    "description",
    "beskrivelse",
    "variabellabel",
    "variablelabel",
    "variabeletikett",
    "ledetekst",
    "tekst",
    "text",
]
_PAIR = re.compile(r"\s*(-?\d{1,4})\s*(?:[=:–-]|\)\s)\s*(.+?)\s*")


def is_codebook(name: str) -> bool:
    """Return whether a sheet or file is named as a codebook."""
    return bool(_STEMS.search(name))


@dataclass(slots=True)
class AnswerCodes:
    """`wordings`: folded variable → what it asks; `labels`: folded variable → code → text; `closed`: headers, as
    they read when resolved, of columns that hold codes."""

    wordings: dict[str, str] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)

    def read(self, grid: Grid) -> bool:
        """Take what a grid says of variables; return whether it is a codebook."""
        rows = [cells for _, cells in grid.rows if any(cell.strip() for cell in cells)]
        for at, header in enumerate(rows[:10]):
            names = [fold(cell) for cell in header]
            variable = _first(names, _VARIABLE)
            value, wording = _first(names, _VALUE, {variable}), _first(names, _WORDING, {variable})
            label = _first(names, _LABEL, {variable, value})
            wording = -1 if wording == label and value >= 0 else wording
            if variable >= 0 and ((value >= 0 and label >= 0) or wording >= 0):
                self._take(rows[at + 1 :], variable, value, label, wording)
                return True
        return self._blocks(rows)

    def _take(self, rows: Iterable[list[str]], variable: int, value: int, label: int, wording: int) -> None:
        name = ""
        for cells in rows:
            name = fold(_at(cells, variable)) or name
            if text := _at(cells, wording):
                self.wordings.setdefault(name, text)
            code, said = _at(cells, value), _at(cells, label)
            if code and said:
                self.labels.setdefault(name, {})[_plain(code)] = said
            for cell in (code, said):
                for number, words in _pairs(cell):
                    self.labels.setdefault(name, {})[number] = words

    def _blocks(self, rows: list[list[str]]) -> bool:
        """Take a codebook without header: a row with variable and wording, below it a code and a text a row."""
        name, found = "", False
        for cells in rows:
            filled = [cell.strip() for cell in cells if cell.strip()]
            if len(filled) < 2:
                continue
            if re.fullmatch(r"-?\d{1,4}(?:[.,]0)?", filled[0]):
                if name:
                    self.labels.setdefault(name, {})[_plain(filled[0])] = filled[1]
                    found = True
            else:
                name = fold(filled[0])
                self.wordings.setdefault(name, filled[1])
        return found

    def knows(self, header: str) -> bool:
        """Return whether the codebook speaks of a column."""
        return fold(header) in self.wordings or fold(header) in self.labels

    def resolved(self, header: str, cell: str) -> str:
        """Return a cell with its codes as words; several codes (`1;3`) are parted by a semicolon."""
        labels = self.labels.get(fold(header), {})
        if not labels or not cell.strip():
            return cell
        parts = [_plain(part) for part in re.split(r"[;,|]", cell) if part.strip()]
        return "; ".join(labels[part] for part in parts) if all(part in labels for part in parts) else cell


def _first(names: list[str], words: list[str], taken: Iterable[int] = ()) -> int:
    """Return the column whose name comes first in `words`, or -1."""
    wanted = [fold(word) for word in words]
    columns = [
        (wanted.index(name), at) for at, name in enumerate(names) if name in wanted and at not in {*taken}
    ]
    return min(columns)[1] if columns else -1


def _at(cells: list[str], column: int) -> str:
    return cells[column].strip() if 0 <= column < len(cells) else ""


def _plain(code: str) -> str:
    return re.sub(r"^(-?\d+)[.,]0+$", r"\1", code.strip())


def _pairs(cell: str) -> list[tuple[str, str]]:
    parts = [
        match.groups() for part in re.split(r"[;\n|]|,\s*(?=\d)", cell) if (match := _PAIR.fullmatch(part))
    ]
    return [(number, words) for number, words in parts] if len(parts) > 1 else []


def resolve(codes: AnswerCodes, grid: Grid, keep: Callable[[str], object]) -> None:
    """Put words for variables and codes in a grid whose first row names variables; `keep` names those to leave."""
    rows = [(number, cells) for number, cells in grid.rows if any(cell.strip() for cell in cells)]
    if not rows:
        return
    _number, header = rows[0]
    known = [at for at, name in enumerate(header) if name.strip() and codes.knows(name)]
    if len(known) < 2 and len(known) < len([name for name in header if name.strip()]):
        return
    for at in known:
        name = header[at]
        for _, cells in rows[1:]:
            if at < len(cells):
                cells[at] = codes.resolved(name, cells[at])
        wording = "" if keep(name) else codes.wordings.get(fold(name), "")
        header[at] = wording or name
        if codes.labels.get(fold(name)):
            codes.closed.add(header[at])
