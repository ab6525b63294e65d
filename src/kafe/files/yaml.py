"""A YAML file checked against a model, with errors that name file, line and key."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from kafe.messages import message
from kafe.records import KafeError

Path_ = tuple[str | int, ...]
_EXPLAINED = {
    "missing",
    "extra_forbidden",
    "int_parsing",
    "float_parsing",
    "greater_than_equal",
    "less_than_equal",
    "literal_error",
    "string_too_short",
    "string_type",
    "tuple_type",
    "model_type",
}


class Section(BaseModel):
    """A part of a project file: its keys are Norwegian, unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=Section)


def load(path: Path, model: type[Model]) -> Model:
    """Return the file's content as `model`; every scalar is read as text and converted by the model.

    So `nei` and `1` stay the ids they are. Raises KafeError naming file, line and key: when the file
    is missing, not UTF-8, not YAML, has a key twice or aliases, or does not fit the model.
    """
    import yaml

    try:
        content = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
        root = yaml.compose(content, Loader=yaml.SafeLoader)
    except FileNotFoundError:
        raise _error(path, "no_file") from None
    except UnicodeDecodeError:
        raise _error(path, "encoding") from None
    except RecursionError:
        raise _error(path, "yaml") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _error(path, "yaml", line=mark.line + 1 if mark else 0) from None
    lines: dict[Path_, int] = {}
    data = _plain(path, root, (), lines, set()) if root is not None else {}
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        found = first["loc"]
        line = next((lines[found[:size]] for size in range(len(found), -1, -1) if found[:size] in lines), 1)
        raise KafeError(
            _explain(first),
            file=path.name,
            place=message("pilot.place.key", line=line, key=key_name(found)),
            remedy=message("pilot.remedy.file"),
        ) from None


def refuse_repeats(path: Path, what: str, ids: Iterator[str]) -> None:
    """Raise KafeError when an id of the file stands twice."""
    seen = set()
    for name in ids:
        if name in seen:
            raise KafeError(
                message("pilot.error.repeated", what=what, id=name),
                file=path.name,
                place=_line_of(path, name),
                remedy=message("pilot.remedy.repeated"),
            )
        seen.add(name)


def key_name(found: Path_) -> str:
    """Return a path of keys and places in lists in words, places counted from 1: `elementer.2.id`."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in found)


def _line_of(path: Path, name: str) -> str:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    places = [number for number, line in enumerate(lines, 1) if line.strip(" -").startswith(f"id: {name}")]
    return message("pilot.place.line", line=places[-1]) if places else ""


def _plain(path: Path, node: Any, at: Path_, lines: dict[Path_, int], above: set[int]) -> Any:
    """Return a node as text, list or dictionary, and note the line of every key path."""
    import yaml

    if id(node) in above:
        raise _error(path, "alias", line=node.start_mark.line + 1)
    above.add(id(node))
    lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag == "tag:yaml.org,2002:null" else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(path, child, (*at, place), lines, above) for place, child in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise _error(path, "yaml", line=line)
        if key.value in found:
            raise _error(path, "key_twice", line=line, key=key_name((*at, key.value)))
        lines[*at, key.value] = line
        found[key.value] = _plain(path, value, (*at, key.value), lines, above)
    return found


def _explain(error: Any) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if error["type"] not in _EXPLAINED:
        return f"{error['msg']}."
    values = {name: str(value) for name, value in error.get("ctx", {}).items()}
    return message(f"pilot.error.{error['type']}", **values)


def _error(path: Path, reason: str, *, line: int = 0, key: str = "") -> KafeError:
    place = message("pilot.place.line", line=line) if line else ""
    if key:
        place = message("pilot.place.key", line=line, key=key)
    return KafeError(
        message(f"pilot.error.{reason}"),
        file=path.name,
        place=place,
        remedy=message("pilot.remedy.no_file" if reason == "no_file" else "pilot.remedy.file"),
    )
