"""The query language: from text to a tree.

query   = all { ELLER all }
all     = not { [OG] not }
not     = IKKE not | near
near    = primary { NÆR[/N] primary | OVERLAPPER primary }
primary = "(" query ")" | FIELD (":" | "=" | ">=" | ">" | "<=" | "<") value [AV name] | word | "phrase"
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, NamedTuple

from kafe.messages import message
from kafe.records import KafeError
from kafe.search.query import (
    BY,
    NEAR,
    NEIGHBOURS,
    OPERATORS,
    OVERLAPS,
    And,
    Field,
    Near,
    Not,
    Or,
    Query,
    Text,
    has_places,
)

QUOTES = '"«»“”„'
DEEPEST = 60
FIELDS = {
    "kode": ("kode", "code"),
    "gruppe": ("gruppe", "group"),
    "økt": ("økt", "okt", "session"),
    "spørsmål": ("spørsmål", "sporsmal", "question"),
    "kommune": ("kommune", "municipality"),
    "bord": ("bord", "table"),
    "koder": ("koder", "coder"),
    "opphav": ("opphav", "origin"),
    "språk": ("språk", "sprak", "language"),
    "prikker": ("prikker", "votes", "stemmer"),
    "dato": ("dato", "date"),
    "tekst": ("tekst", "text"),
}
ORDERED = ("prikker", "dato")
"""Fields that `<` and `>` may be used on."""
CANONICAL = {alias: name for name, aliases in FIELDS.items() for alias in aliases}
_TOKEN = re.compile(
    rf"\s*(?:(?P<open>\()|(?P<close>\))|(?P<field>[^\W\d_][\w-]*)\s*(?P<op>>=|<=|[:=<>])"
    rf"|[{QUOTES}](?P<quoted>[^{QUOTES}]*)[{QUOTES}]|(?P<broken>[{QUOTES}])|(?P<word>[^\s(){QUOTES}]+))"
)


class _Token(NamedTuple):
    kind: str
    text: str
    at: int
    op: str = ""


def parse_query(text: str) -> Query:
    """Return the tree of a query.

    Raises KafeError that names the sign where it stops making sense, and what to do.
    """
    return _Parser(unicodedata.normalize("NFC", text)).whole()


def query_error(key: str, at: int, **values: Any) -> KafeError:
    """Return the error `seeing.query.KEY` at a sign of the query, counted from one."""
    return KafeError(
        message(f"views.query.{key}", **values),
        place=message("views.query.sign", number=at + 1),
        remedy=message(f"views.query.{key}_remedy", **values),
    )


def _tokens(text: str) -> list[_Token]:
    found = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        assert match is not None  # every sign that is not a space begins a token
        kind = match.lastgroup or ""
        if kind == "op":
            found.append(_Token("field", match["field"], match.start("field"), match["op"]))
        elif kind == "broken":
            raise query_error("quote", match.start(kind))
        else:
            found.append(_Token(kind, match[kind], match.start(kind) - (kind == "quoted")))
        at = match.end()
    return found


class _Parser:
    def __init__(self, text: str):
        self.tokens = _tokens(text)
        self.end = len(text.rstrip())
        self.place = 0
        self.depth = 0

    def whole(self) -> Query:
        if not self.tokens:
            raise query_error("empty", 0)
        query = self.any_of()
        if token := self.peek():
            raise query_error("close", token.at)
        return query

    def peek(self) -> _Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def operator(self) -> str:
        """Return the operator that comes next, or nothing."""
        token = self.peek()
        if token is None or token.kind != "word":
            return ""
        word = token.text.casefold()
        if NEAR.fullmatch(word) or word in OVERLAPS:
            return "nær"
        return OPERATORS.get(word, "")

    def any_of(self) -> Query:
        parts = [self.all_of()]
        while self.operator() == "eller":
            self.place += 1
            parts.append(self.all_of())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def all_of(self) -> Query:
        parts = [self.negated()]
        while (token := self.peek()) and token.kind != "close" and self.operator() != "eller":
            self.place += self.operator() == "og"
            parts.append(self.negated())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def negated(self) -> Query:
        if self.operator() != "ikke":
            return self.near()
        self.place += 1
        return Not(self.deeper(self.negated))

    def deeper(self, rule: Callable[[], Query]) -> Query:
        self.depth += 1
        self.bounded(self.depth)
        found = rule()
        self.depth -= 1
        return found

    def bounded(self, depth: int) -> None:
        if depth > DEEPEST:
            raise query_error("deep", self.tokens[self.place - 1].at, most=DEEPEST)

    def near(self) -> Query:
        query = self.primary()
        joined = 0
        while self.operator() == "nær":
            token = self.tokens[self.place]
            self.place += 1
            joined += 1
            self.bounded(joined)
            match = NEAR.fullmatch(token.text)
            within = None if match is None else int(match[1] or NEIGHBOURS)
            query = Near(query, self.primary(), within)
            if not (has_places(query.left) and has_places(query.right)):
                raise query_error("near", token.at, operator=token.text)
        return query

    def primary(self) -> Query:
        token = self.peek()
        if token is None:
            raise query_error("end", self.end)
        if token.kind == "close" or self.operator():
            raise query_error("operand", token.at, found=token.text)
        self.place += 1
        if token.kind == "open":
            query = self.deeper(self.any_of)
            if self.peek() is None:
                raise query_error("open", token.at)
            self.place += 1
            return query
        return self.field(token) if token.kind == "field" else _text(token.text, token.at)

    def field(self, token: _Token) -> Query:
        name = CANONICAL.get(token.text.casefold())
        if name is None:
            near = get_close_matches(token.text.casefold(), CANONICAL, n=1, cutoff=0.5)
            key = "field_near" if near else "field"
            values = {"field": token.text, "known": ", ".join(FIELDS), "near": "".join(near)}
            raise query_error(key, token.at, **values)
        value = self.peek()
        if value is None or value.kind not in ("word", "quoted"):
            raise query_error("value", token.at, field=token.text, op=token.op)
        self.place += 1
        if name == "tekst":
            return _text(value.text, value.at)
        op = ":" if token.op == "=" else token.op
        if op != ":" and name not in ORDERED:
            raise query_error("order", token.at, field=token.text, op=op)
        if name == "prikker" and not re.fullmatch(r"[0-9]{1,9}", value.text):
            raise query_error("number", value.at, field=token.text)
        if name == "dato" and not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", value.text):
            raise query_error("date", value.at)
        by = self.coder() if name == "kode" else ""
        return Field(name, op, value.text.strip(), by, token.at)

    def coder(self) -> str:
        """Return the name after AV, or nothing."""
        token = self.peek()
        if token is None or token.kind != "word" or token.text.casefold() not in BY:
            return ""
        self.place += 1
        name = self.peek()
        if name is None or name.kind not in ("word", "quoted") or not name.text.strip() or self.operator():
            raise query_error("by", token.at)
        self.place += 1
        return name.text.strip()


def _text(value: str, at: int) -> Text:
    if not value.strip():
        raise query_error("blank", at)
    return Text(" ".join(value.split()), at)
