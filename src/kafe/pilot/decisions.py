"""`beslutninger.csv` as decisions; good rows are read, the others are listed."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from kafe.files import read_text, tables
from kafe.messages import message
from kafe.pilot.dates import iso_date
from kafe.pilot.project_data import Pilot
from kafe.records import Codebook, Decision, Fate, KafeError, Note, Problem, Severity, normalise_text

COLUMNS = {
    "target": ("mål", "target"),
    "quote": ("sitat", "utdrag"),
    "fate": ("beslutning", "avgjerd", "vedtak"),
    "element": ("del", "element"),
    "reason": ("begrunnelse", "grunngjeving", "grunngiving"),
    "who": ("hvem", "kven"),
    "at": ("dato",),
}
_NEEDED = ("target", "fate")
_FATES = {
    **dict.fromkeys(("valgt", "valt", "vald"), Fate.CHOSEN),
    "parkert": Fate.PARKED,
    **dict.fromkeys(("videre", "vidare"), Fate.PASSED_ON),
    **dict.fromkeys(("videre til annet prosjekt", "vidare til anna prosjekt"), Fate.PASSED_ON),
}
"""What people write → what it means."""
_KINDS = {"note": "note", "innspill": "note", "code": "code", "kode": "code"}


def read_decisions(
    path: Path, notes: Iterable[Note], codebook: Codebook, pilot: Pilot | None = None
) -> tuple[list[Decision], list[Problem]]:
    """Return the decisions of the file in its order, and what is wrong in it; no file is no decisions.

    Reads what Excel writes: semicolon, comma or tab; UTF-8 with or without BOM, UTF-16, Windows-1252;
    dates as 2025-05-06 or 06.05.2025 (returned as ISO). `mål` is `note:ID` or `code:ID`, or a bare id
    that is a note's or a code's. A row with an unknown target or fate is left out; one that lacks
    reason, person or date, or names an element that `pilot` lacks, is read and listed. Give `notes`
    with the withdrawn ones. Raises KafeError when the file would be garbled, or lacks the columns `mål`
    and `beslutning`.
    """
    try:
        rows = tables.csv_rows(normalise_text(read_text(path)))
    except FileNotFoundError:
        return [], []
    if not rows:
        return [], []
    columns = _columns(path, rows[0].cells)
    known = {"note": {note.id for note in notes}, "code": {code.id for code in codebook.codes}}
    elements = {element.id for element in pilot.elements} if pilot else None
    decisions: list[Decision] = []
    problems: list[Problem] = []
    for number, cells, broken in rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        row = {name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()}
        decision, said = (None, [("broken", "")]) if broken else _read(row, known, elements)
        if decision:
            decisions.append(decision)
        problems += [
            Problem(
                path.name,
                message("files.place.row", row=number),
                message(f"pilot.problem.{key}", value=value[:40]),
                message(f"pilot.problem_remedy.{key}", elements=", ".join(sorted(elements or ()))),
                Severity.REMARK if decision else Severity.ENTRY,
            )
            for key, value in said
        ]
    return decisions, problems


def _read(
    row: Mapping[str, str], known: Mapping[str, set[str]], elements: set[str] | None
) -> tuple[Decision | None, list[tuple[str, str]]]:
    """Return the row's decision, or None, and what is wrong as (kind of problem, the value found)."""
    target = _target(row["target"], known)
    fate = _FATES.get(" ".join(row["fate"].casefold().split()))
    said = []
    if not target:
        said.append(("target", row["target"]))
    if not fate:
        said.append(("fate", row["fate"]))
    if not target or not fate:
        return None, said
    at = iso_date(row.get("at", ""))
    element = row.get("element", "")
    if elements is not None and element and element not in elements:
        said.append(("element", element))
        element = ""
    said += [
        (key, row.get(key, ""))
        for key, value in (("at", at), ("reason", row.get("reason")), ("who", row.get("who")))
        if not value
    ]
    return Decision(target, fate, row.get("reason", ""), row.get("who", ""), at, element), said


def _target(written: str, known: Mapping[str, set[str]]) -> str:
    """Return `note:ID` or `code:ID`, or an empty string when there is no such note or code."""
    prefix, colon, rest = written.partition(":")
    kind = _KINDS.get(prefix.strip().casefold())
    if colon and kind:
        return f"{kind}:{rest.strip()}" if rest.strip() in known[kind] else ""
    kinds = [kind for kind in ("note", "code") if written in known[kind]]
    return f"{kinds[0]}:{written}" if len(kinds) == 1 else ""


def _columns(path: Path, header: list[str]) -> dict[str, int]:
    names = [cell.strip().casefold() for cell in header]
    found = {
        field: names.index(name) for field, aliases in COLUMNS.items() for name in aliases if name in names
    }
    for field in _NEEDED:
        if field not in found:
            raise KafeError(
                message("pilot.error.column", column=COLUMNS[field][0]),
                file=path.name,
                place=message("files.place.row", row=1),
                remedy=message(
                    "pilot.remedy.column", columns=";".join(names[0] for names in COLUMNS.values())
                ),
            )
    return found
