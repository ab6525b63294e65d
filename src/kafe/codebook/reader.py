"""The codebook: `kodebok.yaml` → Codebook, with errors that name file, line and key."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from kafe.codebook.patterns import PatternError, parse_pattern
from kafe.files import yaml
from kafe.messages import message
from kafe.records import Code, Codebook, CodeStatus, KafeError

TOP_KEYS = ("tittel", "versjon", "merknad", "koder")
CODE_KEYS = (
    "id",
    "navn",
    "definisjon",
    "ta_med",
    "ikke_ta_med",
    "eksempler",
    "moteksempler",
    "mønstre",
    "farge",
    "kodbar",
    "eier",
    "status",
    "koder",
)
LISTS = {
    "include": "ta_med",
    "exclude": "ikke_ta_med",
    "examples": "eksempler",
    "counterexamples": "moteksempler",
    "patterns": "mønstre",
}
"""Fields of a code that are lists, and their keys in the file."""
STATUS: dict[str, CodeStatus] = {"utkast": "draft", "aktiv": "active", "utgått": "retired"}
FILE = "kodebok.yaml"
SLUG = re.compile(r"[^\W_]+(-[^\W_]+)*")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
DEFAULT_COLOUR = "#595959"
MAX_DEPTH = 8
MAX_FAULTS = 200

T = TypeVar("T")


def load_codebook(path: Path) -> Codebook:
    """Return the codebook of a YAML file, codes in the order of the file, a parent before its children.

    A code without colour has its parent's. `version` is a hash of the codes, whatever the layout,
    comments, title or notice of the file. Raises KafeError at the first thing that is malformed.
    """
    return parse_codebook(codebook_text(path), path.name)


def parse_codebook(text: str, file: str = FILE) -> Codebook:
    """Return the codebook that a YAML text says. Raises KafeError at the first thing that is malformed."""
    codebook, faults = examine_text(text, file)
    if faults:
        raise faults[0]
    return codebook


def examine_codebook(path: Path) -> tuple[Codebook, list[KafeError]]:
    """Return what can be read of a YAML file, and everything that is malformed in it."""
    return examine_text(codebook_text(path), path.name)


def examine_text(text: str, file: str = FILE) -> tuple[Codebook, list[KafeError]]:
    """Return what can be read of a YAML text, and everything that is malformed in it."""
    return _Builder(file).build(text)


def codebook_of(codes: Iterable[Code], title: str = "") -> Codebook:
    """Return codes, a parent before its children, as a codebook with the version that their content gives."""
    found = tuple(codes)
    return Codebook(found, content_version(found), title)


def content_version(codes: tuple[Code, ...]) -> str:
    """Return the hexadecimal SHA-256 of every field of the codes, in order."""
    data = json.dumps([asdict(code) for code in codes], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(data.encode("utf-8")).hexdigest()


def is_code_id(text: str) -> bool:
    """Return whether a text can be the id of a code."""
    return bool(SLUG.fullmatch(text)) and text == text.lower()


def status_name(code: Code) -> str:
    """Return the status of a code as the file says it."""
    return next(name for name, status in STATUS.items() if status == code.status)


def codebook_text(path: Path) -> str:
    """Return the text of the codebook's file, with LF line ends. Raises KafeError."""
    return yaml.Reader(path.name, _words).read(path)


def _words(key: str, **values: Any) -> str:
    return message(f"codebook.reading.{key}", **values)


def codebook_table(codebook: Codebook) -> list[dict[str, object]]:
    """Return one row a code in the order of the file, lists joined by semicolons.

    Keys: code, name, path (names from the root), parent, level (0 for roots), codable, definition,
    include, exclude, examples, counterexamples, patterns, colour, owner, status (in Norwegian).
    """
    rows: list[dict[str, object]] = []
    for code in codebook.codes:
        path = codebook.path(code.id)
        rows.append(
            {
                "code": code.id,
                "name": code.name,
                "path": " › ".join(step.name for step in path),
                "parent": code.parent,
                "level": len(path) - 1,
                "codable": code.codable,
                "definition": code.definition,
                **{name: "; ".join(getattr(code, name)) for name in LISTS},
                "colour": code.colour,
                "owner": code.owner,
                "status": status_name(code),
            }
        )
    return rows


class _TooManyError(Exception):
    pass


class _Builder:
    def __init__(self, file: str):
        self.reader = yaml.Reader(file, _words)
        self.codes: list[Code] = []
        self.lines: dict[str, int] = {}
        self.faults: list[KafeError] = []

    def build(self, text: str) -> tuple[Codebook, list[KafeError]]:
        title = ""
        try:
            root = self.reader.root(text)
            if root is None:
                raise self.reader.fault("empty")
            title = self.top(root)
        except _TooManyError:
            pass
        except KafeError as error:
            self.faults.append(error)
        return codebook_of(self.codes, title), self.faults

    def top(self, root: yaml.Node) -> str:
        top, faults = self.reader.mapping(root, TOP_KEYS)
        self.note(*faults)
        title, *_ = (self.text(top, key) for key in TOP_KEYS[:3])
        if "koder" not in top:
            raise self.reader.error("no_codes", root, "koder")
        nodes = self.reader.items(top["koder"], "koder")
        if not nodes:
            raise self.reader.error("no_codes", top["koder"], "koder")
        for node in nodes:
            self.add(node, parent=None, depth=0)
        return title

    def note(self, *faults: KafeError) -> None:
        self.faults += faults
        if len(self.faults) >= MAX_FAULTS:
            raise _TooManyError

    def attempt(self, read: Callable[[], T], otherwise: T) -> T:
        """Return what `read` returns; where it finds something malformed, list that."""
        try:
            return read()
        except KafeError as error:
            self.note(error)
            return otherwise

    def add(self, node: yaml.Node, parent: Code | None, depth: int) -> None:
        reader = self.reader
        if depth > MAX_DEPTH:
            return self.note(reader.error("too_deep", node))
        try:
            fields, faults = reader.mapping(node, CODE_KEYS)
        except KafeError as error:
            return self.note(error)
        self.note(*faults)
        codable = "kodbar" not in fields or self.attempt(
            lambda: reader.truth(fields["kodbar"], "kodbar"), True
        )
        code = Code(
            id=self.attempt(lambda: self.identifier(node, fields), ""),
            name=self.attempt(lambda: self.required(node, fields, "navn"), ""),
            parent=parent.id if parent else "",
            definition=self.text(fields, "definisjon"),
            include=self.section(fields, "ta_med"),
            exclude=self.section(fields, "ikke_ta_med"),
            examples=self.section(fields, "eksempler"),
            counterexamples=self.section(fields, "moteksempler"),
            patterns=self.section(fields, "mønstre"),
            colour=self.attempt(lambda: self.colour(fields, parent), DEFAULT_COLOUR),
            codable=codable,
            owner=self.text(fields, "eier"),
            status=self.status(fields),
        )
        if code.patterns and not code.codable:
            self.note(reader.error("patterns_on_heading", fields["mønstre"], "mønstre", code=code.id))
        if code.id:
            self.codes.append(code)
        for child in self.nodes(fields, "koder"):
            self.add(child, code if code.id else parent, depth + 1)
        return None

    def text(self, fields: dict[str, yaml.Node], key: str) -> str:
        return self.attempt(lambda: self.reader.text(fields[key], key), "") if key in fields else ""

    def required(self, node: yaml.Node, fields: dict[str, yaml.Node], key: str) -> str:
        text = self.reader.text(fields[key], key) if key in fields else ""
        if not text:
            raise self.reader.error("missing_key", fields.get(key, node), key)
        return text

    def identifier(self, node: yaml.Node, fields: dict[str, yaml.Node]) -> str:
        name = self.required(node, fields, "id")
        where = fields["id"]
        if not is_code_id(name):
            raise self.reader.error("bad_id", where, "id", id=name)
        if name in self.lines:
            raise self.reader.error("same_id", where, "id", id=name, line=self.lines[name])
        self.lines[name] = where.start_mark.line + 1
        return name

    def nodes(self, fields: dict[str, yaml.Node], key: str) -> list[yaml.Node]:
        nothing: list[yaml.Node] = []
        return (
            self.attempt(lambda: self.reader.items(fields[key], key), nothing) if key in fields else nothing
        )

    def section(self, fields: dict[str, yaml.Node], key: str) -> tuple[str, ...]:
        read = self.pattern if key == "mønstre" else partial(self.reader.text, key=key)
        found = [self.attempt(partial(read, node), "") for node in self.nodes(fields, key)]
        return tuple(text for text in found if text)

    def pattern(self, node: yaml.Node) -> str:
        pattern = " ".join(self.reader.text(node, "mønstre").split())
        try:
            parse_pattern(pattern)
        except PatternError as error:
            raise self.reader.error("bad_pattern", node, "mønstre", why=error) from error
        return pattern

    def colour(self, fields: dict[str, yaml.Node], parent: Code | None) -> str:
        if "farge" not in fields:
            return parent.colour if parent else DEFAULT_COLOUR
        colour = self.reader.text(fields["farge"], "farge")
        if not COLOUR.fullmatch(colour):
            raise self.reader.error("bad_colour", fields["farge"], "farge", found=colour)
        return colour.upper()

    def status(self, fields: dict[str, yaml.Node]) -> CodeStatus:
        if "status" not in fields:
            return "active"
        found = self.text(fields, "status").lower()
        if not found:
            return "active"
        if found not in STATUS:
            self.note(self.reader.error("bad_status", fields["status"], "status", found=found))
            return "active"
        return STATUS[found]
