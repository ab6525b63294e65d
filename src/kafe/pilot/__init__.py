"""From themes to a basis for the pilot: rank, decide, trace, and see who was heard; tables in, tables out."""

from kafe.pilot.common_ground import common_ground
from kafe.pilot.coverage import coverage
from kafe.pilot.decisions import read_decisions
from kafe.pilot.evaluation import evaluation_table
from kafe.pilot.innspillslogg import decisions_without_notes, fate_counts, innspillslogg
from kafe.pilot.memberships import Membership
from kafe.pilot.project_data import (
    Element,
    Indicator,
    Pilot,
    Proposal,
    Stakeholder,
    load_indicators,
    load_pilot,
    load_stakeholders,
    sides,
)
from kafe.pilot.ranking import rank_themes
from kafe.pilot.traceability import chosen_without_proposal, traceability
from kafe.privacy.small_counts import hide, may_quote, shown

__all__ = [
    "Element",
    "Indicator",
    "Membership",
    "Pilot",
    "Proposal",
    "Stakeholder",
    "chosen_without_proposal",
    "common_ground",
    "coverage",
    "decisions_without_notes",
    "evaluation_table",
    "fate_counts",
    "hide",
    "innspillslogg",
    "load_indicators",
    "load_pilot",
    "load_stakeholders",
    "may_quote",
    "rank_themes",
    "read_decisions",
    "shown",
    "sides",
    "traceability",
]
