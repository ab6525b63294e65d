"""The pilot: codes, topics and decisions brought together."""

from __future__ import annotations

from dataclasses import replace

from kafe.clock import now
from kafe.corrections import standing
from kafe.flow.project import Project
from kafe.flow.stages.common import as_rows, attempt
from kafe.flow.tables.pilot import PilotTables
from kafe.origins import Origin
from kafe.records import Problem


def run_pilot(project: Project) -> PilotTables:
    """Bring codes, themes and decisions together: memberships, the innspillslogg, and what has no notes."""
    from kafe import pilot as basis
    from kafe.language import Glossary, load_glossary, unknown_abbreviations
    from kafe.store import open_store

    problems: list[Problem] = []
    paths, notes, codebook = project.paths, project.notes(), project.codebook()
    plan = (
        attempt(lambda: basis.project_data.load_pilot(paths.pilot), problems)
        if paths.pilot.exists()
        else None
    )
    glossary = attempt(lambda: load_glossary(paths.glossary), problems) or Glossary()
    stakeholders = indicators = None
    if paths.stakeholders.exists():
        stakeholders = attempt(lambda: basis.project_data.load_stakeholders(paths.stakeholders), problems)
    if paths.indicators.exists():
        indicators = attempt(lambda: basis.project_data.load_indicators(paths.indicators), problems)
    withdrawn = project.withdrawn()
    everyone = [*notes, *withdrawn]
    read = attempt(lambda: basis.read_decisions(paths.decisions, everyone, codebook, plan), problems)
    written, listed = read or ([], [])
    problems += listed
    known = {note.id for note in everyone}
    proposals = (
        {proposal.id for element in plan.elements for proposal in element.proposals} if plan else set()
    )
    seen = attempt(lambda: basis.links.read_links(paths.links, known, proposals), problems)
    with open_store(paths, project.settings) as store:
        store.append_decisions(written)
        if seen and plan:
            problems += seen[1]
            store.sync_links(seen[0], at=now())
        links = store.links()
        waiting = as_rows(act.row() for act in standing(store).waiting if act.kind == "decision")
    became = {row["old"]: row["new"] for row in project.tables.coding.became}
    decisions = basis.project_data.decisions_now(written, became)
    links = [replace(link, note_id=became.get(link.note_id, link.note_id)) for link in links]
    plan = basis.project_data.pilot_now(plan, became) if plan else None
    withdrawn = [note for note in withdrawn if note.id not in became]
    memberships = project_memberships(project)
    log = basis.innspillslogg.log(notes, memberships, decisions, plan, withdrawn=withdrawn, codebook=codebook)
    trace = (
        basis.traceability.traceability(plan, decisions, memberships, notes, codebook=codebook, links=links)
        if plan
        else []
    )
    return PilotTables(
        memberships=memberships,
        decisions=as_rows(decisions),
        log=as_rows(log),
        trace=as_rows(trace),
        elements=as_rows(plan.elements if plan else ()),
        stakeholders=as_rows(stakeholders or ()),
        indicators=as_rows(basis.evaluation.evaluation_table(indicators or ())),
        unknown_abbreviations=as_rows(unknown_abbreviations(notes, glossary)),
        problems=as_rows(problems),
        waiting=waiting,
    )


def project_memberships(project: Project) -> list[tuple[str, str, Origin]]:
    """Return (note id, theme id, origin) once each: people's codings, rules, anchored themes, free topics.

    Where people have agreed, what they agreed on stands instead of each one's own codings.
    """
    coding, topics = project.tables.coding, project.tables.topics
    replaced = set(coding.replaced)
    found: set[tuple[str, str, Origin]] = {
        (row["note_id"], row["code"], Origin.HUMAN) for row in coding.codings if row["id"] not in replaced
    }
    found |= {(row["note_id"], row["code"], Origin.RULE) for row in coding.suggestions}
    found |= {(row["note_id"], row["theme"], Origin.ANCHOR) for row in topics.anchored}
    found |= {
        (row["note_id"], f"topic-{row['topic']}", Origin.TOPIC)
        for row in topics.assignments
        if row["topic"] >= 0 and not row["far"]
    }
    return sorted(found)
