"""Every Norwegian sentence the program says, from `messages/nb/ROOM.toml`; another language is another folder."""

import tomllib
from functools import cache
from importlib import resources


@cache
def _room(room: str, language: str) -> dict:
    path = resources.files("kafe.messages") / language / f"{room}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def message(key: str, /, *, language: str = "nb", **values: object) -> str:
    """Return the text at `room.key[.key …]` with `{name}` placeholders filled from `values`.

    Raises KeyError where the key is missing: a text that is not written is a defect.
    """
    room, *path = key.split(".")
    node = _room(room, language)
    for part in path:
        node = node[part]
    if not isinstance(node, str):
        raise KeyError(f"{key} is a section, not a text")
    return node.format(**values)


def section(key: str, *, language: str = "nb") -> dict[str, str]:
    """Return name → text of the section at `room.key[.key …]`, placeholders unfilled, for whoever fills them."""
    room, *path = key.split(".")
    node = _room(room, language)
    for part in path:
        node = node[part]
    return dict(node)
