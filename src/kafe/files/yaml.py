"""YAML as nodes that know their lines, so that an error can say where it is."""

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

import yaml
from yaml import MappingNode as MappingNode
from yaml import Node as Node
from yaml import ScalarNode as ScalarNode
from yaml import SequenceNode as SequenceNode
from yaml import dump as dump

from kafe.files.decode import read_text
from kafe.messages import message
from kafe.records import KafeError, normalise_text

TRUE = frozenset({"true", "yes", "on", "ja", "sann"})
FALSE = frozenset({"false", "no", "off", "nei", "usann"})
NULL = "tag:yaml.org,2002:null"
_LONG_LINE, _MANY_BRACKETS = 1000, 1000
"""From here on a text is read by PyYAML's own parser, which ends deep nesting with an error."""


class NotYamlError(Exception):
    """The text is not YAML; `line` is where that shows (0: not known)."""

    def __init__(self, reason: Literal["bad_yaml", "bad_character", "too_deep"], line: int = 0):
        self.reason, self.line = reason, line
        super().__init__(f"{reason} in line {line}")


def compose(text: str) -> Node | None:
    """Return the top node of a YAML text, None without any; no objects are made and no tags run.

    libyaml does it fifteen times as fast, at the same marks. Raises NotYamlError.
    """
    plain = (
        text.count("[") + text.count("{") < _MANY_BRACKETS and max(map(len, text.split("\n"))) < _LONG_LINE
    )
    fast: list[Any] = [yaml.CSafeLoader] if plain and hasattr(yaml, "CSafeLoader") else []
    for loader in (*fast, yaml.SafeLoader):
        try:
            return yaml.compose(text, Loader=loader)
        except yaml.reader.ReaderError as error:
            if loader is yaml.SafeLoader:  # the other may count bytes
                line = text.count("\n", 0, error.position) + 1
                raise NotYamlError("bad_character", line) from None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise NotYamlError("bad_yaml", mark.line + 1 if mark else 0) from None
        except RecursionError:
            raise NotYamlError("too_deep") from None
    raise AssertionError


def line_of(node: Node) -> int:
    """Return the line that a node begins on, from 1."""
    return node.start_mark.line + 1


def place_in_words(line: int, key: str = "") -> str:
    """Return a place in a file, by line (0: not known) and YAML key, in words."""
    if not line:
        return ""
    return message("files.place.key", line=line, key=key) if key else message("files.place.line", line=line)


class Reader:
    """Reads typed values out of the nodes of one file; every error names file, line and key.

    `words(KEY, **values)` is what to say of an error, `words(KEY_remedy, **values)` what to do about it.
    """

    def __init__(self, file: str, words: Callable[..., str]):
        self.file, self.words = file, words

    def error(self, key: str, node: Node, name: str = "", **values: Any) -> KafeError:
        """Return the error at the node's line, about the YAML key `name`."""
        return self.fault(key, place_in_words(line_of(node), name), **values)

    def fault(self, key: str, place: str = "", **values: Any) -> KafeError:
        """Return the error at a place in the file."""
        return KafeError(
            self.words(key, **values),
            file=self.file,
            place=place,
            remedy=self.words(f"{key}_remedy", **values),
        )

    def read(self, path: Path) -> str:
        """Return the text of the file, which is UTF-8, with LF line ends."""
        try:
            return read_text(path, only_utf8=True)
        except FileNotFoundError as error:
            raise self.fault("no_file") from error

    def root(self, text: str) -> Node | None:
        """Return the top node of the text; None for a text without content."""
        try:
            return compose(text)
        except NotYamlError as error:
            raise KafeError(
                message(f"files.yaml.{error.reason}"),
                file=self.file,
                place=place_in_words(error.line),
                remedy=message(f"files.yaml.{error.reason}_remedy"),
            ) from error

    def mapping(self, node: Node, allowed: tuple[str, ...]) -> tuple[dict[str, Node], list[KafeError]]:
        """Return key → node, empty values left out, and what is wrong with the keys."""
        if not isinstance(node, MappingNode):
            raise self.error("not_mapping", node)
        found: dict[str, Node] = {}
        faults: list[KafeError] = []
        for key_node, value in node.value:
            key = normalise_text(str(key_node.value))
            if key not in allowed:
                faults.append(self._unknown_key(key_node, key, allowed))
            elif key in found:
                faults.append(self.error("same_key", key_node, key))
            else:
                found[key] = value
        return {key: value for key, value in found.items() if value.tag != NULL}, faults

    def _unknown_key(self, node: Node, key: str, allowed: tuple[str, ...]) -> KafeError:
        near = get_close_matches(key.lower().replace("-", "_").replace(" ", "_"), allowed, n=1, cutoff=0.6)
        if near:
            return self.error("misspelt_key", node, key, guess=near[0], allowed=", ".join(allowed))
        return self.error("unknown_key", node, key, allowed=", ".join(allowed))

    def text(self, node: Node, key: str) -> str:
        """Return a scalar as written, normalised; numbers and dates stay as their characters."""
        if not isinstance(node, ScalarNode) or node.tag == NULL:
            raise self.error("not_text", node, key)
        return normalise_text(node.value)

    def truth(self, node: Node, key: str) -> bool:
        """Return true or false."""
        word = self.text(node, key).lower()
        if word not in TRUE | FALSE:
            raise self.error("not_truth", node, key, found=word)
        return word in TRUE

    def items(self, node: Node, key: str) -> list[Node]:
        """Return the nodes of a list."""
        if not isinstance(node, SequenceNode):
            raise self.error("not_list", node, key)
        return node.value
