"""The codebook: `kodebok.yaml` → Codebook, with errors that name file, line and key."""

import hashlib
import json
import re
from dataclasses import asdict
from pathlib import Path

import yaml

from kafe.coding.patterns import PatternError, parse_pattern
from kafe.coding.yamlnodes import Reader
from kafe.records import Code, Codebook

TOP_KEYS = ("tittel", "versjon", "merknad", "koder")
CODE_KEYS = (
    "id",
    "navn",
    "definisjon",
    "ta_med",
    "ikke_ta_med",
    "eksempler",
    "mønstre",
    "farge",
    "kodbar",
    "koder",
)
SLUG = re.compile(r"[^\W_]+(-[^\W_]+)*")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
DEFAULT_COLOUR = "#595959"
MAX_DEPTH = 8


def load_codebook(path: Path) -> Codebook:
    """Return the codebook of a YAML file, codes in the order of the file, a parent before its children.

    A code without colour has its parent's. `version` is a hash of the codes, whatever the layout,
    comments, title or notice of the file. Raises KafeError at the first thing that is malformed.
    """
    return _Builder(path).build(path)


def content_version(codes: tuple[Code, ...]) -> str:
    """Return the hexadecimal SHA-256 of every field of the codes, in order."""
    data = json.dumps([asdict(code) for code in codes], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(data.encode("utf-8")).hexdigest()


def codebook_table(codebook: Codebook) -> list[dict[str, object]]:
    """Return one row a code in the order of the file, lists joined by semicolons.

    Keys: code, name, path (names from the root), parent, level (0 for roots), codable, definition,
    include, exclude, examples, patterns, colour.
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
                "include": "; ".join(code.include),
                "exclude": "; ".join(code.exclude),
                "examples": "; ".join(code.examples),
                "patterns": "; ".join(code.patterns),
                "colour": code.colour,
            }
        )
    return rows


class _Builder:
    def __init__(self, path: Path):
        self.reader = Reader(path)
        self.codes: list[Code] = []
        self.lines: dict[str, int] = {}

    def build(self, path: Path) -> Codebook:
        root = self.reader.root(path)
        top = self.reader.mapping(root, TOP_KEYS)
        if "koder" not in top:
            raise self.reader.error("no_codes", root, "koder")
        title, *_ = (self.reader.text(top[key], key) if key in top else "" for key in TOP_KEYS[:3])
        for node in self.reader.items(top["koder"], "koder"):
            self.add(node, parent=None, depth=0)
        if not self.codes:
            raise self.reader.error("no_codes", top["koder"], "koder")
        codes = tuple(self.codes)
        return Codebook(codes, content_version(codes), title)

    def add(self, node: yaml.Node, parent: Code | None, depth: int) -> None:
        reader = self.reader
        if depth > MAX_DEPTH:
            raise reader.error("too_deep", node)
        fields = reader.mapping(node, CODE_KEYS)
        code = Code(
            id=self.identifier(node, fields),
            name=self.required(node, fields, "navn"),
            parent=parent.id if parent else "",
            definition=reader.text(fields["definisjon"], "definisjon") if "definisjon" in fields else "",
            include=self.texts(fields, "ta_med"),
            exclude=self.texts(fields, "ikke_ta_med"),
            examples=self.texts(fields, "eksempler"),
            patterns=self.patterns(fields),
            colour=self.colour(fields, parent),
            codable=reader.truth(fields["kodbar"], "kodbar") if "kodbar" in fields else True,
        )
        if code.patterns and not code.codable:
            raise reader.error("patterns_on_heading", fields["mønstre"], "mønstre", code=code.id)
        self.codes.append(code)
        for child in reader.items(fields["koder"], "koder") if "koder" in fields else ():
            self.add(child, code, depth + 1)

    def required(self, node: yaml.Node, fields: dict[str, yaml.Node], key: str) -> str:
        text = self.reader.text(fields[key], key) if key in fields else ""
        if not text:
            raise self.reader.error("missing_key", fields.get(key, node), key)
        return text

    def identifier(self, node: yaml.Node, fields: dict[str, yaml.Node]) -> str:
        name = self.required(node, fields, "id")
        where = fields["id"]
        if not SLUG.fullmatch(name) or name != name.lower():
            raise self.reader.error("bad_id", where, "id", id=name)
        if name in self.lines:
            raise self.reader.error("same_id", where, "id", id=name, line=self.lines[name])
        self.lines[name] = where.start_mark.line + 1
        return name

    def texts(self, fields: dict[str, yaml.Node], key: str) -> tuple[str, ...]:
        nodes = self.reader.items(fields[key], key) if key in fields else []
        return tuple(self.reader.text(node, key) for node in nodes)

    def patterns(self, fields: dict[str, yaml.Node]) -> tuple[str, ...]:
        nodes = self.reader.items(fields["mønstre"], "mønstre") if "mønstre" in fields else []
        found: list[str] = []
        for node in nodes:
            pattern = " ".join(self.reader.text(node, "mønstre").split())
            try:
                parse_pattern(pattern)
            except PatternError as error:
                raise self.reader.error("bad_pattern", node, "mønstre", why=error) from error
            found.append(pattern)
        return tuple(found)

    def colour(self, fields: dict[str, yaml.Node], parent: Code | None) -> str:
        if "farge" not in fields:
            return parent.colour if parent else DEFAULT_COLOUR
        colour = self.reader.text(fields["farge"], "farge")
        if not COLOUR.fullmatch(colour):
            raise self.reader.error("bad_colour", fields["farge"], "farge", found=colour)
        return colour.upper()
