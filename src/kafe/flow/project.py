"""One project folder at work: its settings, paths, pipeline, and the tables that stages leave behind."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kafe.files import write_text
from kafe.messages import said
from kafe.records import KafeError, Note, Unit
from kafe.settings import Paths, Settings, find_project, load_settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Tables = dict[str, Any]


class Project:
    """The project that `start` lies in, or is. Raises KafeError when there is none or its settings are bad."""

    def __init__(self, start: Path):
        self.root = find_project(start)
        self.paths = Paths(self.root)
        self.settings: Settings = load_settings(self.root)

    @cached_property
    def nlp(self) -> Language:
        """The language pipeline of the settings, loaded once."""
        from kafe.language.pipeline import load_pipeline, resolve_model

        return load_pipeline(resolve_model(self.settings.language.model, self.root))

    @cached_property
    def docs(self) -> dict[str, Doc]:
        """Note id → annotated document of the de-identified text."""
        from kafe.language.annotate import AnnotationCache, annotate

        texts = {note.id: note.text for note in self.notes()}
        return annotate(texts, self.nlp, AnnotationCache(self.paths.cache / "annotations.spacy"))[0]

    def result_path(self, stage: str) -> Path:
        """Return where a stage's tables lie."""
        return self.paths.cache / "results" / f"{stage}.json"

    def tables(self, stage: str) -> Tables:
        """Return the tables that a stage left. Raises KafeError when it has not run."""
        try:
            return json.loads(self.result_path(stage).read_text(encoding="utf-8"), object_hook=said)
        except FileNotFoundError as error:
            raise KafeError(
                f"Steget «{stage}» er ikke kjørt.", file=str(self.root.name), remedy="Kjør «kafe run»."
            ) from error

    def save_tables(self, stage: str, tables: Tables) -> None:
        """Write a stage's tables; the same tables give the same bytes."""
        write_text(self.result_path(stage), json.dumps(tables, ensure_ascii=False, indent=0) + "\n")

    def notes(self) -> list[Note]:
        """Return the de-identified notes in order of id."""
        return [Note(**row) for row in self.tables("notes")["notes"]]

    def units(self) -> list[Unit]:
        """Return the units of all notes."""
        return [
            Unit(row["note_id"], row["start"], row["end"], row["text"])
            for row in self.tables("units")["units"]
        ]


def read_json(path: Path) -> dict[str, Any]:
    """Return what a JSON file holds; empty when it is missing or damaged (it can be made anew)."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
