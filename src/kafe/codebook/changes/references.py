"""Where the project's other files name codes, and the same files with codes that have got another id."""

from __future__ import annotations

import csv
import io
import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kafe.codebook.changes.recode import new_ids
from kafe.files import WrongEncodingError, decode, decode_exactly, write_bytes, yaml
from kafe.messages import message, stored
from kafe.records import KafeError

DECISIONS = "beslutninger.csv"
FILES = {
    DECISIONS: DECISIONS,
    "pilot.yaml": "pilot.yaml",
    "temaer.yaml": "temaer.yaml",
    "kafe.toml": "../../kafe.toml",
}
"""Name → where the file lies, seen from the codebook."""
_YAML_KEYS = {"bygger_på", "kode"}
_TARGET = ("mål", "target")
_KINDS = ("code", "kode")
_ROOTS = re.compile(r"^[ \t]*anchor_roots[ \t]*=[ \t]*\[", re.MULTILINE)
_TOKEN = re.compile(r"#[^\n]*|\"((?:[^\"\\\n]|\\.)*)\"|'([^'\n]*)'|\]")


class Reference(NamedTuple):
    """A code named in a file: its id as `text[start:end]`, and the place in words."""

    file: str
    place: str
    code: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.file}, {self.place}"


class UnreadableError(Exception):
    """A file that cannot be read as what it should be."""


class CodeReferences(NamedTuple):
    """The references to some codes, and the files in which they could not be looked for."""

    references: list[Reference]
    unreadable: list[str]

    @property
    def decided(self) -> bool:
        """Whether there are decisions about more than one of the codes."""
        return len({one.code for one in self.references if one.file == DECISIONS}) > 1


def find_references(codebook: Path, codes: Collection[str]) -> CodeReferences:
    """Return where the files of the project that the codebook belongs to name one of the codes."""
    found = CodeReferences([], [])
    for name in FILES:
        try:
            content = (codebook.parent / FILES[name]).read_bytes()
        except OSError:
            continue
        try:
            text = decode(content)
            found.references.extend(one for one in references(name, text) if one.code in codes)
        except (UnreadableError, WrongEncodingError):
            found.unreadable.append(name)
    return found


def codes_to_find(kind: str, arguments: Mapping[str, Any]) -> set[str]:
    """Return the codes of which it matters, for an operation, where they are named."""
    if kind in ("split", "retire"):
        return {arguments["code"]}
    ids = new_ids(kind, arguments)
    return {*ids, *ids.values()}


def places_to_update(kind: str, arguments: Mapping[str, Any], named: CodeReferences) -> dict[str, list[Any]]:
    """Return file → the places that get a code's new id, as a store keeps them; empty where an operation leaves that to a person."""
    ids = new_ids(kind, arguments)
    found: dict[str, list[Any]] = {}
    for one in named.references:
        if one.code in ids:
            found.setdefault(one.file, []).append(stored(one.place))
    return found


def update_references(codebook: Path, names: Collection[str], ids: Mapping[str, str]) -> None:
    """Give codes their new ids in the named files; all else in them stays as it is, byte by byte.

    Each file is replaced whole. Doing it again changes nothing. A file that has become unreadable is left
    alone. Raises KafeError when a file may not be written, e.g. because it is open in a spreadsheet.
    """
    for name in names:
        path = codebook.parent / FILES[name]
        try:
            text, encoding = decode_exactly(path.read_bytes())
            new = renamed(name, text, ids)
        except (FileNotFoundError, UnreadableError, WrongEncodingError):
            continue
        if new != text:
            try:
                write_bytes(path, encoding.encode(new))
            except OSError:
                raise KafeError(
                    message("codebook.error.not_written"),
                    file=name,
                    remedy=message("codebook.remedy.not_written"),
                ) from None


def renamed(name: str, text: str, ids: Mapping[str, str]) -> str:
    """Return the text of a file with codes given their new ids. Raises UnreadableError."""
    found = references(name, text)
    new = text
    for one in reversed(found):
        new = new[: one.start] + ids.get(one.code, one.code) + new[one.end :]
    if [one.code for one in references(name, new)] != [ids.get(one.code, one.code) for one in found]:
        raise UnreadableError
    return new


def references(name: str, text: str) -> list[Reference]:
    """Return every code that the text of a file names, in order. Raises UnreadableError."""
    read = {"csv": _in_decisions, "yaml": _in_yaml, "toml": _in_settings}[name.rpartition(".")[2]]
    return [
        Reference(name, place, unicodedata.normalize("NFC", text[start:end]), start, end)
        for place, start, end in read(text)
    ]


Place = tuple[str, int, int]


def _in_decisions(text: str) -> Iterator[Place]:
    rows = _cells(text)
    names = [value.strip().casefold() for value, _, _ in rows[0]] if rows else []
    column = next((names.index(name) for name in _TARGET if name in names), -1)
    if column < 0:
        raise UnreadableError
    for number, row in enumerate(rows[1:], 2):
        value, start, end = row[column] if len(row) > column else ("", 0, 0)
        kind, colon, rest = value.partition(":")
        code = rest.strip() if colon and kind.strip().casefold() in _KINDS else "" if colon else value.strip()
        at = text.rfind(code, start, end) if code else -1
        if at >= 0:
            yield message("files.place.row", row=number), at, at + len(code)


def _cells(text: str) -> list[list[tuple[str, int, int]]]:
    """Return the cells of a table as (value, start, end), after making sure that `csv` reads the same."""
    delimiter = max(";,\t", key=text.partition("\n")[0].count)
    field = re.compile(rf'"((?:[^"]|"")*)"([^{delimiter}\r\n]*)|[^{delimiter}\r\n]*')
    rows: list[list[tuple[str, int, int]]] = []
    at, fresh = 0, True
    while at < len(text) or not fresh:
        match = field.match(text, at)
        assert match is not None
        value = match[0] if match[1] is None else match[1].replace('""', '"') + match[2]
        if fresh:
            rows.append([])
        rows[-1].append((value, match.start(), match.end()))
        at = match.end()
        fresh = text[at : at + 1] != delimiter
        at += 2 if text.startswith("\r\n", at) else 1
    try:
        wanted = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise UnreadableError from None
    if [[value for value, _, _ in row] for row in rows] != [row or [""] for row in wanted]:
        raise UnreadableError
    return rows


def _in_yaml(text: str) -> Iterator[Place]:
    try:
        root = yaml.compose(text)
    except yaml.NotYamlError:
        raise UnreadableError from None
    pending = [root] if root is not None else []
    found: list[Place] = []
    while pending:
        node = pending.pop()
        if isinstance(node, yaml.SequenceNode):
            pending += node.value
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if unicodedata.normalize("NFC", str(key.value)) in _YAML_KEYS:
                found += _scalars(text, str(key.value), value)
            else:
                pending.append(value)
    yield from sorted(found, key=lambda one: one[1])


def _scalars(text: str, key: str, node: yaml.Node) -> Iterator[Place]:
    for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if not isinstance(item, yaml.ScalarNode):
            raise UnreadableError
        kind, colon, rest = item.value.partition(":")
        code = rest.strip() if colon and kind.strip() in _KINDS else "" if colon else item.value.strip()
        at = text.rfind(code, item.start_mark.index, item.end_mark.index) if code else -1
        if at >= 0:
            yield yaml.place_in_words(yaml.line_of(item), key), at, at + len(code)


def _in_settings(text: str) -> Iterator[Place]:
    try:
        said = tomllib.loads(text).get("topics", {}).get("anchor_roots", [])
    except (tomllib.TOMLDecodeError, AttributeError):
        raise UnreadableError from None
    start = _ROOTS.search(text)
    found = []
    for token in _TOKEN.finditer(text, start.end()) if start else ():
        if token[0] == "]":
            break
        if token.lastindex:
            found.append(token.span(token.lastindex))
    if [text[slice(*span)] for span in found] != list(said):
        raise UnreadableError
    for span in found:
        yield yaml.place_in_words(text.count("\n", 0, span[0]) + 1, "anchor_roots"), *span
