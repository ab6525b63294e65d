"""The stages in order, each with what it reads; a stage whose fingerprint is unchanged does not run again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from kafe.flow.fingerprints import file_hash, fingerprint, program_hash, tree_hashes
from kafe.flow.project import Project, Tables, write_text
from kafe.records import KafeError
from kafe.settings import key_folder

Report = Callable[[str], None]
"""Called with the name of a stage as it begins."""


@dataclass(frozen=True)
class Stage:
    """`reads` gives what the stage depends on beside the program and the stages `after` which it runs."""

    name: str
    after: tuple[str, ...]
    reads: Callable[[Project], object]
    run: Callable[[Project], Tables]


def run_notes(project: Project) -> Tables:
    """Read, de-identify and store the notes; return the account of every source row."""
    from kafe.deidentify import KeyTable, deidentify, read_names, summary
    from kafe.ingest import account_table, read_project
    from kafe.language import written_standards
    from kafe.store import open_store

    ingested = read_project(project.paths.raw)
    key = KeyTable.load(key_folder(project.settings.project.id))
    found = deidentify(
        ingested.notes, nlp=project.nlp, names=read_names(project.paths.names), key=key
    )
    key.save()
    standards = written_standards([note.text for note in found.notes])
    notes = sorted(
        (replace(note, language=standard) for note, standard in zip(found.notes, standards, strict=True)),
        key=lambda note: note.id,
    )
    with open_store(project.paths, project.settings) as store:
        change = store.put_notes(notes, at=now())
        withdrawn = [asdict(note) for note in store.withdrawn_notes()]
    return {
        "notes": [asdict(note) for note in notes],
        "withdrawn": withdrawn,
        "sessions": [
            {
                "id": session.id,
                "title": session.title,
                "date": session.date,
                "kind": session.kind,
                "questions": session.questions,
            }
            for session in ingested.sessions
        ],
        "account": account_table(ingested),
        "skipped": [asdict(row) for row in ingested.skipped],
        "problems": [asdict(row) for row in ingested.problems],
        "duplicates": [list(ids) for ids in ingested.duplicates],
        "findings": summary(found.findings),
        "change": asdict(change),
    }


def run_units(project: Project) -> Tables:
    """Annotate the notes; return units and content lemmas."""
    from kafe.language import content_lemmas, surface_forms, units

    docs = project.docs
    rows = []
    for note in project.notes():
        doc = docs[note.id]
        for unit in units(note.id, doc):
            span = doc.char_span(unit.start, unit.end, alignment_mode="expand")
            rows.append({**asdict(unit), "lemmas": content_lemmas(span) if span is not None else []})
    return {
        "units": rows,
        "lemmas": {note_id: content_lemmas(doc) for note_id, doc in sorted(docs.items())},
        "surface": dict(sorted(surface_forms(docs.values()).items())),
    }


def now() -> str:
    """Return the present moment as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def pending(project: Project, stages: Iterable[Stage]) -> list[Stage]:
    """Return the stages that must run, in order: those whose inputs or upstream tables changed."""
    recorded = _recorded(project)
    must: list[Stage] = []
    names: set[str] = set()
    for stage in stages:
        stale = recorded.get(stage.name) != _stage_fingerprint(project, stage)
        if stale or names & set(stage.after) or not project.result_path(stage.name).is_file():
            must.append(stage)
            names.add(stage.name)
    return must


def run_stages(project: Project, stages: Iterable[Stage], report: Report = lambda name: None) -> list[str]:
    """Run what must run and return the names of the stages that did.

    A stage whose upstream ran but left the same tables as before is not run.
    """
    ran = []
    for stage in stages:
        mark = _stage_fingerprint(project, stage)
        if _recorded(project).get(stage.name) == mark and project.result_path(stage.name).is_file():
            continue
        report(stage.name)
        project.save_tables(stage.name, stage.run(project))
        _record(project, stage.name, mark)
        ran.append(stage.name)
    return ran


def _stage_fingerprint(project: Project, stage: Stage) -> str:
    upstream = {name: file_hash(project.result_path(name)) for name in stage.after}
    return fingerprint([stage.name, program_hash(), upstream, stage.reads(project)])


def _recorded(project: Project) -> dict[str, str]:
    try:
        return json.loads((project.paths.cache / "fingerprints.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


def _record(project: Project, name: str, mark: str) -> None:
    marks = {**_recorded(project), name: mark}
    write_text(project.paths.cache / "fingerprints.json", json.dumps(marks, indent=1, sort_keys=True) + "\n")
