"""The project's notebooks: where they are, what they say about themselves, and which report they make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from kafe.flow.fingerprints import fingerprint, read_json
from kafe.flow.project import Project
from kafe.messages import message
from kafe.records import KafeError, text_hash

READS = "KAFE_READS"
"""Names, separated by commas, of the stages or tables that a notebook says it reads (`kafe.reads`)."""
LONGEST_NAME = 80


def own_notebooks(project: Project) -> list[Path]:
    """Return the numbered notebooks in the project's own `notebooks/`, in order."""
    return sorted(project.paths.notebooks.glob("[0-9]*.ipynb"))


def notebooks_folder(project: Project) -> Path:
    """Return the project's own `notebooks/` when it has any, and the ones that come with kafe otherwise."""
    return project.paths.notebooks if own_notebooks(project) else bundled_notebooks()


def bundled_notebooks() -> Path:
    """Return the folder of kafe's notebooks: inside the installed package, or beside `src` in a clone."""
    package = Path(str(resources.files("kafe")))
    inside = package / "notebooks"
    return inside if inside.is_dir() else package.parent.parent / "notebooks"


def find_notebooks(project: Project, names: Sequence[str]) -> list[Path]:
    """Return the notebooks called `names` (with or without ending), all when none is named.

    A copy that nobody has edited and that came with an earlier kafe is left for the one that comes with this.
    Raises KafeError for a name that no notebook has, listing those there are.
    """
    known = {path.stem: _usable(path) for path in sorted(notebooks_folder(project).glob("[0-9]*.ipynb"))}
    chosen = []
    for name in names or known:
        stem = Path(name).stem if name.endswith(".ipynb") else name
        if stem not in known:
            raise KafeError(
                message("flow.notebook.unknown", name=name),
                remedy=message("flow.notebook.remedy", known=", ".join(known)),
            )
        chosen.append(known[stem])
    return chosen


def _usable(copy: Path) -> Path:
    shipped = bundled_notebooks() / copy.name
    outdated = (
        copied_as(copy) == content_of(copy) and shipped.is_file() and content_of(shipped) != content_of(copy)
    )
    return shipped if outdated else copy


def content_of(notebook: Path) -> str:
    """Return a hash of the notebook's cells: kinds and sources, no outputs and no metadata."""
    cells = read_json(notebook).get("cells", [])
    return fingerprint([[cell["cell_type"], "".join(cell["source"])] for cell in cells])


def copied_as(notebook: Path) -> str:
    """Return the content that a copy had when kafe made it; empty for a notebook that kafe did not copy."""
    return str(_metadata(notebook).get("kafe", {}).get("copied", ""))


def report_path(project: Project, notebook: Path, values: dict) -> Path:
    """Return the report's file: the notebook's name, and the parameters' values where any are given.

    Values that cannot be part of a file's name as they are also leave a mark, so that no two
    selections share a file.
    """
    whole = "-".join([notebook.stem, *(f"{key}-{value}" for key, value in sorted(values.items()))])
    name = re.sub(r"[^\w-]+", "-", whole).strip("-")[:LONGEST_NAME]
    if name != whole:
        name = f"{name}-{text_hash(whole)[:6]}"
    return project.paths.reports / f"{name}.html"


def notebook_reads(notebook: Path, values: dict | None = None) -> list[str]:
    """Return the stages, or single tables (`stage.table`), that the notebook's metadata says it reads.

    A selection (`values`) is checked against the notes, so it reads them too.
    """
    reads = set(_metadata(notebook).get("kafe", {}).get("reads", []))
    return sorted(reads | {"notes"} if values else reads)


def notebook_title(notebook: Path) -> str:
    """Return the title in the notebook's metadata, or its name."""
    return str(_metadata(notebook).get("title", notebook.stem))


def _metadata(notebook: Path) -> dict:
    return read_json(notebook).get("metadata", {})


def notebook_answers(notebook: Path) -> str:
    """Return the one line in the metadata that says which question the report answers."""
    return str(_metadata(notebook).get("kafe", {}).get("answers", ""))
