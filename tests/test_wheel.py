"""The wheel holds everything that runs: notebooks, language model, texts, page parts."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src/kafe"


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files in a wheel built from a copy of the project, so that nothing is left in the clone."""
    import shutil

    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "kafe"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for part in ("src", "notebooks"):
        shutil.copytree(ROOT / part, source / part, ignore=ignored)
    for part in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / part, source / part)
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run(
        [*command, "--wheel-dir", str(folder), str(source)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    (wheel,) = folder.glob("kafe-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_every_file_of_the_package_and_the_notebooks(names: set[str]) -> None:
    wanted = {
        f"kafe/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    wanted |= {f"kafe/notebooks/{path.name}" for path in (ROOT / "notebooks").glob("[0-9]*.ipynb")}
    assert wanted - names == set()


def test_the_wheel_holds_the_language_model_and_nothing_of_a_project(names: set[str]) -> None:
    assert {
        "kafe/language/resources/nb_kafe_sm/meta.json",
        "kafe/language/resources/nb_kafe_sm/tokenizer",
        "kafe/language/resources/nb_nn.npz",
        "kafe/messages/nb/flow.toml",
        "kafe/new_project/kafe.toml",
        "kafe/notebooks/01-innlesing.ipynb",
    } <= names
    assert not [name for name in names if name.startswith(("data/", "tests/", ".kafe/")) or "sqlite" in name]
