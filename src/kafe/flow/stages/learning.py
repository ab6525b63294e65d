"""What the model learns from the project's codings, as the tables of the coding stage."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from kafe.flow.project import Project
from kafe.records import Codebook, Coding

if TYPE_CHECKING:
    from kafe.store import Store
    from kafe.suggestions import Learned


def learnt(
    project: Project,
    store: Store,
    codebook: Codebook,
    codings: Sequence[Coding],
    finished: Collection[tuple[str, str]],
) -> Learned:
    """Return what the model suggests, how well it does code by code, and the notes in the order that teaches most.

    Apart from the rules' suggestions, so that what counts those does not count the model's.
    """
    from kafe.suggestions import citable_notes, codes_to_learn, is_random_draw, judge, learn

    units = sorted(project.units(), key=lambda unit: (unit.note_id, unit.start, unit.end))
    notes = {note.id: note for note in project.notes()}
    codes = [code.id for code in codes_to_learn(codebook)]
    people = judge(codings, finished, units, codes, store.history(notes))
    return learn(
        units,
        people,
        codebook,
        questions={note.id: note.question for note in notes.values()},
        may_cite=citable_notes(finished, store.assignments()),
        drawn=is_random_draw(store.assignments(), finished, notes.keys()),
        tables={note.id: f"{note.session}\x1f{note.table}" for note in notes.values() if note.table},
        seed=project.settings.seed,
    )
