"""A project's own copies of the notebooks: made, and brought up to date without overwriting anyone's work."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any, Literal

from kafe import __version__
from kafe.files import write_text
from kafe.flow import Project, notebooks
from kafe.messages import message


@dataclass(frozen=True)
class NotebookUpdate:
    """What was done with one notebook: `copied`, `updated`, `current`, or `kept` since somebody has edited it.

    `changes` are the lines that differ between the edited copy and what comes with this kafe, as a unified diff.
    """

    name: str
    state: Literal["copied", "updated", "current", "kept"]
    changes: tuple[str, ...] = ()


def update_notebooks(folder: Path) -> list[NotebookUpdate]:
    """Copy the notebooks that are missing in `folder`, renew those that nobody has edited, and list them all."""
    return [_update(shipped, folder / shipped.name) for shipped in _shipped()]


def own_notebooks(project: Project) -> tuple[Path, list[NotebookUpdate]]:
    """Return the project's own folder of notebooks, and what was copied or renewed to make it usable.

    A project whose notebooks are all its own, none of them kafe's copies, is left as it is.
    """
    own = notebooks.own_notebooks(project)
    if own and not any(notebooks.copied_as(path) for path in own):
        return project.paths.notebooks, []
    done = update_notebooks(project.paths.notebooks)
    return project.paths.notebooks, [one for one in done if one.state in ("copied", "updated")]


def _shipped() -> list[Path]:
    return sorted(notebooks.bundled_notebooks().glob("[0-9]*.ipynb"))


def _update(shipped: Path, copy: Path) -> NotebookUpdate:
    if not copy.exists():
        _copy(shipped, copy)
        return NotebookUpdate(copy.name, "copied")
    now, new = notebooks.content_of(copy), notebooks.content_of(shipped)
    if now == new:
        return NotebookUpdate(copy.name, "current")
    if now == notebooks.copied_as(copy):
        changes = _changes(copy, shipped)
        _copy(shipped, copy)
        return NotebookUpdate(copy.name, "updated", changes)
    return NotebookUpdate(copy.name, "kept", _changes(copy, shipped))


def _copy(shipped: Path, copy: Path) -> None:
    notebook: dict[str, Any] = json.loads(shipped.read_text(encoding="utf-8"))
    stamp = {"copied": notebooks.content_of(shipped), "version": __version__}
    notebook["metadata"]["kafe"] = notebook["metadata"].get("kafe", {}) | stamp
    write_text(copy, json.dumps(notebook, ensure_ascii=False, indent=1) + "\n")


def _changes(copy: Path, shipped: Path) -> tuple[str, ...]:
    old, new = _lines(copy), _lines(shipped)
    return tuple(
        unified_diff(
            old, new, message("flow.notebook.yours"), message("flow.notebook.ours"), n=1, lineterm=""
        )
    )


def _lines(notebook: Path) -> list[str]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [line for cell in cells for line in "".join(cell["source"]).split("\n")]
