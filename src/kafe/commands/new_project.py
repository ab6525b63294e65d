"""A new project folder, the form for table hosts, and JupyterLab on the notebooks."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

from kafe.files import write_text
from kafe.flow.project import Project
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


def write_form(project: Project, session_id: str, path: Path, tables: int) -> None:
    """Write the empty form for table hosts with a session's questions (the first session's when not named)."""
    from kafe.ingest.project import read_project
    from kafe.ingest.template import write_template

    sessions = {session.id: session for session in read_project(project.paths.raw).sessions}
    if not sessions:
        raise KafeError(message("flow.session.none"), remedy=message("flow.session.none_remedy"))
    if session_id and session_id not in sessions:
        raise KafeError(
            message("flow.session.unknown", name=session_id),
            remedy=message("flow.session.remedy", known=", ".join(sessions)),
        )
    write_template(sessions[session_id] if session_id else next(iter(sessions.values())), path, tables)


def open_lab(folder: Path) -> int:
    """Run JupyterLab on a folder of notebooks until the user ends it; return its exit status."""
    return subprocess.call(lab_command(folder))  # noqa: S603  (our own Python on our own folder)


def lab_command(folder: Path) -> list[str]:
    """Return the command that starts JupyterLab so that it asks the network for nothing.

    No news (and no question about it), no look for updates, no list of extensions to install.
    """
    settings = resources.files("kafe") / "jupyter"
    return [
        *(sys.executable, "-m", "jupyterlab", "--notebook-dir", str(folder)),
        f"--LabApp.app_settings_dir={settings}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
    ]
