"""The query as a tree: what it asks for, and back to text. Text to tree is in `query_parser`, what it finds in `search`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

NEIGHBOURS = 1
"""Units apart that NÆR allows when no number is given: the same unit, or the one beside it."""
OPERATORS = {"og": "og", "and": "og", "eller": "eller", "or": "eller", "ikke": "ikke", "not": "ikke"}
OVERLAPS = ("overlapper", "overlaps")
BY = ("av", "by")
NEAR = re.compile(r"(?:nær|near)(?:/(\d{1,3}))?", re.IGNORECASE)


@dataclass(frozen=True)
class Text:
    """A word, or words that stand after each other."""

    value: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Field:
    """What is known about a note, or a code on it; `by` says whose coding it must be."""

    name: str
    op: str
    value: str
    by: str = ""
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Not:
    """Notes that the part does not find."""

    part: Query


@dataclass(frozen=True)
class And:
    """Notes that every part finds."""

    parts: tuple[Query, ...]


@dataclass(frozen=True)
class Or:
    """Notes that any part finds."""

    parts: tuple[Query, ...]


@dataclass(frozen=True)
class Near:
    """Notes where a place of one part is at most `within` units from one of the other; None: they overlap."""

    left: Query
    right: Query
    within: int | None = NEIGHBOURS


Query = Text | Field | Not | And | Or | Near


def write_query(query: Query) -> str:
    """Return the query as text that is parsed to the same tree."""
    return _written(query, 0)


def _written(query: Query, least: int) -> str:
    match query:
        case Or(parts):
            level, text = 0, " eller ".join(_written(part, 1) for part in parts)
        case And(parts):
            level, text = 1, " og ".join(_written(part, 2) for part in parts)
        case Not(part):
            level, text = 2, f"ikke {_written(part, 2)}"
        case Near(left, right, within):
            way = "overlapper" if within is None else "nær" if within == NEIGHBOURS else f"nær/{within}"
            level, text = 3, f"{_written(left, 3)} {way} {_written(right, 4)}"
        case Text(value):
            level, text = 4, _value(value)
        case Field(name, op, value, by):
            level, text = 4, f"{name}{op}{_value(value)}" + (f" av {_value(by)}" if by else "")
    return f"({text})" if level < least else text


def _value(value: str) -> str:
    """Return a value as it is when it can be read as nothing else, and in quotation marks otherwise."""
    word = value.casefold()
    reserved = word in (*OPERATORS, *OVERLAPS, *BY) or NEAR.fullmatch(word)
    bare = re.fullmatch(r"[\w*/.,-]+", value) and not reserved
    return value if bare else f'"{value}"'


def texts_of(query: Query) -> Iterator[Text]:
    """Yield the words and phrases that a query asks for, in order; those it excludes are left out."""
    match query:
        case Text():
            yield query
        case And(parts) | Or(parts):
            for part in parts:
                yield from texts_of(part)
        case Near(left, right):
            yield from texts_of(left)
            yield from texts_of(right)


def fields_of(query: Query) -> Iterator[Field]:
    """Yield every field that a query names, in order."""
    match query:
        case Field():
            yield query
        case And(parts) | Or(parts):
            for part in parts:
                yield from fields_of(part)
        case Not(part):
            yield from fields_of(part)
        case Near(left, right):
            yield from fields_of(left)
            yield from fields_of(right)


def misread(query: Query) -> bool:
    """Return whether a code stands beside «koder» or «opphav», which speak of the note and not of the code."""
    match query:
        case And(parts):
            named = {part.name for part in parts if isinstance(part, Field) and not part.by}
            return ("kode" in named and bool(named & {"koder", "opphav"})) or any(map(misread, parts))
        case Or(parts):
            return any(map(misread, parts))
        case Not(part):
            return misread(part)
    return False


def words_of(query: Query) -> Query | None:
    """Return a query for any of the words and phrases that a query asks for; None where it asks for none."""
    texts = tuple(texts_of(query))
    return Or(texts) if texts else None


def has_places(query: Query) -> bool:
    """Return whether a query finds places in a note: codes and words do, what is known about a note does not."""
    match query:
        case Text() | Near():
            return True
        case Field(name=name):
            return name == "kode"
        case Or(parts):
            return all(map(has_places, parts))
    return False
