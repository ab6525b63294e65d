"""The tables that each stage leaves: what is in them, row by row, and how they are kept."""

from kafe.flow.tables import coding, notes, pilot, topics, units
from kafe.flow.tables.base import StageTables
from kafe.flow.tables.coding import CodingTables
from kafe.flow.tables.notes import NotesTables
from kafe.flow.tables.pilot import PilotTables
from kafe.flow.tables.stored import Tables
from kafe.flow.tables.topics import TopicsTables
from kafe.flow.tables.units import UnitsTables

__all__ = [
    "CodingTables",
    "NotesTables",
    "PilotTables",
    "StageTables",
    "Tables",
    "TopicsTables",
    "UnitsTables",
    "coding",
    "notes",
    "pilot",
    "topics",
    "units",
]
