"""Topics: notes matched to the codebook's definitions, then free topics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kafe.flow.project import Project, Tables
from kafe.flow.stages.common import attempt, codebook_of
from kafe.flow.stages.topic_breakdown import breakdown
from kafe.flow.stages.topic_tables import free_tables, meetings_compared
from kafe.records import Codebook, Note, Problem
from kafe.topics.edits_file import doubts, read_edits


def run_topics(project: Project) -> Tables:
    """Match notes to the codebook's definitions, then find free topics; return both with their doubts."""
    from kafe.topics.anchors import anchored
    from kafe.topics.edits import Edits
    from kafe.topics.free import free_topics

    problems: list[Problem] = []
    settings = project.settings
    notes = project.notes()
    ids, texts = [note.id for note in notes], [note.text for note in notes]
    tables = project.tables("units")
    lemmas = [tables["lemmas"][note_id] for note_id in ids]
    codebook = codebook_of(project)
    edits = attempt(lambda: read_edits(project.paths.topic_edits, codebook), problems) or Edits()
    anchors = project_anchors(codebook, settings.topics.anchor_roots)
    near = anchored(
        ids,
        texts,
        anchors,
        threshold=settings.topics.anchor_threshold,
        seed=settings.seed,
    )
    free = free_topics(
        ids,
        texts,
        lemmas,
        seed=settings.seed,
        n_topics=settings.topics.topics,
        language=[note.language for note in notes],
        source=[note.session for note in notes],
        surface=tables["surface"],
        model=embedding_of(project),
        cache=project.paths.cache / "embeddings",
        edits=edits,
    )
    found = free_tables(free, lemmas)
    return {
        "anchors": [{"id": anchor.id, "name": anchor.name} for anchor in near.anchors],
        "anchored": near.table().to_dict("records"),
        "anchored_about": {"threshold": near.threshold, "margin": near.margin, "calibrated": near.calibrated},
        "unassigned": [{"note_id": note_id} for note_id in near.unassigned()],
        **found,
        "breakdown": breakdown(notes, found, settings.privacy),
        "rest": _rest(project, notes, set(near.unassigned())),
        "compared": meetings_compared(notes, tables["lemmas"], free, tables["surface"]),
        "problems": [problem.row() for problem in [*problems, *doubts(free.notices)]],
    }


def _rest(project: Project, notes: Sequence[Note], unexplained: set[str]) -> Tables:
    """Return the free topics of the notes that no anchor explains: candidates for the codebook."""
    from kafe.topics.free import free_topics

    tables = project.tables("units")
    own = [note for note in notes if note.id in unexplained]
    lemmas = [tables["lemmas"][note.id] for note in own]
    found = free_topics(
        [note.id for note in own],
        [note.text for note in own],
        lemmas,
        seed=project.settings.seed,
        language=[note.language for note in own],
        source=[note.session for note in own],
        surface=tables["surface"],
        model=embedding_of(project),
        cache=project.paths.cache / "embeddings",
    )
    return free_tables(found, lemmas)


def embedding_of(project: Project) -> str:
    """Return the embedding that the settings name; a folder is looked up from the project first."""
    chosen = project.settings.topics.embedding
    return str(project.root / chosen) if (project.root / chosen).is_dir() else chosen


def project_anchors(codebook: Codebook, roots: Iterable[str]) -> list[Any]:
    """Return an anchor for each codable code (under `roots`, when given): definition, inclusion, examples."""
    from kafe.topics.anchors import Anchor

    wanted = set(roots)
    return [
        Anchor(code.id, code.name, (f"{code.name}. {code.definition}", *code.include, *code.examples))
        for code in codebook.codes
        if code.codable
        and code.status != "retired"
        and (not wanted or wanted & {above.id for above in codebook.path(code.id)})
    ]
