"""What the program imports is what the project says it depends on."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement

import kafe

PACKAGE = Path(kafe.__file__).parent
PROJECT = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def third_party() -> dict[str, set[str]]:
    """Return top-level module → files that import it, those of Python itself and kafe left out."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for name in names:
                found.setdefault(name.split(".")[0], set()).add(path.relative_to(PACKAGE).as_posix())
    return {name: files for name, files in found.items() if name not in {*sys.stdlib_module_names, "kafe"}}


def test_every_library_that_is_imported_is_declared() -> None:
    declared = {canonical(Requirement(text).name) for text in PROJECT["dependencies"]}
    distributions = packages_distributions()
    undeclared = {
        module: files
        for module, files in third_party().items()
        if not declared & {canonical(name) for name in distributions.get(module, [])}
    }
    assert undeclared == {}
