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


def third_party(*, top_level: bool = False) -> dict[str, set[str]]:
    """Return module → files that import it, those of Python itself and kafe left out.

    `top_level`: only imports that run when the file itself is imported.
    """
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body if top_level else ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for name in names:
                found.setdefault(name.split(".")[0], set()).add(path.relative_to(PACKAGE).as_posix())
    return {name: files for name, files in found.items() if name not in {*sys.stdlib_module_names, "kafe"}}


def undeclared(modules: dict[str, set[str]], requirements: list[str]) -> dict[str, set[str]]:
    """Return the modules that no requirement brings; one that is not installed goes by its own name."""
    declared = {canonical(Requirement(text).name) for text in requirements}
    distributions = packages_distributions()
    return {
        module: files
        for module, files in modules.items()
        if not declared & {canonical(name) for name in distributions.get(module, [module])}
    }


def test_every_library_that_is_imported_is_declared() -> None:
    extras = [text for extra in PROJECT["optional-dependencies"].values() for text in extra]
    assert undeclared(third_party(), [*PROJECT["dependencies"], *extras]) == {}


def test_what_only_an_extra_brings_is_imported_where_it_is_used_and_not_before() -> None:
    assert undeclared(third_party(top_level=True), PROJECT["dependencies"]) == {}
