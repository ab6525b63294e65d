"""What notebooks work with: the tables of the stages, for the whole material or a selection of it."""

from __future__ import annotations

import ast
import os
from functools import cached_property
from pathlib import Path
from typing import Any

from kafe.flow.project import Project, Row
from kafe.records import Codebook, KafeError, Note
from kafe.text import tekst

READS = "KAFE_READS"
"""Names, separated by commas, of the stages that a notebook says it reads (its metadata `kafe.reads`)."""


class Results:
    """The tables of a project, narrowed to a session, a group or a municipality.

    `selection` maps `session`, `group`, `municipality` to a value; an empty value selects all.
    Raises KafeError when a value occurs in no note, naming those that do.
    """

    def __init__(self, project: Project, selection: dict[str, str]):
        self.project = project
        self.settings = project.settings
        self.selection = {key: value for key, value in selection.items() if value}
        for key, value in self.selection.items():
            known = sorted({getattr(note, key) for note in project.notes()} - {""})
            if value not in known:
                raise KafeError(
                    tekst("flow.selection.unknown", name=key, value=value),
                    remedy=tekst("flow.selection.remedy", known=", ".join(known)),
                )

    @cached_property
    def notes(self) -> list[Note]:
        """The selected notes, in order of id."""
        return [
            note
            for note in self.project.notes()
            if all(getattr(note, key) == value for key, value in self.selection.items())
        ]

    @cached_property
    def _ids(self) -> set[str]:
        return {note.id for note in self.notes}

    @cached_property
    def questions(self) -> dict[str, str]:
        """Question id → text, over all sessions."""
        return {
            key: text
            for row in self.project.tables("notes")["sessions"]
            for key, text in row["questions"].items()
        }

    @cached_property
    def codebook(self) -> Codebook:
        """The project's codebook."""
        from kafe.coding import load_codebook

        return load_codebook(self.project.paths.codebook)

    def rows(self, stage: str, table: str) -> list[Row]:
        """Return a table of a stage; rows about notes outside the selection are left out.

        Raises KafeError when the notebook has not said that it reads the stage: then a change
        there would not make its report anew.
        """
        declared = os.environ.get(READS)
        if declared is not None and stage not in declared.split(","):
            raise KafeError(tekst("flow.reads.undeclared", stage=stage))
        rows = self.project.tables(stage)[table]
        if not self.selection or not isinstance(rows, list):
            return rows
        return [
            row for row in rows if not isinstance(row, dict) or row.get("note_id", "") in {"", *self._ids}
        ]


def start(project: str = "", **selection: str) -> Results:
    """Return the results that a notebook shows; runs what must run first.

    Called in the cell after the parameters, with every parameter by name. Raises KafeError for a
    parameter that was injected (papermill -p) but that the notebook does not have.
    """
    _refuse_unknown_parameters({"project", *selection})
    at = Project(Path(project) if project else Path())
    if READS not in os.environ:
        from kafe.flow.run import bring_up_to_date

        bring_up_to_date(at)
    return Results(at, selection)


def _refuse_unknown_parameters(known: set[str]) -> None:
    unknown = sorted(_injected_names() - known)
    if unknown:
        raise KafeError(
            tekst("flow.parameters.unknown", names=", ".join(unknown)),
            remedy=tekst("flow.parameters.remedy", known=", ".join(sorted(known))),
        )


def _injected_names() -> set[str]:
    """Return the names assigned in the cell that papermill injected into this kernel, if any."""
    try:
        from IPython import get_ipython
    except ImportError:
        return set()
    shell: Any = get_ipython()
    cells = shell.user_ns.get("In", []) if shell else []
    for source in reversed(cells):
        if source.startswith("# Parameters\n"):
            return {
                target.id
                for node in ast.parse(source).body
                if isinstance(node, ast.Assign)
                for target in node.targets
                if isinstance(target, ast.Name)
            }
    return set()
