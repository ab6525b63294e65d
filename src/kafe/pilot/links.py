"""What people have read notes as saying to proposals: `lenker.csv` read and added to, and readings counted."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from kafe.files import read_text, tables, write_text
from kafe.messages import message
from kafe.pilot.dates import iso_date
from kafe.records import KafeError, Link, Problem, Severity, Stance, normalise_text

COLUMNS = ("innspill", "forslag", "holdning", "hvem", "dato", "merknad")
_NEEDED = COLUMNS[:4]
_WORDS = {
    **dict.fromkeys(("støtter", "støttar"), Stance.SUPPORTS),
    "imot": Stance.AGAINST,
    **dict.fromkeys(("betingelse", "vilkår"), Stance.CONDITION),
    "problemet": Stance.PROBLEM,
    **dict.fromkeys(("annet", "anna"), Stance.OTHER),
    "ulest": Stance.UNREAD,
}
"""What people write → what it means."""
DISPUTED = "disputed"
"""The state of a note that two people have read differently."""


def stance_of(written: str) -> Stance | None:
    """Return what a word for a stance means; None where it is no such word."""
    return _WORDS.get(" ".join(written.casefold().split()))


def read_links(
    path: Path, note_ids: Collection[str], proposals: Collection[str]
) -> tuple[list[Link], list[Problem]]:
    """Return the readings of the file in its order, and what is wrong in it; no file is no readings.

    A row whose note, proposal, stance or reader is missing or unknown is left out and listed; one whose
    date cannot be read is used without it, and listed. Give withdrawn notes too. Raises KafeError when the
    file would be garbled or lacks a column.
    """
    try:
        rows = tables.csv_rows(normalise_text(read_text(path)))
    except FileNotFoundError:
        return [], []
    if not rows:
        return [], []
    places = _places(path, rows[0].cells)
    links: list[Link] = []
    problems: list[Problem] = []
    for number, cells, broken in rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        row = {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}
        wrong = "broken" if broken else _fault(row, note_ids, proposals)
        at = iso_date(row.get("dato", ""))
        if not wrong:
            links.append(_link(row, at))
        if wrong or not at:
            key = wrong or "date"
            value = "" if broken else row.get(_COLUMN.get(key, ""), "")[:40]
            known = ", ".join(sorted(proposals))
            problems.append(
                Problem(
                    path.name,
                    message("files.place.row", row=number),
                    message(f"pilot.link_problem.{key}", value=value),
                    message(f"pilot.link_remedy.{key}", proposals=known),
                    Severity.ENTRY if wrong else Severity.REMARK,
                )
            )
    return links, problems


_COLUMN = {"note": "innspill", "proposal": "forslag", "stance": "holdning", "reader": "hvem", "date": "dato"}


def _fault(row: Mapping[str, str], note_ids: Collection[str], proposals: Collection[str]) -> str:
    if row["innspill"].removeprefix("note:") not in note_ids:
        return "note"
    if row["forslag"] not in proposals:
        return "proposal"
    if not stance_of(row["holdning"]):
        return "stance"
    return "" if row["hvem"] else "reader"


def _link(row: Mapping[str, str], at: str) -> Link:
    stance = stance_of(row["holdning"]) or Stance.UNREAD
    note_id = row["innspill"].removeprefix("note:")
    return Link(note_id, row["forslag"], stance, row["hvem"], at, row.get("merknad", ""))


def _places(path: Path, header: Sequence[str]) -> dict[str, int]:
    names = [cell.strip().casefold() for cell in header]
    for column in _NEEDED:
        if column not in names:
            raise KafeError(
                message("pilot.error.column", column=column),
                file=path.name,
                place=message("files.place.row", row=1),
                remedy=message("pilot.remedy.column", columns=";".join(COLUMNS)),
            )
    return {column: names.index(column) for column in COLUMNS if column in names}


def add_links(path: Path, links: Iterable[Link]) -> None:
    """Add rows at the end of the file, which is made where there is none; what stands in it stays as it is.

    Raises KafeError when the file lacks a column, before anything is written.
    """
    try:
        text = read_text(path)
    except FileNotFoundError:
        text = ""
    mark = tables.delimiter_of(text) if text.strip() else ";"
    written = io.StringIO()
    writer = csv.writer(written, delimiter=mark, lineterminator="\n")
    header = list(COLUMNS)
    if text.strip():
        first = tables.csv_rows(normalise_text(text), mark)[0].cells
        _places(path, first)
        header = [cell.strip().casefold() for cell in first]
    else:
        writer.writerow(COLUMNS)
    for link in links:
        cells = dict(
            zip(
                COLUMNS,
                (link.note_id, link.proposal, stance_word(link.stance), link.who, link.at, link.remark),
                strict=True,
            )
        )
        writer.writerow([_safe(cells.get(name, "")) for name in header])
    gap = "" if not text or text.endswith("\n") else "\n"
    added = written.getvalue()
    write_text(path, f"{text}{gap}{added}", like=path) if text else write_text(path, f"\ufeff{added}")


def stance_word(stance: Stance) -> str:
    """Return the word that people write for a stance."""
    return next(word for word, meaning in _WORDS.items() if meaning is stance)


def _safe(cell: str) -> str:
    """Return the cell so that a spreadsheet takes it as text, not as a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t" and cell else cell


def readings(links: Iterable[Link]) -> dict[tuple[str, str], str]:
    """Return (note id, proposal) → its stance, or `DISPUTED` where its readers do not say the same."""
    said: dict[tuple[str, str], set[Stance]] = {}
    for link in links:
        if link.stance is not Stance.UNREAD:
            said.setdefault((link.note_id, link.proposal), set()).add(link.stance)
    return {pair: min(found) if len(found) == 1 else DISPUTED for pair, found in said.items()}
