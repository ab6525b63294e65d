"""`kafe.toml` as validated settings, and the paths of a project."""

import os
import tomllib
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kafe.files import read_text
from kafe.messages import message
from kafe.model_errors import explain
from kafe.records import KafeError

FILE = "kafe.toml"
ProjectId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ProjectSettings(_Section):
    """Who the project is for; `id` names its pseudonym key and must stay the same."""

    id: ProjectId
    title: str
    group: str = ""
    notice: str = ""
    """Shown at the top of every report, e.g. that the material is constructed."""
    municipalities: tuple[str, ...] = ()


class LanguageSettings(_Section):
    """`model`: `auto`, `nb_kafe_sm` (bundled), the name of an installed spaCy model, or a folder."""

    model: str = "auto"


class PrivacySettings(_Section):
    """Counts from 1 to `hide_below` - 1 are hidden; quotes only from groups of `quote_from` or more."""

    hide_below: int = Field(default=5, ge=1)
    quote_from: int = Field(default=6, ge=1)


class TopicSettings(_Section):
    """`anchor_threshold`: least similarity at which a note belongs to an anchored theme (0 to 1)."""

    anchor_threshold: float | None = Field(default=None, ge=0, le=1)
    anchor_roots: tuple[str, ...] = ()
    """Ids of codes under which anchors are sought; empty: all codes that may be coded."""
    embedding: str = "auto"
    """`auto` (bundled, nothing else needed), a model's folder, or the name of one that is installed."""
    topics: int | None = Field(default=None, ge=2)
    """Number of free topics; chosen by stability when not given."""


class StoreSettings(_Section):
    """`url`: SQLAlchemy address; empty: `data/coded/kafe.sqlite` in the project."""

    url: str = ""


class Settings(_Section):
    """The whole of `kafe.toml`."""

    project: ProjectSettings
    seed: int = Field(default=1, ge=0)
    language: LanguageSettings = LanguageSettings()
    privacy: PrivacySettings = PrivacySettings()
    topics: TopicSettings = TopicSettings()
    store: StoreSettings = StoreSettings()


class Paths:
    """Where things lie in a project folder; only `cache`, `reports` and `coded` are ever written to."""

    def __init__(self, root: Path):
        self.root = root
        self.settings = root / FILE
        self.raw = root / "data" / "raw"
        self.coded = root / "data" / "coded"
        self.codebook = self.coded / "kodebok.yaml"
        self.glossary = self.coded / "ordliste.yaml"
        self.topic_edits = self.coded / "temaer.yaml"
        self.codings = self.coded / "kodinger"
        self.decisions = self.coded / "beslutninger.csv"
        self.links = self.coded / "lenker.csv"
        self.pilot = self.coded / "pilot.yaml"
        self.stakeholders = self.coded / "interessenter.yaml"
        self.indicators = self.coded / "indikatorer.yaml"
        self.names = self.raw / "navneliste.txt"
        self.notebooks = root / "notebooks"
        self.reports = root / "reports"
        self.cache = root / ".kafe"


def key_folder(project_id: str) -> Path:
    """Return the folder of the project's pseudonym key: the user's data folder, or `KAFE_KEY_DIR`.

    It lies outside every project folder on purpose: whoever gets the project must not get the key.
    """
    base = os.environ.get("KAFE_KEY_DIR")
    return (Path(base) if base else platformdirs.user_data_path("kafe") / "keys") / project_id


def find_project(start: Path) -> Path:
    """Return `start` or the nearest folder above it that holds `kafe.toml`.

    Raises KafeError when there is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE).is_file():
            return folder
    raise KafeError(
        message("settings.no_project", file=FILE),
        file=str(start),
        remedy=message("settings.no_project_remedy"),
    )


def load_settings(root: Path) -> Settings:
    """Return the settings of the project in `root`.

    Raises KafeError naming file, line (for broken TOML) or key, and what was expected.
    """
    path = root / FILE
    try:
        data = tomllib.loads(read_text(path, only_utf8=True))
    except FileNotFoundError as error:
        raise KafeError(
            message("settings.missing", file=FILE), file=str(root), remedy=message("settings.missing_remedy")
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise KafeError(
            message("settings.toml", error=str(error)), file=FILE, remedy=message("settings.toml_remedy")
        ) from error
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        words, found = explain(error, Settings)
        key = ".".join(map(str, found))
        raise KafeError(
            words,
            file=FILE,
            place=message("settings.key", key=key),
            remedy=message("settings.value_remedy"),
        ) from error
