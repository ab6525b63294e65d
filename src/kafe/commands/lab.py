"""JupyterLab on a project's notebooks."""

from __future__ import annotations

import subprocess
import sys
from importlib import resources
from pathlib import Path

from kafe.flow import Project, notebooks_folder


def open_lab(project: Project) -> int:
    """Run JupyterLab on the project's notebooks until the user ends it; return its exit status."""
    return subprocess.call(lab_command(notebooks_folder(project)))  # noqa: S603  (our own Python on our own folder)


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
