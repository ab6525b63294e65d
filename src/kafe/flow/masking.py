"""Masking of every text that enters: labels of the source, texts stored before a name was known, memos."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kafe.flow.project import Project
from kafe.ingest import ColumnAccount, Ingested, RawNote, SourceSession, read_project, short_id
from kafe.records import KafeError, Note, Problem
from kafe.settings import key_folder

if TYPE_CHECKING:
    from kafe.deidentify import KeyTable
    from kafe.store import Mask, Store


def read_source(raw: Path) -> Ingested:
    """Return what lies under `raw`; where there is no such folder, nothing and a problem that says so."""
    try:
        return read_project(raw)
    except KafeError as error:
        where = f"{raw.parent.name}/{raw.name}"
        problem = replace(Problem.of(error), file=where)
        return Ingested((), (), (), (problem,), (), ())


def mask_labels(
    notes: Sequence[Note],
    sessions: Iterable[SourceSession],
    *,
    names: Iterable[str],
    key: KeyTable,
    keep: Iterable[str],
) -> tuple[list[Note], list[SourceSession]]:
    """Return notes and sessions whose rounds, groups and questions hold no direct identifiers.

    Questions and groups may come from headings and cells that anyone wrote. They are searched by
    lists, patterns and the names found in the notes, not by the model: a lone word such as a group's
    name gives it nothing to judge by. Questions that `session.toml` declares stand as they are.
    """
    from kafe.deidentify import deidentify

    sessions = list(sessions)
    found = {
        text
        for session in sessions
        for question, text in session.questions.items()
        if question == short_id(text)
    }
    labels = sorted({note.group for note in notes} | {note.round for note in notes} | found)
    raw = [RawNote(str(at), "", "fritekst", label) for at, label in enumerate(labels)]
    clean = deidentify(raw, nlp=None, names=names, key=key, keep=keep).notes
    new = {label: note.text for label, note in zip(labels, clean, strict=True)}
    ids = {short_id(text): short_id(new[text]) for text in found}
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


def mask_headers(
    columns: Sequence[ColumnAccount], *, names: Iterable[str], key: KeyTable, keep: Iterable[str]
) -> list[ColumnAccount]:
    """Return the columns with headers and sheet names that hold no direct identifiers: anyone may have written them."""
    from kafe.deidentify import deidentify

    labels = sorted({label for column in columns for label in (column.header, column.sheet)})
    raw = [RawNote(f"{at:06}", "", "fritekst", label) for at, label in enumerate(labels)]
    clean = deidentify(raw, nlp=None, names=names, key=key, keep=keep).notes
    new = {label: note.text for label, note in zip(labels, clean, strict=True)}
    return [replace(column, header=new[column.header], sheet=new[column.sheet]) for column in columns]


def late_mask(project: Project) -> Mask:
    """Return what masks identifiers in texts that were stored before they were known."""
    return _mask(project, project.settings.project.municipalities, by_model=True)


def memo_mask(project: Project, coders: Iterable[str]) -> Mask:
    """Return what masks identifiers in memos: by the project's names, kafe's lists and patterns.

    Not by the language model, whose guesses would change what people have written for good. Coders' names
    stand, unless one of the participants is known by the same name.
    """
    from kafe.deidentify import KeyTable

    key = KeyTable.load(key_folder(project.settings.project.id))
    known = {part.casefold() for name in key.names() for part in (name, *name.split())}
    mine = {form for name in coders if name.casefold() not in known for form in (name, name.capitalize())}
    return _mask(project, {*project.settings.project.municipalities, *mine}, by_model=False)


def mask_memos(project: Project, store: Store) -> int:
    """Return how many memos in the store had identifiers that are masked now."""
    return store.remask_memos(memo_mask(project, store.coders()))


def _mask(project: Project, keep: Iterable[str], *, by_model: bool) -> Mask:
    from kafe.deidentify import KeyTable, deidentify, read_names
    from kafe.ingest import RawNote

    key = KeyTable.load(key_folder(project.settings.project.id))
    names = read_names(project.paths.names)

    def mask(texts: Sequence[str]) -> list[str]:
        raw = [RawNote(f"{number:09}", "", "fritekst", text) for number, text in enumerate(texts)]
        nlp = project.nlp if by_model else None
        again = deidentify(raw, nlp=nlp, names=names, key=key, keep=keep)
        key.save()
        return [note.text for note in again.notes]

    return mask
