"""Notes: read, masked, given a written standard, and stored."""

from __future__ import annotations

from dataclasses import asdict, replace

from kafe.clock import now
from kafe.flow.masking import late_mask, mask_memos
from kafe.flow.project import Project, Tables
from kafe.ingest.records import place_key
from kafe.messages import stored
from kafe.settings import key_folder


def run_notes(project: Project) -> Tables:
    """Read, de-identify and store the notes; return them with the account of every source row."""
    from kafe.deidentify.findings import summary
    from kafe.deidentify.keytable import KeyTable
    from kafe.deidentify.namelist import read_names
    from kafe.deidentify.run import deidentify
    from kafe.flow.masking import mask_labels, read_source
    from kafe.language.identify import written_standards
    from kafe.store.store import open_store

    ingested = read_source(project.paths.raw)
    key = KeyTable.load(key_folder(project.settings.project.id))
    known = project.settings.project.municipalities
    names = read_names(project.paths.names)
    found = deidentify(ingested.notes, nlp=project.nlp, names=names, key=key, keep=known)
    masked, sessions = mask_labels(found.notes, ingested.sessions, names=names, key=key, keep=known)
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
        withdrawn = store.withdrawn_notes()
    return {
        "notes": [asdict(note) for note in notes],
        "withdrawn": [asdict(note) for note in withdrawn],
        "sessions": [
            {key: getattr(session, key) for key in ("id", "title", "date", "kind", "questions")}
            for session in sessions
        ],
        "files": [asdict(file) for file in ingested.files],
        "skipped": stored([asdict(row) for row in ingested.skipped]),
        "problems": [problem.row() for problem in ingested.problems],
        "duplicates": [list(ids) for ids in ingested.duplicates],
        "findings": stored(summary(found.findings)),
    }
