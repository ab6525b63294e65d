"""The pilot: codes, topics and decisions brought together."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kafe.flow.project import Project, Tables
from kafe.flow.stages.common import attempt, codebook_of, withdrawn_notes
from kafe.origins import Origin
from kafe.records import Problem


def run_pilot(project: Project) -> Tables:
    """Bring codes, themes and decisions together: memberships, the innspillslogg, and what has no notes."""
    from kafe import pilot as room
    from kafe.language.glossary import Glossary, load_glossary, unknown_abbreviations
    from kafe.store.store import open_store

    problems: list[Problem] = []
    paths, notes, codebook = project.paths, project.notes(), codebook_of(project)
    plan = attempt(lambda: room.load_pilot(paths.pilot), problems) if paths.pilot.exists() else None
    glossary = attempt(lambda: load_glossary(paths.glossary), problems) or Glossary()
    stakeholders = indicators = None
    if paths.stakeholders.exists():
        stakeholders = attempt(lambda: room.load_stakeholders(paths.stakeholders), problems)
    if paths.indicators.exists():
        indicators = attempt(lambda: room.load_indicators(paths.indicators), problems)
    withdrawn = withdrawn_notes(project)
    everyone = [*notes, *withdrawn]
    read = attempt(lambda: room.read_decisions(paths.decisions, everyone, codebook, plan), problems)
    decisions, listed = read or ([], [])
    problems += listed
    with open_store(paths, project.settings) as store:
        store.append_decisions(decisions)
    memberships = project_memberships(project)
    log = room.innspillslogg(notes, memberships, decisions, plan, withdrawn=withdrawn, codebook=codebook)
    return {
        "memberships": [list(member) for member in memberships],
        "decisions": [asdict(decision) for decision in decisions],
        "log": log,
        "trace": room.traceability(plan, decisions, memberships, notes, codebook=codebook) if plan else [],
        "elements": [element.model_dump() for element in plan.elements] if plan else [],
        "stakeholders": [one.model_dump() for one in stakeholders or ()],
        "indicators": room.evaluation_table(indicators or ()),
        "unknown_abbreviations": unknown_abbreviations(notes, glossary),
        "problems": [problem.row() for problem in problems],
    }


def project_memberships(project: Project) -> list[Any]:
    """Return (note id, theme id, origin) once each: people's codings, rules, anchored themes, free topics.

    Where people have agreed, what they agreed on stands instead of each one's own codings.
    """
    coding, topics = project.tables("coding"), project.tables("topics")
    replaced = set(coding["replaced"])
    found = {
        (row["note_id"], row["code"], Origin.HUMAN) for row in coding["codings"] if row["id"] not in replaced
    }
    found |= {(row["note_id"], row["code"], Origin.RULE) for row in coding["suggestions"]}
    found |= {(row["note_id"], row["theme"], Origin.ANCHOR) for row in topics["anchored"]}
    found |= {
        (row["note_id"], f"emne-{row['topic']}", Origin.TOPIC)
        for row in topics["assignments"]
        if row["topic"] >= 0 and not row["far"]
    }
    return sorted(found)
