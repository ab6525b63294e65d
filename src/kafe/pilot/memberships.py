"""Which note belongs to which theme, and who said so."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kafe.origins import Origin
from kafe.records import Codebook

ORIGINS = (Origin.HUMAN, Origin.RULE, Origin.ANCHOR, Origin.TOPIC)
"""A person's coding, a rule's suggestion, an anchored theme, a free topic: in that order."""


class Membership(NamedTuple):
    """A note belongs to a theme (a code, an anchored theme or a free topic) according to `origin`."""

    note_id: str
    theme_id: str
    origin: Origin


Memberships = Iterable[tuple[str, str, Origin]]
"""Memberships, or plain tuples in the same order."""


def notes_by_theme(memberships: Memberships, origins: Iterable[Origin] = ORIGINS) -> dict[str, set[str]]:
    """Return the ids of the notes under each theme, counting only these origins."""
    wanted = set(origins)
    found: dict[str, set[str]] = {}
    for note_id, theme_id, origin in memberships:
        if origin in wanted:
            found.setdefault(theme_id, set()).add(note_id)
    return found


def themes_by_note(memberships: Memberships) -> dict[str, dict[Origin, list[str]]]:
    """Return each note's themes by origin, sorted; notes without any are not there."""
    found: dict[str, dict[Origin, set[str]]] = {}
    for note_id, theme_id, origin in memberships:
        found.setdefault(note_id, {}).setdefault(origin, set()).add(theme_id)
    return {
        note_id: {origin: sorted(themes) for origin, themes in by_origin.items()}
        for note_id, by_origin in found.items()
    }


def with_ancestors(notes: Mapping[str, set[str]], codebook: Codebook | None) -> dict[str, set[str]]:
    """Return the notes under each theme, those under a code's descendants included."""
    found = {theme: set(ids) for theme, ids in notes.items()}
    if codebook is None:
        return found
    for theme, ids in notes.items():
        if theme in codebook:
            for above in codebook.path(theme)[:-1]:
                found.setdefault(above.id, set()).update(ids)
    return found
