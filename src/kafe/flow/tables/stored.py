"""The tables of all stages as they lie in the project's `.kafe/results`: the one place that reads them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from kafe.flow.tables.coding import CodingTables
from kafe.flow.tables.notes import NotesTables
from kafe.flow.tables.pilot import PilotTables
from kafe.flow.tables.topics import TopicsTables
from kafe.flow.tables.units import UnitsTables


class Tables:
    """The tables of the five stages, each read from its file when it is first used, and then kept.

    `ask` is told of stage and table before one is read, and may refuse by raising.
    """

    def __init__(self, folder: Path, ask: Callable[[str, str], None] = lambda stage, table: None):
        self._folder, self._ask = folder, ask

    @cached_property
    def notes(self) -> NotesTables:
        """The de-identified notes and the account of their sources."""
        return NotesTables.stored(self._folder, self._ask)

    @cached_property
    def units(self) -> UnitsTables:
        """Sentences and list items, and the words of every note."""
        return UnitsTables.stored(self._folder, self._ask)

    @cached_property
    def coding(self) -> CodingTables:
        """The codebook, codings, suggestions and agreement."""
        return CodingTables.stored(self._folder, self._ask)

    @cached_property
    def topics(self) -> TopicsTables:
        """Anchored themes and free topics."""
        return TopicsTables.stored(self._folder, self._ask)

    @cached_property
    def pilot(self) -> PilotTables:
        """Memberships, decisions, the innspillslogg, proposals, stakeholders, indicators."""
        return PilotTables.stored(self._folder, self._ask)
