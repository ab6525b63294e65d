"""The three lists of dependencies agree, and the lock names no place to download from."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED_FOR = {"jupyterlab", "spacy", "scikit-learn", "bertopic", "plotly", "papermill", "pytest"}
NOT_BY_DEFAULT = {"torch", "sentence-transformers", "umap-learn", "hdbscan", "numba"}


def locked() -> dict[str, list[tuple[str, str]]]:
    """Return name → (version, marker) of every pin."""
    pins: dict[str, list[tuple[str, str]]] = {}
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        match = re.match(r"^([a-z0-9-]+)==([^ ;\\]+)(?: ; (.*?))? ?\\$", line)
        if match:
            pins.setdefault(match[1], []).append((match[2], match[3] or ""))
    return pins


def conda() -> dict[str, str]:
    """Return conda package → version specification."""
    entries = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    return {
        name: specification
        for name, _, specification in (e.partition(" ") for e in entries if isinstance(e, str))
    }


REQUIREMENTS = [Requirement(text) for text in PROJECT["project"]["dependencies"]]


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda requirement: requirement.name)
def test_each_dependency_is_locked_and_in_the_conda_environment(requirement: Requirement) -> None:
    versions = [Version(version) for version, _ in locked()[requirement.name]]
    assert versions
    assert all(version in requirement.specifier for version in versions)
    assert SpecifierSet(conda()[requirement.name]) == requirement.specifier


def test_the_conda_environment_asks_for_nothing_that_the_project_does_not() -> None:
    known = {requirement.name for requirement in REQUIREMENTS}
    extra = set(conda()) - known
    assert extra == {"python", "pip", "pytest", "spacy-model-nb_core_news_sm"}
    assert set(conda()) >= ASKED_FOR
    assert conda()["python"] == PROJECT["project"]["requires-python"]


def test_conda_uses_conda_forge_alone() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["channels"] == ["conda-forge", "nodefaults"]


def test_every_pin_has_a_hash_and_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert len(blocks) > 100
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text and "index" not in text.replace("jupyter-", "")


def test_the_lock_leaves_out_what_bertopic_can_do_without() -> None:
    assert not NOT_BY_DEFAULT & set(locked())
