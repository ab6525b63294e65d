"""From themes to a basis for the pilot: rank, decide, trace, and see who was heard; tables in, tables out."""

from kafe.pilot import evaluation, innspillslogg, links, project_data, ranking, traceability
from kafe.pilot.common_ground import common_ground
from kafe.pilot.coverage import coverage
from kafe.pilot.decisions import read_decisions
from kafe.pilot.memberships import Membership
from kafe.pilot.overlap import Overlap, overlap

__all__ = [
    "Membership",
    "Overlap",
    "common_ground",
    "coverage",
    "evaluation",
    "innspillslogg",
    "links",
    "overlap",
    "project_data",
    "ranking",
    "read_decisions",
    "traceability",
]
