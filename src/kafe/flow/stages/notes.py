"""Notes: read, masked, given a written standard, and stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kafe.clock import now
from kafe.corrections import recognise
from kafe.flow.masking import late_mask, mask_headers, mask_memos
from kafe.flow.project import Project
from kafe.flow.stages.common import as_rows
from kafe.flow.tables.notes import NotesTables, NotesTotals
from kafe.ingest import SourceSession, place_key, suggest
from kafe.messages import stored
from kafe.records import Note
from kafe.settings import key_folder


def run_notes(project: Project) -> NotesTables:
    """Read, de-identify and store the notes; return them with the account of every source row."""
    from kafe.deidentify import KeyTable, deidentify, read_names, summary
    from kafe.flow.masking import mask_labels, read_source
    from kafe.language import written_standards
    from kafe.store import open_store

    ingested = read_source(project.paths.raw)
    key = KeyTable.load(key_folder(project.settings.project.id))
    known = project.settings.project.municipalities
    names = read_names(project.paths.names)
    found = deidentify(ingested.notes, nlp=project.nlp, names=names, key=key, keep=known)
    masked, sessions = mask_labels(found.notes, ingested.sessions, names=names, key=key, keep=known)
    columns = mask_headers(ingested.columns, names=names, key=key, keep=known)
    key.save()
    standards = written_standards([note.text for note in masked])
    notes = sorted(
        (
            replace(note, language=standard, source_place=place_key(note.source_place))
            for note, standard in zip(masked, standards, strict=True)
        ),
        key=lambda note: note.id,
    )

    with open_store(project.paths, project.settings) as store:
        store.put_notes(notes, at=now())
        store.remask(late_mask(project))
        mask_memos(project, store)
        recognise(store, now())
        withdrawn = store.withdrawn_notes()
    return NotesTables(
        notes=as_rows(notes),
        withdrawn=as_rows(withdrawn),
        sessions=[
            {
                "id": session.id,
                "title": session.title,
                "date": session.date,
                "kind": session.kind,
                "questions": dict(session.questions),
            }
            for session in sessions
        ],
        totals=totals(notes, sessions),
        files=as_rows(ingested.files),
        columns=as_rows(columns),
        skipped=stored(as_rows(ingested.skipped)),
        problems=as_rows([*ingested.problems, *suggest.gaps(replace(ingested, columns=tuple(columns)))]),
        duplicates=[list(ids) for ids in ingested.duplicates],
        findings=stored(summary(found.findings)),
    )


def totals(notes: Sequence[Note], sessions: Sequence[SourceSession]) -> NotesTotals:
    """Return how large the material is, and the last date of a session or a note (ISO 8601; empty: none)."""
    return {
        "notes": len(notes),
        "sessions": len(sessions),
        "groups": len({note.group for note in notes} - {""}),
        "municipalities": len({note.municipality for note in notes} - {""}),
        "last_date": max((one.date for part in (sessions, notes) for one in part), default=""),
    }
