"""The coding workbench of a project: its material from the stored tables, and its store."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kafe.codebook import load_codebook
from kafe.codings import in_reading_order
from kafe.flow import READS, Project
from kafe.records import Codebook, KafeError, Note, Suggestion
from kafe.store import open_store
from kafe.views.results import Results
from kafe.workbench import BatchExplanation, CodingMaterial, merge_suggestions

if TYPE_CHECKING:
    from kafe.workbench import Workbench


def open_workbench(
    results: Results, coder: str = "", *, consensus: bool = False
) -> Workbench | BatchExplanation:
    """Return the workbench for all of a project's notes, to be shown as the last line of a cell.

    `coder` names who codes; empty: whoever coded last on this machine, or the workbench asks. With
    `consensus` the codings of all who have finished the same notes are shown side by side, to be settled;
    `coder` is then who writes for them, empty (or «konsensus»): all of them. In a batch run a short
    explanation is returned instead, and nothing is opened. Raises KafeError where the store cannot be opened.
    """
    if READS in os.environ:
        return BatchExplanation(consensus=consensus)
    from kafe.workbench import open_workbench as open_widget

    project = results.project
    store = open_store(project.paths, project.settings)
    material = load_material(project, store.notes())
    return open_widget(store, material, project.settings.project.id, coder, consensus=consensus)


def load_material(project: Project, notes: Iterable[Note]) -> CodingMaterial:
    """Return the notes with what the stages left about them; a codebook that cannot be read is a `problem`."""
    problem, codebook = "", Codebook((), "")
    try:
        codebook = load_codebook(project.paths.codebook)
    except KafeError as error:
        problem = str(error)
    units: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in project.tables.units.units:
        units[row["note_id"]].append((row["start"], row["end"]))
    coding, sessions = project.tables.coding, project.tables.notes.sessions
    return CodingMaterial(
        notes=in_reading_order(notes),
        codebook=codebook,
        units={note_id: tuple(sorted(spans)) for note_id, spans in units.items()},
        suggestions=merge_suggestions(
            Suggestion(**row) for row in (*coding.suggestions, *coding.model_suggestions)
        ),
        questions={key: text for row in sessions for key, text in row["questions"].items()},
        titles={row["id"]: row["title"] for row in sessions},
        problem=problem,
        turn={note_id: place for place, note_id in enumerate(coding.order)},
    )
