"""What free topics are made from: notes by column, and how topics are sought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kafe.records import Note


@dataclass(frozen=True, slots=True)
class TopicInput:
    """Notes by column: `ids` and `texts`, and where known `lemmas` of the content words, `languages` and `sources`.

    Languages and sources (empty: unknown) are only for the figures on what topics follow; `places`, such as the
    tables notes were written at (empty: unknown), for whether a topic stands without any one of them. `surface` maps
    lemma → the form to show. Raises ValueError when columns differ in length or an id stands twice.
    """

    ids: Sequence[str]
    texts: Sequence[str]
    lemmas: Sequence[Sequence[str]] | None = None
    languages: Sequence[str] | None = None
    sources: Sequence[str] | None = None
    places: Sequence[str] | None = None
    surface: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        columns = {
            "texts": self.texts,
            "lemmas": self.lemmas,
            "languages": self.languages,
            "sources": self.sources,
            "places": self.places,
        }
        for name, column in columns.items():
            if column is not None and len(column) != len(self.ids):
                raise ValueError(f"{len(self.ids)} ids but {len(column)} {name}")
        if len(set(self.ids)) != len(self.ids):
            raise ValueError("ids must be unique")

    @classmethod
    def of(
        cls, notes: Sequence[Note], lemmas: Mapping[str, Sequence[str]], surface: Mapping[str, str]
    ) -> TopicInput:
        """Return de-identified notes by column, with `lemmas` by note id; a note's session is its source."""
        return cls(
            ids=[note.id for note in notes],
            texts=[note.text for note in notes],
            lemmas=[lemmas[note.id] for note in notes],
            languages=[note.language for note in notes],
            sources=[note.session for note in notes],
            places=[f"{note.session} {note.table}" if note.table else "" for note in notes],
            surface=surface,
        )


@dataclass(frozen=True, slots=True)
class TopicOptions:
    """How free topics are sought: the number of topics (None: by stability), the seed of everything random."""

    n_topics: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if self.n_topics is not None and self.n_topics < 1:
            raise ValueError("n_topics must be at least 1")
