"""What a report was made from, so that anyone can make it again and check that it is the same."""

from __future__ import annotations

import platform
from importlib import metadata
from pathlib import Path

from kafe import __version__
from kafe.flow.fingerprints import file_hash
from kafe.flow.project import Project
from kafe.messages import message

LIBRARIES = ("spacy", "scikit-learn", "bertopic", "plotly", "papermill")
HUMAN_WORK = ("codebook", "glossary", "decisions", "links", "pilot", "stakeholders", "indicators")


def provenance(project: Project, notebook: Path, values: dict) -> dict[str, list[tuple[str, str]]]:
    """Return heading → (name, value) pairs: model, versions, parameters, seed, and inputs with hashes.

    Hashes are the first 16 hexadecimal digits of SHA-256. No time of day: the same material gives
    the same report.
    """
    from kafe.language.models import model_identity

    model = model_identity(project.settings.language.model, project.root)
    runs = [
        (message("flow.provenance.model"), model),
        (message("flow.provenance.seed"), str(project.settings.seed)),
        (message("flow.provenance.notebook"), f"{notebook.name} ({_short(file_hash(notebook))})"),
    ]
    versions = [("kafe", __version__), ("Python", platform.python_version())]
    versions += [(name, metadata.version(name)) for name in LIBRARIES]
    settings = [project.paths.settings, *sorted(project.paths.raw.glob("*/session.toml"))]
    inputs = [(path.relative_to(project.root).as_posix(), _short(file_hash(path))) for path in settings]
    inputs += [(f"data/raw/{row['file']}", _short(row["sha256"])) for row in project.tables.notes.files]
    for key in HUMAN_WORK:
        path: Path = getattr(project.paths, key)
        if path.is_file():
            inputs.append((path.relative_to(project.root).as_posix(), _short(file_hash(path))))
    for path in sorted(project.paths.codings.glob("*.csv")):
        inputs.append((path.relative_to(project.root).as_posix(), _short(file_hash(path))))
    return {
        message("flow.provenance.run"): runs,
        message("flow.provenance.parameters"): [(name, str(value)) for name, value in sorted(values.items())],
        message("flow.provenance.versions"): versions,
        message("flow.provenance.inputs"): inputs,
    }


def _short(digest: str) -> str:
    return digest[:16]
