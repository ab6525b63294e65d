"""What a notebook's `parameters` cell accepts, and values checked against it."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kafe.messages import message
from kafe.records import KafeError

TAG = "parameters"
SIMPLE = {"int": int, "float": float, "str": str, "bool": bool, "list": list, "dict": dict, "tuple": tuple}
WORDS = {"true": True, "ja": True, "sann": True, "false": False, "nei": False, "usann": False}


@dataclass(frozen=True)
class Parameter:
    """A name, the source of its default, and the type it must have (None: any)."""

    name: str
    default: str
    type: type | None


def notebook_parameters(notebook: Path) -> dict[str, Parameter]:
    """Return the parameters of the notebook by name, in order; empty when it has no such cell.

    Raises KafeError when the notebook is missing or not a notebook.
    """
    return cell_parameters(parameter_source(read_notebook(notebook)))


def read_notebook(path: Path) -> Any:
    """Return the notebook as an nbformat node of version 4; raises KafeError where that cannot be done."""
    from kafe.report.skip_slow_imports import skip_slow_grammars

    skip_slow_grammars()
    import nbformat

    try:
        return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    except FileNotFoundError as error:
        raise KafeError(
            message("report.run.missing"), file=path.name, remedy=message("report.run.missing_remedy")
        ) from error
    except (ValueError, AttributeError, KeyError, TypeError, nbformat.ValidationError) as error:
        raise KafeError(
            message("report.run.unreadable"), file=path.name, remedy=message("report.run.unreadable_remedy")
        ) from error


def parameter_source(notebook: Any) -> str:
    """Return the code of the first cell tagged `parameters`, or an empty text."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and TAG in cell.metadata.get("tags", []):
            return str(cell.source)
    return ""


def cell_parameters(source: str) -> dict[str, Parameter]:
    """Return the parameters assigned in the cell; the type is the annotation's, else the default's.

    Raises KafeError where the cell is not Python.
    """
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise KafeError(
            message("report.parameters.syntax"), place=message("report.parameters.line", number=error.lineno)
        ) from error
    found = {}
    for node in body:
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            targets: list[ast.expr] = [node.target]
            annotation: ast.expr | None = node.annotation
        elif isinstance(node, ast.Assign):
            targets, annotation = node.targets, None
        else:
            continue
        for target in targets:
            if isinstance(target, ast.Name) and node.value is not None:
                kind = _kind(annotation, node.value)
                found[target.id] = Parameter(target.id, ast.unparse(node.value), kind)
    return found


def parameterized(notebook: Any, given: Mapping[str, Any]) -> Any:
    """Return the notebook as papermill executes it: the given values in a cell after the `parameters` cell."""
    from papermill.parameterize import parameterize_notebook

    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])
        cell.metadata["papermill"] = {}
    notebook.metadata["papermill"] = {}
    if not given:
        return notebook
    comment = message("report.run.parameters")
    notebook = parameterize_notebook(
        notebook, dict(given), comment=comment, kernel_name="python3", language="python"
    )
    for cell in notebook.cells:
        cell.metadata.setdefault("papermill", {})
    return notebook


def _kind(annotation: ast.expr | None, value: ast.expr) -> type | None:
    if annotation is not None:
        return SIMPLE.get(annotation.id) if isinstance(annotation, ast.Name) else None
    try:
        default = ast.literal_eval(value)
    except ValueError:
        return None
    return None if default is None else type(default)


def check(notebook: str, known: Mapping[str, Parameter], given: Mapping[str, Any]) -> None:
    """Raise KafeError where a parameter is unknown or its value has another type than the default."""
    for name, value in given.items():
        if name not in known:
            names = ", ".join(known)
            remedy = (
                message("report.parameters.valid", names=names)
                if known
                else message("report.parameters.none")
            )
            raise KafeError(message("report.parameters.unknown", name=name), file=notebook, remedy=remedy)
        if not _fits(value, known[name].type):
            raise _wrong(notebook, known[name], value)


def _fits(value: Any, kind: type | None) -> bool:
    if kind is None:
        return True
    if isinstance(value, bool):
        return kind is bool
    if kind is float:
        return isinstance(value, int | float)
    if kind in (list, tuple):
        return isinstance(value, list | tuple)
    return isinstance(value, kind)


def _wrong(notebook: str, parameter: Parameter, value: Any) -> KafeError:
    expected = parameter.type.__name__ if parameter.type else "other"
    return KafeError(
        message(
            "report.parameters.type",
            name=parameter.name,
            expected=_word(expected),
            found=_word(type(value).__name__),
        ),
        file=notebook,
        remedy=message("report.parameters.default", default=parameter.default),
    )


def _word(kind: str) -> str:
    return message(f"report.types.{kind if kind in SIMPLE or kind == 'NoneType' else 'other'}")


def parse_parameters(notebook: Path, texts: Mapping[str, str]) -> dict[str, Any]:
    """Return values typed on a command line (`name=value`) as the types the notebook expects.

    Numbers may have a decimal comma; truth values may be ja/nei or true/false; lists are comma-separated.
    Raises KafeError as `check` does.
    """
    known = notebook_parameters(notebook)
    check(notebook.name, known, dict.fromkeys(texts.keys() - known.keys()))
    return {name: _parsed(notebook.name, known[name], text) for name, text in texts.items()}


def _parsed(notebook: str, parameter: Parameter, text: str) -> Any:
    try:
        if parameter.type is bool:
            return WORDS[text.strip().casefold()]
        if parameter.type is int:
            return int(text)
        if parameter.type is float:
            return float(text.replace(",", "."))
    except (ValueError, KeyError) as error:
        raise _wrong(notebook, parameter, text) from error
    if parameter.type in (list, tuple):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text
