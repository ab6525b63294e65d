"""Codes: suggested, taken in from files, compared, and counted."""

from __future__ import annotations

from dataclasses import asdict

from kafe.clock import now
from kafe.codings.sync import sync_codings
from kafe.flow.masking import mask_memos
from kafe.flow.project import Project, Tables
from kafe.flow.stages.agreement import agreements
from kafe.flow.stages.common import attempt, withdrawn_notes
from kafe.flow.stages.learning import learnt
from kafe.messages import stored
from kafe.records import Codebook, Problem


def run_coding(project: Project) -> Tables:
    """Suggest codes by rule and model, take in people's codings, and compare coders with each other and rules."""
    from kafe.agreement.effective import effective_codings
    from kafe.codebook.changes.history import keep_history
    from kafe.codebook.changes.timeline import timeline
    from kafe.codings.files import read_codings
    from kafe.store.store import open_store
    from kafe.suggestions.rules import suggest_by_rules

    problems: list[Problem] = []
    with open_store(project.paths, project.settings) as store:
        recorded = attempt(lambda: keep_history(project.paths.codebook, store, at=now()), problems)
    usable, history = recorded or (None, [])
    codebook = usable or Codebook((), "")
    notes = {note.id: note for note in project.notes()}
    known = notes | {note.id: note for note in withdrawn_notes(project)}
    units = project.units()
    suggestions = suggest_by_rules(project.docs, units, codebook) if codebook.codes else []
    with open_store(project.paths, project.settings) as store:
        if usable:
            read, finished, listed = read_codings(project.paths.codings, known, usable, history)
            problems += listed
            sync_codings(store, read, finished, at=now())
        mask_memos(project, store)
        codings = [coding for coding in store.codings() if coding.note_id in notes]
        marks = sorted(mark for mark in store.finished() if mark[1] in notes)
        memos, operations = store.memos(), store.operations()
        stale = len(store.stale_codings())
        agreed = effective_codings(codings, marks, store.history(notes))
        problems += store.spelling_problems()
        compared = agreements(project, store, codebook, codings, suggestions, marks)
        model = learnt(project, store, codebook, codings, marks)
    return {
        "codes": [asdict(code) for code in codebook.codes],
        "codebook": {"title": codebook.title, "version": codebook.version},
        "suggestions": stored([asdict(suggestion) for suggestion in suggestions]),
        "codings": [asdict(coding) for coding in codings],
        "replaced": sorted(coding.id for coding in codings if agreed.replaces(coding)),
        "finished": [list(mark) for mark in marks],
        "memos": [asdict(memo) for memo in memos],
        "timeline": stored(timeline(operations)),
        **compared,
        **model,
        "stale": stale,
        "problems": [problem.row() for problem in problems],
    }
