"""A new project folder for another group."""

from __future__ import annotations

import re
import secrets
from importlib import resources
from pathlib import Path

from kafe.commands.notebooks import update_notebooks
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
    identity = new_id(name)
    templates = resources.files("kafe") / "new_project"
    for source, target in NEW_FILES.items():
        text = (templates / source).read_text(encoding="utf-8")
        text = text.replace("{id}", identity).replace("{title}", message("flow.init.title", name=name))
        write_text(folder / target, text)
    copied = update_notebooks(folder / "notebooks")
    return [*NEW_FILES.values(), *(f"notebooks/{one.name}" for one in copied)]


def new_id(name: str) -> str:
    """Return an id that no other project has: the folder's name and eight random digits.

    The pseudonym key is kept under it, so two projects in folders of one name never share a key.
    """
    readable = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "prosjekt"
    return f"{readable}-{secrets.token_hex(4)}"
