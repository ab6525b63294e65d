"""Coders' names: one person, one spelling."""

import unicodedata
from collections.abc import Iterable


def tidy_name(name: str) -> str:
    """Return the name as NFC with single spaces and none around it."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def name_key(name: str) -> str:
    """Return what two spellings of one name share: «Kari», « kari » and «KARI» are the same person."""
    return unicodedata.normalize("NFC", tidy_name(name).casefold())


def spelling_conflicts(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the groups of names that differ only in case, spaces or form of letters, each sorted."""
    groups: dict[str, set[str]] = {}
    for name in names:
        groups.setdefault(name_key(name), set()).add(name)
    return sorted(tuple(sorted(group)) for group in groups.values() if len(group) > 1)
