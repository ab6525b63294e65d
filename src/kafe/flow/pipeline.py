"""The five stages in order, each with what it reads and which stages it comes after."""

from __future__ import annotations

from kafe.flow.engine import Stage
from kafe.flow.fingerprints import file_hash, tree_hashes
from kafe.flow.project import Project
from kafe.flow.stages.coding import run_coding
from kafe.flow.stages.notes import run_notes
from kafe.flow.stages.pilot import run_pilot
from kafe.flow.stages.topics import run_topics
from kafe.flow.stages.units import run_units
from kafe.origins import FROM_FILE


def _model(project: Project) -> str:
    from kafe.language.pipeline import model_identity

    return model_identity(project.settings.language.model, project.root)


def _read_by_coding(project: Project) -> object:
    from kafe.store.store import open_store

    with open_store(project.paths, project.settings) as store:
        work = store.revision(apart_from=FROM_FILE)
    files = [file_hash(project.paths.codebook), file_hash(project.paths.names)]
    return [*files, tree_hashes(project.paths.codings), _model(project), work]


def _read_by_pilot(project: Project) -> object:
    paths = project.paths
    read = (paths.pilot, paths.stakeholders, paths.indicators, paths.decisions, paths.glossary)
    return [file_hash(path) for path in read]


STAGES = (
    Stage(
        "notes",
        (),
        lambda project: [
            tree_hashes(project.paths.raw),
            _model(project),
            project.settings.project.model_dump(mode="json"),
            project.settings.store.url,
        ],
        run_notes,
    ),
    Stage("units", ("notes",), _model, run_units),
    Stage("coding", ("notes", "units"), _read_by_coding, run_coding),
    Stage(
        "topics",
        ("notes", "units"),
        lambda project: [
            project.settings.topics.model_dump(mode="json"),
            project.settings.privacy.model_dump(mode="json"),
            project.settings.seed,
            file_hash(project.paths.codebook),
            file_hash(project.paths.topic_edits),
            _model(project),
        ],
        run_topics,
    ),
    Stage("pilot", ("notes", "coding", "topics"), _read_by_pilot, run_pilot),
)
