"""Which Norwegian pipeline runs, and how to get one that is missing."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kafe.language.bundled import RESOURCES
from kafe.messages import message
from kafe.records import KafeError

if TYPE_CHECKING:
    from spacy.language import Language

BUNDLED = "nb_kafe_sm"
LONGEST = 100_000_000
"""Characters in one text. spaCy stops at a million to spare the memory of parsers, which are not used here."""


def bundled_path() -> Path:
    """Return the folder of the pipeline that comes with kafe."""
    return RESOURCES / BUNDLED


def resolve_model(model: str, root: Path | None = None) -> str:
    """Return what `auto` stands for on this machine; any other name or folder as it is.

    `auto` is the bundled pipeline, also where nb_core_news_sm is installed: it was measured to be better
    on notes than a model of that kind (docs/decisions/0012-bundled-pipeline.md). A folder
    is looked up from `root` (the project) first.
    """
    if model == "auto":
        return BUNDLED
    if root is not None and (root / model / "meta.json").is_file():
        return str(root / model)
    return model


@cache
def load_pipeline(model: str = "auto") -> Language:
    """Return the loaded spaCy pipeline for `model` (see `resolve_model`).

    Raises KafeError with the exact install command when the model is not installed.
    """
    import spacy

    import kafe.language.components  # noqa: F401 they register themselves

    name = resolve_model(model)
    try:
        nlp = spacy.load(bundled_path() if name == BUNDLED else name)
    except OSError as error:
        raise not_installed(name) from error
    nlp.max_length = LONGEST
    return nlp


def not_installed(name: str) -> KafeError:
    """Return the error that names the model, the setting that asked for it, and the command that brings it."""
    return KafeError(
        message("language.model.not_installed", name=name),
        file="kafe.toml",
        place=message("settings.key", key="language.model"),
        remedy=install_hint(name),
    )


def install_hint(name: str) -> str:
    """Return, in words, how to install the model `name`, or how to do without it."""
    if name == BUNDLED:
        return message("language.model.bundled_remedy")
    if name.startswith(("nb_core_news_", "nb_")):
        return message("language.model.package_remedy", name=name, bundled=BUNDLED)
    return message("language.model.folder_remedy", bundled=BUNDLED)


def pipeline_identity(nlp: Language) -> str:
    """Return name and version of the pipeline, as reports print it and caches are keyed by it."""
    meta = nlp.meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def model_identity(model: str, root: Path | None = None) -> str:
    """Return name and version of what `model` stands for without loading it.

    Raises KafeError when it is not installed.
    """
    import json
    from importlib import metadata

    name = resolve_model(model, root)
    folder = bundled_path() if name == BUNDLED else Path(name)
    if (folder / "meta.json").is_file():
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        return f"{meta['lang']}_{meta['name']} {meta['version']}"
    try:
        return f"{name} {metadata.version(name)}"
    except metadata.PackageNotFoundError as error:
        raise not_installed(name) from error
