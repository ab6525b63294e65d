"""The flow is one-way: every import between packages is an arrow that the architecture allows."""

import ast
import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest

import kafe

PACKAGE = Path(kafe.__file__).parent
NOTEBOOKS = sorted((PACKAGE.parent.parent / "notebooks").glob("*.ipynb"))
ORDER = (
    "threads", "clock", "messages", "records", "strings", "formatting", "origins", "model_errors", "files", "settings", "stats", "ingest", "deidentify",
    "language", "store", "codebook", "corrections", "agreement", "codings", "search", "suggestions", "exchange", "topics",
    "privacy", "pilot", "blocks", "charts", "workbench", "report", "flow", "views", "commands", "cli", "__main__",
)  # fmt: skip
"""A package imports only what stands before it."""
CODING = {
    "codebook",
    "corrections",
    "agreement",
    "codings",
    "search",
    "suggestions",
    "exchange",
    "workbench",
    "store",
}
APART = {"topics": CODING, "pilot": CODING | {"ingest", "deidentify", "language", "topics"}}
"""What a machine finds cannot leak into what people code: these meet as plain tables in `pilot` and in `views`."""
WITHIN = {
    "codebook": """patterns reader
        changes.recode changes.timeline changes.references changes.yaml_edit changes.edits changes.operations
        changes.history""",
    "agreement": "coefficients verdict unitizing bootstrap consensus effective units drift spans",
    "codings": "reading_order files memos saturation split_table tables sync",
    "search": "query query_parser word_index kwic meaning search",
    "suggestions": "judgements space model order quality reasons slot_index rules counts learning evaluation labelled",
    "exchange": """records guid positions formats.archive formats.description formats.xml_tree
        formats.code_elements formats.coding_tables formats.drafts formats.spreadsheets formats.qdc
        formats.qualcoder formats.taguette formats.code_tables formats.databases
        files match_codes match_texts new_notes formats.qdpx_write formats.qdpx_read plan detect read apply export""",
    "workbench": """explanation material note_filter scripts serialize coder_view answers command_session
        undo_history coding_session consensus_session widget""",
}
"""The order inside what once was one package: a module imports only from modules before it."""
MAY_NAME_RAW = {"ingest", "deidentify", "flow", "cli"}
HEAVY = {
    "spacy": {"language", "codebook", "suggestions", "search"},
    "bertopic": {"topics"},
    "anywidget": {"workbench"},
    "sqlalchemy": {"store"},
    "plotly": {"charts", "report"},
    "papermill": {"report"},
}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


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


def test_a_package_imports_only_what_stands_before_it() -> None:
    wrong = []
    for path in MODULES:
        room = room_of(path)
        allowed = {*ORDER[: ORDER.index(room) + 1]} - APART.get(room, set())
        for module, names in imports(path):
            if module == "kafe" or module.startswith("kafe."):
                targets = {module.split(".")[1]} if "." in module else {*names} - {"__version__"}
                wrong += [f"{path.relative_to(PACKAGE)}: {target}" for target in targets - allowed]
    assert wrong == []


def test_a_heavy_library_enters_through_one_package() -> None:
    wrong = []
    for path in MODULES:
        for module, _ in imports(path):
            heavy = module.split(".")[0]
            if heavy in HEAVY and room_of(path) not in HEAVY[heavy] and not _only_for_types(path, module):
                wrong.append(f"{path.relative_to(PACKAGE)}: {module}")
    assert wrong == []


def _only_for_types(path: Path, module: str) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = [
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING"
        for node in ast.walk(block)
    ]
    return any(isinstance(node, ast.ImportFrom) and node.module == module for node in guarded)


def test_only_the_first_packages_and_notebook_01_name_raw_notes() -> None:
    for path in MODULES:
        if room_of(path) not in MAY_NAME_RAW:
            assert "RawNote" not in path.read_text(encoding="utf-8"), path
    for path in NOTEBOOKS:
        source = json.dumps(json.loads(path.read_text(encoding="utf-8"))["cells"])
        assert "RawNote" not in source or path.name.startswith("01-"), path


def test_no_folder_holds_more_than_fourteen_modules() -> None:
    held = Counter(path.parent for path in MODULES if path.stem != "__init__")
    assert {str(folder): count for folder, count in held.items() if count > 14} == {}


def test_no_circle_between_files_imports_inside_functions_included() -> None:
    known = {_dotted(path): path for path in MODULES if path.stem != "__init__"}
    arrows = {
        name: {
            target
            for module, names in imports(path)
            for target in (module, *(f"{module}.{one}" for one in names))
            if target in known
        }
        for name, path in known.items()
    }
    while free := {name for name, targets in arrows.items() if not targets & {*arrows}}:
        for name in free:
            del arrows[name]
    assert sorted(arrows) == []


def _dotted(path: Path) -> str:
    return ".".join(("kafe", *path.relative_to(PACKAGE).with_suffix("").parts))


@pytest.mark.parametrize("room", WITHIN)
def test_a_module_imports_only_what_stands_before_it_in_its_package(room: str) -> None:
    order = [f"kafe.{room}.{name}" for name in WITHIN[room].split()]
    known = {_dotted(path): path for path in MODULES if room_of(path) == room and path.stem != "__init__"}
    assert sorted(known) == sorted(order), "name each module of the package in WITHIN, and no other"
    wrong = []
    for number, name in enumerate(order):
        for module, names in imports(known[name]):
            targets = {module, *(f"{module}.{one}" for one in names)} & {*order}
            wrong += [f"{name}: {target}" for target in targets - {*order[:number]}]
    assert wrong == []


@pytest.mark.parametrize("room", [room for room in ORDER if (PACKAGE / room).is_dir()])
def test_every_package_says_what_it_is_for(room: str) -> None:
    assert ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8")))


FACES = sorted(path for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE)


def names_of(face: Path) -> list[str]:
    """Return the `__all__` of a package."""
    for node in ast.parse(face.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return ast.literal_eval(node.value)
    return []


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.parent.relative_to(PACKAGE).as_posix())
def test_a_face_has_at_most_twelve_names_and_gives_them(face: Path) -> None:
    names, package = names_of(face), _dotted(face.parent)
    assert len(names) <= 12
    module = importlib.import_module(package)
    assert [name for name in names if not hasattr(module, name) and not _is_module(package, name)] == []


def _is_module(package: str, name: str) -> bool:
    return importlib.util.find_spec(f"{package}.{name}") is not None


def test_nothing_is_imported_past_a_face() -> None:
    faces = {_dotted(face.parent): {*names_of(face)} for face in FACES}
    sources = [(room_of(path), str(path), path.read_text(encoding="utf-8")) for path in MODULES]
    sources += [("", path.name, _code_of(path)) for path in NOTEBOOKS]
    past = []
    for room, name, source in sources:
        for node in ast.walk(ast.parse(source)):
            module = node.module if isinstance(node, ast.ImportFrom) and node.module else ""
            if not module.startswith("kafe.") or module.split(".")[1] == room:
                continue
            if (PACKAGE / module.split(".")[1]).is_dir():
                wanted = {alias.name for alias in node.names}
                past += [f"{name}: {module} {one}" for one in wanted - faces.get(module, set())]
    assert past == []


def _code_of(notebook: Path) -> str:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
