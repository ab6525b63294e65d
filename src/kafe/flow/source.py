"""The source as the flow takes it in: a missing folder is a remark, and labels from files hold no names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kafe.ingest import Ingested, RawNote, Session, read_project
from kafe.ingest.questions import slug
from kafe.ingest.raw import Problem
from kafe.records import KafeError, Note

if TYPE_CHECKING:
    from kafe.deidentify import KeyTable


def read_source(raw: Path) -> Ingested:
    """Return what lies under `raw`; where there is no such folder, nothing and a problem that says so."""
    try:
        return read_project(raw)
    except KafeError as error:
        where = f"{raw.parent.name}/{raw.name}"
        problem = Problem(where, error.place, error.message, error.remedy)
        return Ingested((), (), (), (problem,), (), ())


def mask_labels(
    notes: Sequence[Note],
    sessions: Iterable[Session],
    *,
    names: Iterable[str],
    key: KeyTable,
    keep: Iterable[str],
) -> tuple[list[Note], list[Session]]:
    """Return notes and sessions whose rounds, groups and questions hold no direct identifiers.

    Questions and groups may come from headings and cells that anyone wrote. They are searched by
    lists, patterns and the names found in the notes, not by the model: a lone word such as a group's
    name gives it nothing to judge by. Questions that `session.toml` declares stand as they are.
    """
    from kafe.deidentify import deidentify

    sessions = list(sessions)
    found = {
        text for session in sessions for question, text in session.questions.items() if question == slug(text)
    }
    labels = sorted({note.group for note in notes} | {note.round for note in notes} | found)
    raw = [RawNote(str(at), "", "fritekst", label) for at, label in enumerate(labels)]
    clean = deidentify(raw, nlp=None, names=names, key=key, keep=keep).notes
    new = {label: note.text for label, note in zip(labels, clean, strict=True)}
    ids = {slug(text): slug(new[text]) for text in found}
    return [
        replace(
            note, group=new[note.group], round=new[note.round], question=ids.get(note.question, note.question)
        )
        for note in notes
    ], [
        replace(
            session,
            questions={
                ids.get(question, question): new.get(text, text) if question in ids else text
                for question, text in session.questions.items()
            },
        )
        for session in sessions
    ]
