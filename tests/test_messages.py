"""Every Norwegian text that the program asks for is written, and every text that is written is asked for."""

import ast
import re
import tomllib
from pathlib import Path

import kafe

PACKAGE = Path(kafe.__file__).parent
ROOMS = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in PACKAGE.glob("messages/nb/*.toml")
}


def keys(node: dict, path: str) -> list[str]:
    found = []
    for name, value in node.items():
        found += keys(value, f"{path}.{name}") if isinstance(value, dict) else [f"{path}.{name}"]
    return found


WRITTEN = {key for room, content in ROOMS.items() for key in keys(content, room)}
SOURCES = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
NOTEBOOKS = {
    path: path.read_text(encoding="utf-8").replace('\\"', '"')
    for path in sorted((PACKAGE.parent.parent / "notebooks").glob("*.ipynb"))
}
PAGES = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.j2")}


def asked_for(tree: ast.AST) -> list[str]:
    """Return what every message(…) and section(…) asks for as a pattern; what is computed may be anything."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "message":
                found.append(pattern(node.args[0]))
            elif node.func.id == "section":
                found.append(pattern(node.args[0]) + r"\..*")
    return found


def pattern(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return re.escape(str(node.value))
    if isinstance(node, ast.JoinedStr):
        return "".join(pattern(part) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return pattern(node.left) + pattern(node.right)
    return ".*"


ASKED = {(path, wanted) for path, source in SOURCES.items() for wanted in asked_for(ast.parse(source))}


def test_a_file_of_texts_has_the_name_of_the_package_whose_texts_they_are() -> None:
    packages = {path.stem for path in PACKAGE.iterdir() if path.is_dir() or path.suffix == ".py"}
    assert ROOMS.keys() - packages == set()


def test_keys_that_stores_hold_stay() -> None:
    """The history of a codebook keeps places by key: one that goes would leave an old store without words."""
    assert {"files.place.row", "files.place.line", "files.place.key"} <= WRITTEN


def test_every_text_that_is_asked_for_is_written() -> None:
    missing = [
        f"{path.relative_to(PACKAGE)}: {wanted}"
        for path, wanted in sorted(ASKED)
        if not any(re.fullmatch(wanted, key) for key in WRITTEN)
    ]
    assert missing == []


def test_every_text_that_is_written_is_asked_for() -> None:
    wanted = {want for _, want in ASKED if want != ".*"}
    everything = "\n".join([*SOURCES.values(), *NOTEBOOKS.values(), *PAGES.values()])
    unused = [
        key
        for key in sorted(WRITTEN)
        if not any(re.fullmatch(want, key) for want in wanted) and key not in everything
    ]
    assert unused == []


def test_a_text_has_no_placeholder_that_breaks_it() -> None:
    for room, content in ROOMS.items():
        for key in keys(content, room):
            node: object = ROOMS
            for part in key.split("."):
                assert isinstance(node, dict)
                node = node[part]
            names = re.findall(r"\{([^{}]*)\}", str(node))
            assert all(re.fullmatch(r"[a-z_]+(:[^}]*)?", name) for name in names), key


def test_a_counted_word_has_the_number_of_its_count() -> None:
    from kafe.messages import message

    assert message("flow.outcome.problems", count=1).startswith("1 merknad om")
    assert message("flow.outcome.problems", count=2).startswith("2 merknader om")
    assert message("flow.outcome.problems", count="1").startswith("1 merknad om")
