"""Topics: notes matched to the codebook's definitions, then free topics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kafe.flow.project import Project
from kafe.flow.stages.common import as_rows, attempt
from kafe.flow.stages.topic_breakdown import breakdown
from kafe.flow.stages.topic_tables import free_tables, sessions_compared
from kafe.flow.tables.topics import FreeTopics, TopicsTables
from kafe.records import Codebook, Note, Problem
from kafe.topics.edits import doubts, read_edits

if TYPE_CHECKING:
    from kafe.topics import Anchor, TopicInput
    from kafe.topics.vectors import Embedder


def run_topics(project: Project) -> TopicsTables:
    """Match notes to the codebook's definitions, then find free topics; return both with their doubts."""
    from kafe.topics import TopicOptions, anchored, free_topics

    problems: list[Problem] = []
    settings = project.settings
    notes = project.notes()
    columns = topic_input(project, notes)
    codebook = project.codebook()
    edits = attempt(lambda: read_edits(project.paths.topic_edits, codebook), problems)
    anchors = project_anchors(codebook, settings.topics.anchor_roots)
    near = anchored(
        columns.ids,
        columns.texts,
        anchors,
        threshold=settings.topics.anchor_threshold,
        seed=settings.seed,
    )
    free = free_topics(
        columns,
        options=TopicOptions(settings.topics.topics, settings.seed),
        embedder=embedder_of(project),
        edits=edits,
    )
    found = free_tables(free, columns)
    words = project.tables.units
    return TopicsTables(
        anchors=[{"id": anchor.id, "name": anchor.name} for anchor in near.anchors],
        anchored=near.table().to_dict("records"),
        anchored_about={
            "threshold": near.threshold,
            "margin": near.margin,
            "calibrated": near.calibrated,
            "by_chance": near.by_chance,
        },
        unassigned=[{"note_id": note_id} for note_id in near.unassigned()],
        **found,
        breakdown=breakdown(notes, found, settings.privacy),
        rest=_rest(project, notes, set(near.unassigned())),
        compared=sessions_compared(notes, words.lemmas, words.surface, free),
        problems=as_rows([*problems, *doubts(free.notices)]),
    )


def _rest(project: Project, notes: Sequence[Note], unexplained: set[str]) -> FreeTopics:
    """Return the free topics of the notes that no anchor explains: candidates for the codebook."""
    from kafe.topics import TopicOptions, free_topics

    columns = topic_input(project, [note for note in notes if note.id in unexplained])
    options = TopicOptions(seed=project.settings.seed)
    found = free_topics(columns, options=options, embedder=embedder_of(project))
    return free_tables(found, columns)


def topic_input(project: Project, notes: Sequence[Note]) -> TopicInput:
    """Return the notes as topics are made from them, with the lemmas of the stage before."""
    from kafe.topics import TopicInput

    units = project.tables.units
    return TopicInput.of(notes, units.lemmas, units.surface)


def embedder_of(project: Project) -> Embedder:
    """Return what turns the project's texts into vectors; a folder that the settings name is looked up from the project first."""
    from kafe.topics.vectors import Embedder

    chosen = project.settings.topics.embedding
    model = str(project.root / chosen) if (project.root / chosen).is_dir() else chosen
    return Embedder(model, project.paths.cache / "embeddings", project.settings.seed)


def project_anchors(codebook: Codebook, roots: Iterable[str]) -> list[Anchor]:
    """Return an anchor for each codable code (under `roots`, when given): definition, inclusion, examples."""
    from kafe.topics import Anchor

    wanted = set(roots)
    return [
        Anchor(code.id, code.name, (f"{code.name}. {code.definition}", *code.include, *code.examples))
        for code in codebook.codes
        if code.codable
        and code.status != "retired"
        and (not wanted or wanted & {above.id for above in codebook.path(code.id)})
    ]
