"""The tables that each stage leaves: what is in them, row by row, and how they are kept."""

from kafe.flow.tables.base import StageTables
from kafe.flow.tables.coding import CodingTables
from kafe.flow.tables.notes import NotesTables, SkippedRow
from kafe.flow.tables.pilot import PilotTables, TraceRow
from kafe.flow.tables.stored import Tables
from kafe.flow.tables.topics import ComparedRow, TopicRow, TopicsAbout, TopicsTables
from kafe.flow.tables.units import UnitsTables

__all__ = [
    "CodingTables",
    "ComparedRow",
    "NotesTables",
    "PilotTables",
    "SkippedRow",
    "StageTables",
    "Tables",
    "TopicRow",
    "TopicsAbout",
    "TopicsTables",
    "TraceRow",
    "UnitsTables",
]
