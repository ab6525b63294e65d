"""What is installed, which language model runs, what is missing, and the command that brings it."""

from __future__ import annotations

import platform
import re
import sqlite3
from importlib import metadata, util
from pathlib import Path

from kafe import __version__
from kafe.flow import Project
from kafe.language.models import install_hint, model_identity, resolve_model
from kafe.records import KafeError
from kafe.settings import key_folder

OPTIONAL_MODELS = ("nb_core_news_sm", "nb_core_news_md", "nb_core_news_lg")


def examine(start: Path) -> tuple[list[str], bool]:
    """Return the lines to print, and whether everything that kafe needs is there."""
    lines = [
        f"kafe {__version__} · Python {platform.python_version()} · {platform.system()} {platform.machine()}"
    ]
    healthy = True
    lines += ["", "Packages"]
    for name in needed():
        try:
            lines.append(f"  ok       {name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            healthy = False
            lines.append(f"  missing  {name}   install with: pip install {name}")
    lines.append(f"  ok       sqlite {sqlite3.sqlite_version}")
    lines += ["", "Language models"]
    lines.append(f"  ok       {model_identity('nb_kafe_sm')} (bundled)")
    for name in OPTIONAL_MODELS:
        if util.find_spec(name):
            lines.append(f"  ok       {name} {metadata.version(name)}")
        else:
            lines.append(f"  not here {name} (optional)   {install_hint(name)}")
    lines += ["", "Project"]
    try:
        project = Project(start)
        chosen = project.settings.language.model
        lines.append(f"  ok       {project.settings.project.title} ({project.root})")
        lines.append(
            f"  ok       language.model = {chosen} runs {model_identity(resolve_model(chosen, project.root), project.root)}"
        )
        lines.append(
            f"  ok       pseudonym key outside the project: {key_folder(project.settings.project.id)}"
        )
        lines += _input_lines(project)
    except KafeError as error:
        healthy = healthy and "kafe.toml" in str(error) and not (start / "kafe.toml").exists()
        lines.append(f"  note     {error}")
    return lines, healthy


def _input_lines(project: Project) -> list[str]:
    folders = sorted(path.name for path in project.paths.raw.glob("*/") if path.is_dir())
    if not folders:
        return ["  note     data/raw holds no sessions yet"]
    return [f"  ok       {len(folders)} sessions in data/raw: {', '.join(folders)}"]


def needed() -> list[str]:
    """Return the packages that kafe's own metadata says it depends on, extras left out."""
    requirements = metadata.requires("kafe") or []
    return sorted(
        re.split(r"[^\w.-]", text, maxsplit=1)[0] for text in requirements if "extra ==" not in text
    )
