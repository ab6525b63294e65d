"""YAML as nodes that know their lines, so that an error can say where it is."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from kafe.messages import message
from kafe.records import KafeError, normalise_text

TRUE = frozenset({"true", "yes", "on", "ja", "sann"})
FALSE = frozenset({"false", "no", "off", "nei", "usann"})
NULL = "tag:yaml.org,2002:null"
LONG_LINE, MANY_BRACKETS = 1000, 1000
"""From here on a text is read by PyYAML's own parser, which ends deep nesting with an error."""


def compose(text: str) -> yaml.Node | None:
    """Return the top node of a YAML text; libyaml does it fifteen times as fast, at the same marks."""
    plain = text.count("[") + text.count("{") < MANY_BRACKETS and max(map(len, text.split("\n"))) < LONG_LINE
    fast = getattr(yaml, "CSafeLoader", None)
    if fast is not None and plain:
        try:
            return yaml.compose(text, Loader=fast)
        except yaml.reader.ReaderError:
            return yaml.compose(text, Loader=yaml.SafeLoader)
    return yaml.compose(text, Loader=yaml.SafeLoader)


class Reader:
    """Reads typed values out of the nodes of one file; every error names file, line and key."""

    def __init__(self, file: str):
        self.file = file

    def error(self, key: str, node: yaml.Node, name: str = "", **values: Any) -> KafeError:
        """Return the error `coding.codebook.KEY` at the node's line, about the YAML key `name`."""
        line = message("coding.place.line", line=node.start_mark.line + 1)
        place = message("coding.place.key", line=line, key=name) if name else line
        return self.fault(key, place, **values)

    def fault(self, key: str, place: str = "", **values: Any) -> KafeError:
        """Return the error `coding.codebook.KEY` at a place in the file."""
        return KafeError(
            message(f"coding.codebook.{key}", **values),
            file=self.file,
            place=place,
            remedy=message(f"coding.codebook.{key}_remedy", **values),
        )

    def mapping(
        self, node: yaml.Node, allowed: tuple[str, ...]
    ) -> tuple[dict[str, yaml.Node], list[KafeError]]:
        """Return key → node, empty values left out, and what is wrong with the keys."""
        if not isinstance(node, yaml.MappingNode):
            raise self.error("not_mapping", node)
        found: dict[str, yaml.Node] = {}
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

    def _unknown_key(self, node: yaml.Node, key: str, allowed: tuple[str, ...]) -> KafeError:
        near = get_close_matches(key.lower().replace("-", "_").replace(" ", "_"), allowed, n=1, cutoff=0.6)
        if near:
            return self.error("misspelt_key", node, key, guess=near[0], allowed=", ".join(allowed))
        return self.error("unknown_key", node, key, allowed=", ".join(allowed))

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

    def read(self, path: Path) -> str:
        """Return the text of the file, with LF line ends."""
        try:
            return path.read_text(encoding="utf-8-sig")
        except FileNotFoundError as error:
            raise self.fault("missing") from error
        except UnicodeDecodeError as error:
            raise self.fault("not_utf8") from error

    def root(self, text: str) -> yaml.Node:
        """Return the top node of the text, composed by PyYAML's safe loader (no objects, no tags run)."""
        try:
            node = compose(text)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = message("coding.place.line", line=mark.line + 1) if mark else ""
            raise self.fault("bad_yaml", place) from error
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            raise self.fault("bad_character", message("coding.place.line", line=line)) from error
        except RecursionError as error:
            raise self.fault("too_deep") from error
        if node is None:
            raise self.fault("empty")
        return node
