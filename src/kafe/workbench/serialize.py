"""What the browser is shown of the material: notes with their context, and choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from kafe.origins import Act, parse_origin
from kafe.records import Coding, Note, Suggestion, text_hash
from kafe.workbench.material import CodingMaterial

Shown = dict[str, Any]


def codes(material: CodingMaterial) -> list[Shown]:
    """Return the codes of the codebook, each with the names `above` it in the tree."""
    codebook = material.codebook
    return [
        {**asdict(code), "above": [step.name for step in codebook.path(code.id)[:-1]]}
        for code in codebook.codes
    ]


def choices(values: Iterable[str], names: Mapping[str, str]) -> list[list[str]]:
    """Return the different values, each with the words for it."""
    return [[value, names.get(value, value)] for value in sorted(set(values) - {""})]


def note(material: CodingMaterial, one: Note) -> Shown:
    """Return a note's text, context and units."""
    units = material.units.get(one.id, ((0, len(one.text)),))
    return {
        "id": one.id,
        "text": one.text,
        "hash": text_hash(one.text),
        "units": [list(span) for span in units],
        "context": {
            "session": material.titles.get(one.session, one.session),
            "question": material.questions.get(one.question, one.question),
            "table": one.table,
            "round": one.round,
            "group": one.group,
            "date": one.date,
            "votes": one.votes,
        },
    }


def coding(one: Coding) -> Shown:
    """Return a coding as it is shown on its note."""
    return {
        "id": one.id,
        "start": one.start,
        "end": one.end,
        "code": one.code,
        "memo": one.memo,
        "suggested": parse_origin(one.origin).act is Act.ACCEPTED,
    }


def suggestion(one: Suggestion) -> Shown:
    """Return a suggestion as it is shown on its note."""
    return {
        "start": one.start,
        "end": one.end,
        "code": one.code,
        "source": one.source.partition(":")[0],
        "reason": one.reason,
    }
