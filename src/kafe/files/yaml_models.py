"""A YAML file checked against a model, with errors that name file, line and key."""

import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from kafe.files.decode import read_text
from kafe.files.yaml import NULL, Node, Reader, ScalarNode, SequenceNode, line_of, place_in_words
from kafe.messages import message
from kafe.model_errors import Keys, explain
from kafe.records import KafeError


class Section(BaseModel):
    """A part of a project file: its keys are Norwegian, unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=Section)


def load(path: Path, model: type[Model]) -> Model:
    """Return the file's content as `model`: see `parse`. Raises KafeError also when there is no file."""
    return parse(Reader(path.name, _words).read(path), path.name, model)


def parse(text: str, file: str, model: type[Model]) -> Model:
    """Return the text's content as `model`; every scalar is read as text and converted by the model.

    So `nei` and `1` stay the ids they are. Raises KafeError naming file, line and key: when the text is
    not YAML, has a key twice or aliases, or does not fit the model.
    """
    reader = Reader(file, _words)
    root = reader.root(unicodedata.normalize("NFC", text))
    lines: dict[Keys, int] = {}
    data = _plain(reader, root, (), lines, set()) if root is not None else {}
    try:
        return model.model_validate(data)
    except ValidationError as error:
        words, found = explain(error, model)
        line = next((lines[found[:size]] for size in range(len(found), -1, -1) if found[:size] in lines), 1)
        raise KafeError(
            words,
            file=file,
            place=place_in_words(line, key_name(found)),
            remedy=message("files.yaml.remedy"),
        ) from None


def refuse_repeats(path: Path, what: str, ids: Iterable[str]) -> None:
    """Raise KafeError when an id of the file stands twice."""
    seen = set()
    for name in ids:
        if name in seen:
            place = place_in_words(lines_with(path, f"id: {name}")[-1])
            raise Reader(path.name, _words).fault("repeated", place, what=what, id=name)
        seen.add(name)


def lines_with(path: Path, start: str) -> list[int]:
    """Return the numbers of the lines of a file that begin so after space and dashes; [0] without any."""
    lines = enumerate(read_text(path, only_utf8=True).split("\n"), 1)
    return [number for number, line in lines if line.strip(" -").startswith(start)] or [0]


def key_name(found: Keys) -> str:
    """Return a path of keys and places in lists in words, places counted from 1: `elementer.2.id`."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in found)


def _plain(reader: Reader, node: Node, at: Keys, lines: dict[Keys, int], above: set[int]) -> Any:
    """Return a node as text, list or dictionary, and note the line of every key path."""
    if id(node) in above:
        raise reader.error("alias", node)
    above.add(id(node))
    lines.setdefault(at, line_of(node))
    if isinstance(node, ScalarNode):
        return "" if node.tag == NULL else node.value
    if isinstance(node, SequenceNode):
        return [_plain(reader, child, (*at, place), lines, above) for place, child in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            raise reader.error("odd_key", key)
        if key.value in found:
            raise reader.error("key_twice", key, key_name((*at, key.value)))
        lines[*at, key.value] = line_of(key)
        found[key.value] = _plain(reader, value, (*at, key.value), lines, above)
    return found


def _words(key: str, **values: Any) -> str:
    if key.endswith("_remedy") and key not in ("no_file_remedy", "repeated_remedy"):
        return message("files.yaml.remedy")
    return message(f"files.yaml.{key}", **values)
