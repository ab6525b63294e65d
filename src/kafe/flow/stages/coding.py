"""Codes: suggested, taken in from files, compared, and counted."""

from __future__ import annotations

from kafe.clock import now
from kafe.codings import sync_codings
from kafe.corrections import carry, resolved, standing, unfollowed_memos
from kafe.flow.masking import mask_memos
from kafe.flow.project import Project
from kafe.flow.stages.agreement import agreements
from kafe.flow.stages.common import as_rows, attempt
from kafe.flow.stages.learning import learnt
from kafe.flow.tables.coding import CodingTables
from kafe.messages import stored
from kafe.records import Codebook, Problem


def run_coding(project: Project) -> CodingTables:
    """Suggest codes by rule and model, take in people's codings, and compare coders with each other and rules."""
    from kafe.agreement import effective_codings
    from kafe.codebook.changes import keep_history, timeline
    from kafe.codings import read_codings
    from kafe.store import open_store
    from kafe.suggestions import suggest_by_rules

    problems: list[Problem] = []
    with open_store(project.paths, project.settings) as store:
        recorded = attempt(lambda: keep_history(project.paths.codebook, store, at=now()), problems)
    usable, history = recorded or (None, [])
    codebook = usable or Codebook((), "")
    notes = {note.id: note for note in project.notes()}
    known = notes | {note.id: note for note in project.withdrawn()}
    units = project.units()
    suggestions = suggest_by_rules(project.docs, units, codebook) if codebook.codes else []
    with open_store(project.paths, project.settings) as store:
        if usable:
            read, finished, listed = read_codings(project.paths.codings, known, usable, history)
            problems += listed
            sync_codings(store, read, finished, at=now())
            carry(store, now())
        mask_memos(project, store)
        codings = [coding for coding in store.codings() if coding.note_id in notes]
        marks = sorted(mark for mark in store.finished() if mark[1] in notes)
        memos, operations = unfollowed_memos(store), store.operations()
        became = resolved(store.corrections(), (note.id for note in store.withdrawn_notes()))
        stands = standing(store)
        stale = len(store.stale_codings())
        agreed = effective_codings(codings, marks, store.history(notes))
        problems += store.spelling_problems()
        compared = agreements(project, store, codebook, codings, suggestions, marks)
        learned = learnt(project, store, codebook, codings, marks)
    return CodingTables(
        codes=as_rows(codebook.codes),
        codebook={"title": codebook.title, "version": codebook.version},
        suggestions=stored(as_rows(suggestions)),
        codings=as_rows(codings),
        replaced=sorted(coding.id for coding in codings if agreed.replaces(coding)),
        finished=[list(mark) for mark in marks],
        memos=as_rows(memos),
        timeline=stored(timeline(operations)),
        agreement=compared["agreement"],
        spans=compared["spans"],
        together=compared["together"],
        drift=compared["drift"],
        consensus=compared["consensus"],
        model_suggestions=stored(as_rows(learned.suggestions)),
        learning=as_rows(learned.rows),
        counts=as_rows(learned.counts),
        order=list(learned.order),
        model={"source": learned.source, "measured": learned.measured},
        stale=stale,
        became=[{"old": old, "new": new} for old, new in sorted(became.items())],
        followed=stands.followed,
        waiting=as_rows(act.row() for act in stands.waiting if act.kind != "decision"),
        problems=as_rows(problems),
    )
