"""JupyterLab on a project's own notebooks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from kafe.flow import Project, notebooks


def run_lab(folder: Path, options: Sequence[str] = ()) -> int:
    """Run JupyterLab on a folder of notebooks until the user ends it; return its exit status."""
    return subprocess.call([*lab_command(folder), *options])  # noqa: S603  (our own Python on our own folder)


def lab_options(project: Project, notebook: str = "", *, browser: bool = True, port: int = 0) -> list[str]:
    """Return JupyterLab's own options: which notebook opens, whether a browser does, and the port.

    Raises KafeError for a name that no notebook has.
    """
    options = [] if browser else ["--no-browser"]
    if port:
        options.append(f"--port={port}")
    if notebook:
        [path] = notebooks.find_notebooks(project, [notebook])
        options.append(f"--LabApp.default_url=/lab/tree/{path.name}")
    return options


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
