"""Ids that follow a note's session and content, not its file, row or format."""

import hashlib
from collections import defaultdict

from kafe.ingest.records import RawNote


def assign_ids(notes: list[RawNote]) -> list[str]:
    """Return an id for each note: `n-` and the first 12 hexadecimal digits of a SHA-256.

    Hashed are session, question, table, round, group, the text with its white space collapsed, and
    a number that tells identical notes apart. That number follows date, municipality, votes and
    source, so it does not depend on the order in which the notes come.
    """
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, note in enumerate(notes):
        words = " ".join(note.text.split())
        same[note.session, note.question, note.table, note.round, note.group, words].append(index)
    ids = [""] * len(notes)
    for key, indices in same.items():
        indices.sort(key=lambda index: (*_order(notes[index]), index))
        for occurrence, index in enumerate(indices, 1):
            content = "\x1f".join((*key, str(occurrence)))
            ids[index] = "n-" + hashlib.sha256(content.encode("utf-8")).hexdigest()[:12]
    return ids


def find_duplicates(notes: tuple[RawNote, ...]) -> tuple[tuple[str, ...], ...]:
    """Return groups of ids (two or more) of notes with the same session and the same text."""
    same: dict[tuple[str, str], list[str]] = defaultdict(list)
    for note in notes:
        same[note.session, " ".join(note.text.split())].append(note.id)
    return tuple(tuple(ids) for ids in same.values() if len(ids) > 1)


def _order(note: RawNote) -> tuple[str, str, int, str]:
    return note.date, note.municipality, note.votes, note.source_file
