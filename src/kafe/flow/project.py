"""One project folder at work: its settings, paths, pipeline, and the tables that stages leave behind."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kafe.flow.fingerprints import KnownHashes, fingerprint
from kafe.flow.tables.stored import Tables
from kafe.records import Code, Codebook, Note, Unit
from kafe.settings import Paths, Settings, find_project, load_settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


class Project:
    """The project that `start` lies in, or is. Raises KafeError when there is none or its settings are bad."""

    def __init__(self, start: Path):
        self.root = find_project(start)
        self.paths = Paths(self.root)
        self.settings: Settings = load_settings(self.root)

    @cached_property
    def nlp(self) -> Language:
        """The language pipeline of the settings, loaded once."""
        from kafe.language.models import load_pipeline, resolve_model

        return load_pipeline(resolve_model(self.settings.language.model, self.root))

    @cached_property
    def docs(self) -> dict[str, Doc]:
        """Note id → annotated document of the de-identified text."""
        from kafe.language import AnnotationCache, annotate

        texts = {note.id: note.text for note in self.notes()}
        return annotate(texts, self.nlp, AnnotationCache(self.paths.cache / "annotations.spacy"))[0]

    @property
    def results(self) -> Path:
        """The folder of the stages' tables."""
        return self.paths.cache / "results"

    @property
    def tables(self) -> Tables:
        """The tables that the stages left, as they are now. A stage that has not run raises KafeError when it is read."""
        return Tables(self.results)

    @cached_property
    def hashes(self) -> KnownHashes:
        """What gives the hash of a file that kafe made."""
        return KnownHashes(self.paths.cache / "hashes.json")

    def stage_hash(self, stage: str) -> str:
        """Return a hash of all tables that a stage left."""
        folder = self.results / stage
        return fingerprint({path.name: self.hashes(path) for path in sorted(folder.glob("*.json"))})

    def notes(self) -> list[Note]:
        """Return the de-identified notes in order of id."""
        return [Note(**row) for row in self.tables.notes.notes]

    def withdrawn(self) -> list[Note]:
        """Return the notes that are no longer in their source; people's work on them still counts as known."""
        return [Note(**row) for row in self.tables.notes.withdrawn]

    def codebook(self) -> Codebook:
        """Return the codebook that the coding stage read; without codes when the file could not be used."""
        tables = self.tables.coding
        rows: list[dict[str, Any]] = [
            {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
            for row in tables.codes
        ]
        codes = tuple(Code(**row) for row in rows)
        return Codebook(codes, tables.codebook["version"], tables.codebook["title"])

    def units(self) -> list[Unit]:
        """Return the units of all notes."""
        return [
            Unit(row["note_id"], row["start"], row["end"], row["text"]) for row in self.tables.units.units
        ]
