"""Every Norwegian sentence the program says, from `messages/nb/ROOM.toml`; another language is another folder."""

import os
import string
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

__all__ = [
    "LANGUAGE", "Message", "joined", "language", "message", "said", "section", "stored", "texts_of",
]  # fmt: skip

LANGUAGE = "KAFE_LANGUAGE"
"""The environment variable that says which language is spoken: a folder here (nb), or any folder by its path."""


class _Counting(string.Formatter):
    """`{count:koding|kodinger}` is *1 koding* or *2 kodinger*."""

    def format_field(self, value: Any, spec: str) -> str:
        one, bar, many = spec.partition("|")
        if not bar:
            return str(super().format_field(value, spec))
        return f"{value} {one if str(value) == '1' else many}"


_FORMATTER = _Counting()


class Message(str):
    """A text that knows its key and values: a table stores those, so that no stored word is in a language."""

    key: str
    values: dict[str, Any]

    def __deepcopy__(self, _: object) -> "Message":
        return self


def stored(text: Any) -> Any:
    """Return what a table keeps of a text, or of rows with texts: key and values of a message, all else as it is."""
    if isinstance(text, Message):
        return {"message": text.key, "values": stored(text.values)}
    if isinstance(text, dict):
        return {name: stored(value) for name, value in text.items()}
    return [stored(part) for part in text] if isinstance(text, list | tuple) else text


def said(kept: Any) -> Any:
    """Return the text that `stored` kept, in the language spoken now; anything else as it is."""
    if isinstance(kept, dict) and kept.keys() == {"message", "values"}:
        values = {name: said(value) for name, value in kept["values"].items()}
        return message(kept["message"], **values) if kept["message"] else joined(**values)
    return [said(part) for part in kept] if isinstance(kept, list) else kept


def language() -> str:
    """Return which language is spoken: what the environment says, else Bokmål."""
    return os.environ.get(LANGUAGE) or "nb"


def texts_of(language: str) -> Path:
    """Return the folder of a language's texts: one of kafe's own, or any by its path."""
    return Path(str(resources.files("kafe.messages"))) / language


@cache
def _room(room: str, language: str) -> dict[str, Any]:
    path = texts_of(language) / f"{room}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def message(key: str, /, **values: Any) -> str:
    """Return the text at `room.key[.key …]` with `{name}` placeholders filled from `values`.

    A counted word is written `{count:koding|kodinger}`: *1 koding*, *2 kodinger*.

    It is written in the language that the environment's KAFE_LANGUAGE names, else in Bokmål. Raises KeyError where the key is missing: a text that is not written is a defect.
    """
    node = _node(key)
    if not isinstance(node, str):
        raise KeyError(f"{key} is a section, not a text")
    text = Message(_FORMATTER.format(node, **values))
    text.key, text.values = key, values
    return text


def joined(parts: Iterable[str], separator: str = " ") -> str:
    """Return texts with a separator between, as one text that knows its parts."""
    values = {"parts": list(parts), "separator": separator}
    text = Message(separator.join(values["parts"]))
    text.key, text.values = "", values
    return text


def section(key: str, /) -> dict[str, str]:
    """Return name → text of the section at `room.key[.key …]`, placeholders unfilled, for whoever fills them."""
    return dict(_node(key))


def _node(key: str) -> Any:
    room, *path = key.split(".")
    node: Any = _room(room, language())
    for part in path:
        node = node[part]
    return node
