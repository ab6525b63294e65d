"""Every text on a page that the program makes comes from the message files: with marked files it is marked."""

import ast
import json
import re
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
from lxml import html

import kafe
from kafe.messages import LANGUAGE

WORDS = Path(kafe.__file__).parent / "messages/nb"
NOTEBOOKS = sorted((Path(kafe.__file__).parents[2] / "notebooks").glob("[0-9]*.ipynb"))
OPEN, SHUT = "⟦", "⟧"
SEEN = ("title", "aria-label", "alt", "placeholder")
"""Attributes that people see or hear."""


def marked(node: object) -> str:
    """Return a message file, as TOML's inline tables, with each text between marks."""
    if isinstance(node, dict):
        parts = (f"{json.dumps(key, ensure_ascii=False)} = {marked(value)}" for key, value in node.items())
        return "{ " + ", ".join(parts) + " }"
    return json.dumps(f"{OPEN}{node}{SHUT}", ensure_ascii=False)


@pytest.fixture(scope="module")
def language(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("merket")
    for path in WORDS.glob("*.toml"):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        lines = (f"{json.dumps(key, ensure_ascii=False)} = {marked(value)}" for key, value in content.items())
        (folder / path.name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def ran(kit, compose_with_canaries, language: Path, tmp_path_factory: pytest.TempPathFactory):
    """A project whose reports were made with marked texts, and what the command said."""
    root = compose_with_canaries(tmp_path_factory.mktemp("sider") / "prosjekt")
    environment = {LANGUAGE: str(language), "KAFE_KEY_DIR": str(root.parent / "nøkler")}
    said = kit.kafe("run", "--project", root, **environment)
    return root, said, environment


def spoken(text: str) -> str:
    """Return the words left of a text when all that is marked is cut out, and markup, figures and signs with it."""
    return " ".join(re.findall(r"[^\W\d_]+", _cut(text)))


def of_notebooks() -> str:
    """Return the words that the notebooks themselves say, in prose and in the texts of their cells."""
    texts = []
    for path in NOTEBOOKS:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        texts += [notebook["metadata"]["title"], notebook["metadata"]["kafe"]["answers"]]
        for cell in notebook["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                texts.append(source)
            else:
                nodes = ast.walk(ast.parse(source))
                texts += [str(node.value) for node in nodes if isinstance(node, ast.Constant)]
    return " | ".join(map(spoken, texts))


def of_project(root: Path) -> str:
    """Return the words of the project's own files and their names, of its stored notes, and of libraries' names."""
    files = [path for path in (*(root / "data").rglob("*"), root / "kafe.toml") if path.is_file()]
    texts = [path.read_bytes().decode("utf-8", "replace") for path in files]
    texts += [path.relative_to(root).as_posix() for path in files]
    texts += [path.read_text(encoding="utf-8") for path in (root / ".kafe/results").rglob("*.json")]
    texts += ["Python", *(one.metadata["Name"] for one in distributions())]
    return " | ".join(map(spoken, texts))


def unsaid(text: str, known: str) -> str:
    """Return the words of a text that neither notebooks nor project say; its parts are held one by one."""
    parts = map(spoken, re.split(rf"[{OPEN}{SHUT}:;·–,()|\d]|\. | og ", _cut(text)))
    return " / ".join(part for part in parts if re.search(r"[a-zæøå]{3}", part) and part not in known)


def _cut(text: str) -> str:
    while (cut := re.sub(rf"{OPEN}[^{OPEN}{SHUT}]*{SHUT}", "|", text)) != text:
        text = cut
    return text


def visible(page: Path) -> list[str]:
    tree = html.fromstring(page.read_text(encoding="utf-8"))
    for hidden in tree.xpath("//script|//style|//code|//pre"):
        hidden.tail = f" | {hidden.tail or ''}"
        hidden.drop_tree()
    return [*tree.xpath("//text()"), *(value for name in SEEN for value in tree.xpath(f"//@{name}"))]


def test_every_text_of_the_program_on_a_page_is_marked(ran) -> None:
    root, said, _ = ran
    assert said.code == 0, said.err
    known = f"{of_notebooks()} | {of_project(root)}"
    unmarked = {
        f"{page.name}: {left}"
        for page in sorted((root / "reports").glob("*.html"))
        for text in visible(page)
        if (left := unsaid(text, known))
    }
    assert "\n".join(sorted(unmarked)) == ""


def test_the_check_finds_a_text_that_is_not_from_the_message_files() -> None:
    text = f"{OPEN}Innspill {OPEN}fra{SHUT} 3{SHUT} eller 12 til: bolig"
    assert unsaid(text, "bolig og arbeid") == "eller / til"
    assert unsaid(f"{OPEN}Alt er merket{SHUT}: bolig", "bolig") == ""


@pytest.mark.parametrize(
    "command", [["ingest"], ["codebook", "check"], ["find", "bolig"], ["topics", "list"]]
)
def test_every_line_that_a_command_says_is_marked(kit, ran, command: list[str]) -> None:
    root, _, environment = ran
    said = kit.kafe(*command, "--project", root, **environment)
    known = of_project(root)
    lines = re.split(r"\n| {2,}|[│┃━─┏┓┗┛┡┩┼╇]", said.out + said.err)
    folded = rf"{OPEN}[^{OPEN}{SHUT}]*$|^[^{OPEN}{SHUT}]*{SHUT}"  # a text over two lines of a table's cell
    lines = [re.sub(folded, "", _cut(line)) for line in lines]
    assert [left for line in lines if (left := unsaid(line, known))] == []
