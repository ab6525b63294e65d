"""From themes to a basis for the pilot: rank, decide, trace, and see who was heard; tables in, tables out."""

from kafe.pilot import innspillslogg, project_data, traceability
from kafe.pilot.common_ground import common_ground
from kafe.pilot.coverage import coverage
from kafe.pilot.decisions import read_decisions
from kafe.pilot.evaluation import evaluation_table
from kafe.pilot.memberships import Membership
from kafe.pilot.overlap import Overlap, overlap
from kafe.pilot.ranking import rank_themes, spread

__all__ = [
    "Membership",
    "Overlap",
    "common_ground",
    "coverage",
    "evaluation_table",
    "innspillslogg",
    "overlap",
    "project_data",
    "rank_themes",
    "read_decisions",
    "spread",
    "traceability",
]
