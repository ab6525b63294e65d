"""The flow is one-way: every import between rooms is an arrow that the design allows."""

import ast
import json
from pathlib import Path

import pytest

import kafe

PACKAGE = Path(kafe.__file__).parent
SHARED = {"records", "text", "threads"}
MAY_IMPORT = {
    "records": set(),
    "text": set(),
    "threads": set(),
    "settings": SHARED,
    "ingest": SHARED | {"settings"},
    "deidentify": SHARED | {"settings", "ingest"},
    "language": SHARED | {"settings"},
    "store": SHARED | {"settings"},
    "coding": SHARED | {"settings", "language", "store"},
    "topics": SHARED | {"settings", "language"},
    "pilot": SHARED | {"settings", "store", "coding", "topics"},
    "charts": SHARED,
    "report": SHARED | {"settings", "store"},
}
ABOVE = set(MAY_IMPORT)
MAY_IMPORT["flow"] = ABOVE
MAY_IMPORT["cli"] = ABOVE | {"flow"}
MAY_IMPORT["__main__"] = {"cli"}
MAY_NAME_RAW = {"ingest", "deidentify", "flow", "cli"}
HEAVY = {
    "spacy": {"language", "coding"},
    "bertopic": {"topics"},
    "anywidget": {"coding"},
    "sqlalchemy": {"store"},
    "plotly": {"charts", "report"},
    "papermill": {"report"},
    "nbconvert": {"report"},
}


def room_of(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    return relative.parts[0].removesuffix(".py")


def imports(path: Path) -> list[tuple[str, list[str]]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, []) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.append((node.module or "", [alias.name for alias in node.names]))
    return found


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem != "__init__")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_what_lies_before_it(path: Path) -> None:
    room = room_of(path)
    assert room in MAY_IMPORT, f"{room} is not a room of the design"
    for module, names in imports(path):
        if module == "kafe" or module.startswith("kafe."):
            targets = {module.split(".")[1]} if "." in module else set(names) - {"__version__"}
            assert targets <= MAY_IMPORT[room] | {room}, f"{path} imports {targets}"
        heavy = module.split(".")[0]
        if heavy in HEAVY:
            assert room in HEAVY[heavy] or _only_for_types(path, module), f"{path} imports {heavy}"


def _only_for_types(path: Path, module: str) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = [
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING"
        for node in ast.walk(block)
    ]
    return any(isinstance(node, ast.ImportFrom) and node.module == module for node in guarded)


def test_only_the_first_rooms_and_notebook_01_name_raw_notes() -> None:
    for path in MODULES:
        if room_of(path) not in MAY_NAME_RAW:
            assert "RawNote" not in path.read_text(encoding="utf-8"), path
    for path in sorted((PACKAGE.parent.parent / "notebooks").glob("*.ipynb")):
        source = json.dumps(json.loads(path.read_text(encoding="utf-8"))["cells"])
        assert "RawNote" not in source or path.name.startswith("01-"), path


def test_coding_and_topics_never_meet() -> None:
    assert "topics" not in MAY_IMPORT["coding"]
    assert "coding" not in MAY_IMPORT["topics"]
