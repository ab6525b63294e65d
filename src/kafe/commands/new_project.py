"""A new project folder for another group."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from kafe.files import write_text
from kafe.messages import message
from kafe.records import KafeError

NEW_FILES = {
    "kafe.toml": "kafe.toml",
    "gitignore.txt": ".gitignore",
    "kodebok.yaml": "data/coded/kodebok.yaml",
    "ordliste.yaml": "data/coded/ordliste.yaml",
    "session.toml": "data/raw/kafe-1/session.toml",
}


def init_project(folder: Path) -> list[str]:
    """Make a project in a new or empty folder and return the files written, relative to it.

    Raises KafeError when the folder holds anything already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise KafeError(
            message("flow.init.not_empty"), file=str(folder), remedy=message("flow.init.not_empty_remedy")
        )
    name = folder.resolve().name
    identity = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "prosjekt"
    templates = resources.files("kafe") / "new_project"
    for source, target in NEW_FILES.items():
        text = (templates / source).read_text(encoding="utf-8")
        text = text.replace("{id}", identity).replace("{title}", message("flow.init.title", name=name))
        write_text(folder / target, text)
    return list(NEW_FILES.values())
