"""YAML as nodes that know their lines, so that an error can say where it is."""

from pathlib import Path
from typing import Any

import yaml

from kafe.records import KafeError, normalise_text
from kafe.text import tekst

TRUE = frozenset({"true", "yes", "on", "ja", "sann"})
FALSE = frozenset({"false", "no", "off", "nei", "usann"})
NULL = "tag:yaml.org,2002:null"


class Reader:
    """Reads typed values out of the nodes of one file; every error names file, line and key."""

    def __init__(self, path: Path):
        self.file = path.name

    def error(self, key: str, node: yaml.Node, name: str = "", **values: Any) -> KafeError:
        """Return the error `coding.codebook.KEY` at the node's line, about the YAML key `name`."""
        line = tekst("coding.place.line", line=node.start_mark.line + 1)
        place = tekst("coding.place.key", line=line, key=name) if name else line
        return self.fault(key, place, **values)

    def fault(self, key: str, place: str = "", **values: Any) -> KafeError:
        """Return the error `coding.codebook.KEY` at a place in the file."""
        return KafeError(
            tekst(f"coding.codebook.{key}", **values),
            file=self.file,
            place=place,
            remedy=tekst(f"coding.codebook.{key}_remedy", **values),
        )

    def mapping(self, node: yaml.Node, allowed: tuple[str, ...]) -> dict[str, yaml.Node]:
        """Return key → node; empty values are left out."""
        if not isinstance(node, yaml.MappingNode):
            raise self.error("not_mapping", node)
        found: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = normalise_text(str(key_node.value))
            if key not in allowed:
                raise self.error("unknown_key", key_node, key, allowed=", ".join(allowed))
            if key in found:
                raise self.error("same_key", key_node, key)
            found[key] = value
        return {key: value for key, value in found.items() if value.tag != NULL}

    def text(self, node: yaml.Node, key: str) -> str:
        """Return a scalar as written, normalised; numbers and dates stay as their characters."""
        if not isinstance(node, yaml.ScalarNode) or node.tag == NULL:
            raise self.error("not_text", node, key)
        return normalise_text(node.value)

    def truth(self, node: yaml.Node, key: str) -> bool:
        """Return true or false."""
        word = self.text(node, key).lower()
        if word not in TRUE | FALSE:
            raise self.error("not_truth", node, key, found=word)
        return word in TRUE

    def items(self, node: yaml.Node, key: str) -> list[yaml.Node]:
        """Return the nodes of a list."""
        if not isinstance(node, yaml.SequenceNode):
            raise self.error("not_list", node, key)
        return node.value

    def root(self, path: Path) -> yaml.Node:
        """Return the top node of the file, composed by PyYAML's safe loader (no objects, no tags run)."""
        try:
            text = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError as error:
            raise self.fault("missing") from error
        except UnicodeDecodeError as error:
            raise self.fault("not_utf8") from error
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = tekst("coding.place.line", line=mark.line + 1) if mark else ""
            raise self.fault("bad_yaml", place) from error
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            raise self.fault("bad_character", tekst("coding.place.line", line=line)) from error
        except RecursionError as error:
            raise self.fault("too_deep") from error
        if node is None:
            raise self.fault("empty")
        return node
