"""What the stage `units` leaves: sentences and list items, and the words of every note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypedDict

from kafe.flow.tables.base import StageTables


class UnitRow(TypedDict):
    """A sentence or list item: `text` is the note's from `start` to `end` (code points), `lemmas` its content words."""

    note_id: str
    start: int
    end: int
    text: str
    lemmas: list[str]


@dataclass
class UnitsTables(StageTables):
    """`lemmas`: note id → content lemmas; `surface`: lemma → its commonest form; `forms`: form → its lemmas."""

    stage: ClassVar[str] = "units"
    units: list[UnitRow]
    lemmas: dict[str, list[str]]
    surface: dict[str, str]
    forms: dict[str, list[str]]
