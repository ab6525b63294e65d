"""What notebooks work with: the tables of the stages, for the whole material or a selection of it."""

from __future__ import annotations

import ast
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from kafe.flow import READS, Project, theme_names
from kafe.flow.tables import Tables
from kafe.messages import message
from kafe.pilot import Membership
from kafe.privacy import hide_small_counts, may_quote
from kafe.records import Codebook, Coding, KafeError, Note, Row, Suggestion

AboutNote = TypeVar("AboutNote", bound=Mapping[str, Any])


def check_declared(stage: str, table: str = "") -> None:
    """Raise KafeError when a report is made and its notebook has not said that it reads a stage or a table of it."""
    declared = os.environ.get(READS)
    name = f"{stage}.{table}" if table else stage
    if declared is not None and not {stage, name} & set(declared.split(",")):
        raise KafeError(message("flow.reads.undeclared", stage=name))


class Results:
    """The tables of a project, narrowed to a session, a group or a municipality.

    `selection` maps `session`, `group`, `municipality` to a value; an empty value selects all.
    `query` is what the reader searches for, as given. Raises KafeError when a value occurs in no note,
    naming those that do.
    """

    def __init__(self, project: Project, selection: dict[str, str], query: str = ""):
        self.project = project
        self.settings = project.settings
        self.query = query.strip()
        self.selection = {key: value for key, value in selection.items() if value}
        for key, value in self.selection.items():
            known = sorted({getattr(note, key) for note in project.notes()} - {""})
            if value not in known:
                raise KafeError(
                    message("flow.selection.unknown", name=key, value=value),
                    remedy=message("flow.selection.remedy", known=", ".join(known)),
                )

    @cached_property
    def notes(self) -> list[Note]:
        """The selected notes, in order of id."""
        check_declared("notes")
        return [
            note
            for note in self.project.notes()
            if all(getattr(note, key) == value for key, value in self.selection.items())
        ]

    @cached_property
    def questions(self) -> dict[str, str]:
        """Question id → text, over all sessions."""
        return {key: text for row in self.tables.notes.sessions for key, text in row["questions"].items()}

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook that the coding stage read; without codes when the file could not be used."""
        check_declared("coding")
        return self.project.codebook()

    @cached_property
    def names(self) -> dict[str, str]:
        """Theme id → name: codes, anchored themes (which are codes) and free topics."""
        return theme_names(self.tables.coding.codes, self.tables.topics.topics)

    @cached_property
    def tables(self) -> Tables:
        """The tables of the stages, for the whole material, e.g. `tables.topics.about`.

        Reading one raises KafeError when the notebook has not said that it reads it: then a change there would
        not make its report anew.
        """
        return Tables(self.project.results, check_declared)

    def selected(self, rows: Sequence[AboutNote]) -> Sequence[AboutNote]:
        """Return the rows about selected notes: those whose `note_id` is that of one."""
        if not self.selection:
            return rows
        return [row for row in rows if row["note_id"] in self.by_id]

    @cached_property
    def by_id(self) -> dict[str, Note]:
        """Note id → selected note."""
        return {note.id: note for note in self.notes}

    @cached_property
    def codings(self) -> list[Coding]:
        """People's codings of the selected notes."""
        return [Coding(**row) for row in self.selected(self.tables.coding.codings)]

    @cached_property
    def counting(self) -> list[Coding]:
        """Those that count: what people have agreed on where they have, each person's own elsewhere."""
        return [coding for coding in self.codings if coding.id not in self.replaced]

    @cached_property
    def replaced(self) -> set[str]:
        """The ids of people's codings that a consensus has replaced."""
        return set(self.tables.coding.replaced)

    @cached_property
    def suggestions(self) -> list[Suggestion]:
        """The rules' suggestions for the selected notes."""
        return [Suggestion(**row) for row in self.selected(self.tables.coding.suggestions)]

    @cached_property
    def memberships(self) -> list[Membership]:
        """Which selected notes belong to which themes, by origin."""
        return [Membership(*row) for row in self.tables.pilot.memberships if row[0] in self.by_id]

    def counts(
        self, field: str, labels: Mapping[str, str] | None = None, *, private: bool = True
    ) -> list[Row]:
        """Return number of notes by a field; where it is `private`, small counts are hidden.

        Keys: the field, `label` (from `labels`, or the value, or a word for unknown) and `notes` (None:
        hidden, together with as many others as it takes that the total does not reveal it). Ordered by
        the number of notes, then label.
        """
        found = Counter(str(getattr(note, field)) for note in self.notes)
        unknown = message("flow.unknown")
        rows: list[Row] = [
            {field: value, "label": (labels or {}).get(value, value) or unknown, "notes": count}
            for value, count in found.items()
        ]
        rows.sort(key=lambda row: (-found[row[field]], row["label"]))
        return hide_small_counts(rows, "notes", self.settings.privacy, totals=[()]) if private else rows

    def quotes(
        self, note_ids: Iterable[str], limit: int = 3, scores: Mapping[str, float] | None = None
    ) -> list[Row]:
        """Return notes that may be quoted: note_id, text, session title, table, group.

        The highest of `scores` (note id → how well it fits) come first, then those with most votes.

        Only notes of selected groups with at least `privacy.quote_from` notes; a group that is not
        known counts as one. At most one note a table while others remain, so that more voices are heard.
        """
        wanted = self.quotable & set(note_ids)
        fitting = [note for note in self.notes if note.id in wanted]
        fits = scores or {}
        fitting.sort(key=lambda note: (-fits.get(note.id, 0.0), -note.votes, note.id))
        seen: Counter[tuple[str, str]] = Counter()
        rounds = []
        for note in fitting:
            rounds.append((seen[note.session, note.table], note))
            seen[note.session, note.table] += 1
        chosen = [note for _, note in sorted(rounds, key=lambda pair: pair[0])][:limit]
        return [
            {
                "note_id": note.id,
                "text": note.text,
                "session": self.session_titles.get(note.session, note.session),
                "table": note.table,
                "group": note.group,
            }
            for note in chosen
        ]

    @cached_property
    def quotable(self) -> set[str]:
        """The ids of the selected notes that may be quoted: those of groups that are large enough."""
        sizes = Counter(note.group for note in self.notes)
        return {note.id for note in self.notes if may_quote(sizes[note.group], self.settings.privacy)}

    def counted(self, rows: Sequence[Row], column: str = "notes", linked: Sequence[str] = ()) -> list[Row]:
        """Return rows that count the selected notes; small counts are hidden where one group or municipality is.

        Counts over the whole material or a session point at nobody; counts within a group may.
        `linked` columns are hidden with the count.
        """
        if not {"group", "municipality"} & self.selection.keys():
            return [dict(row) for row in rows]
        return hide_small_counts(rows, column, self.settings.privacy, linked=linked)

    def hidden(self, rows: Iterable[Row] = (), column: str = "notes") -> str:
        """Return how a hidden count of these rows is written: «<5» by the settings, or «skjult»."""
        marks = (row[f"{column}_shown"] for row in rows if row[column] is None and f"{column}_shown" in row)
        return next(marks, message("pilot.privacy.below", limit=self.settings.privacy.hide_below))

    @cached_property
    def session_titles(self) -> dict[str, str]:
        """Session id → title."""
        return {row["id"]: row["title"] for row in self.tables.notes.sessions}


def start(project: str = "", *, sporring: str | None = None, **selection: str) -> Results:
    """Return the results that a notebook shows; runs what must run first.

    Called in the cell after the parameters, with every parameter by name (`sporring`, a query, where the
    notebook has it). Raises KafeError for a parameter that was injected (papermill -p) but that the
    notebook does not have.
    """
    known = {"project", *selection}
    _refuse_unknown_parameters(known if sporring is None else known | {"sporring"})
    at = Project(Path(project) if project else Path())
    if READS not in os.environ:
        from kafe.flow import bring_up_to_date

        bring_up_to_date(at)
    return Results(at, selection, sporring or "")


def _refuse_unknown_parameters(known: set[str]) -> None:
    unknown = sorted(_injected_names() - known)
    if unknown:
        raise KafeError(
            message("flow.parameters.unknown", names=", ".join(unknown)),
            remedy=message("flow.parameters.remedy", known=", ".join(sorted(known))),
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
