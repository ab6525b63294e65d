"""What pydantic finds wrong with a project's file, in the words of those who wrote the file."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from kafe.messages import message, section

Keys = tuple[str | int, ...]


def explain(error: ValidationError, model: type[BaseModel]) -> tuple[str, Keys]:
    """Return what is wrong, and the path of keys and places where.

    Of several faults an unknown key goes first: it is mostly another one misspelt, which then is missing.
    """
    faults = sorted(error.errors(), key=lambda fault: fault["type"] != "extra_forbidden")
    return _words(dict(faults[0]), model), faults[0]["loc"]


def _words(fault: dict[str, Any], model: type[BaseModel]) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        near = get_close_matches(str(fault["loc"][-1]), _keys(model, fault["loc"][:-1]), n=1, cutoff=0.6)
        return (
            message("files.model.extra_near", near=near[0])
            if near
            else message("files.model.extra_forbidden")
        )
    if kind == "literal_error":
        expected = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        return message("files.model.literal_error", expected=expected)
    known = section("files.model")
    return message(f"files.model.{kind}" if kind in known else "files.model.other", **_texts(context))


def _texts(context: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in context.items()}


def _keys(model: type[BaseModel], path: Keys) -> list[str]:
    """Return the keys that may stand at a place in the file."""
    for part in path:
        if isinstance(part, int):
            continue
        fields = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
        model = next(_models(fields.get(part)), model)
    return [field.alias or name for name, field in model.model_fields.items()]


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
