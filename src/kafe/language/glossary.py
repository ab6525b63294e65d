"""The project's abbreviations (`data/coded/ordliste.yaml`): read, found in texts, and those that lack a meaning."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kafe.files import yaml
from kafe.messages import message
from kafe.records import Note

LONG, ALSO = "lang", "også"
FORM = re.compile(r"[^\W_][\w.&/-]*(?: [\w.&/-]+){0,2}")
ACRONYM = re.compile(r"(?<![\w\[-])[A-ZÆØÅ]{2,6}(?:-[A-ZÆØÅ]{2,6})?(?=(?:-[a-zæøå]+|s)?(?!\w))")
ENDING = r"(?=(?:-\w+|s|en|et|ene|er|ar|ane|a)?(?!\w))"
WORD = re.compile(r"[^\W\d_]{2,}")
FEW_WORDS = 3
MANY_CAPITALS = 0.6
"""A longer line with a larger share of words in capitals is written in capitals; nothing in it counts as an acronym."""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation, what it stands for, and other ways to write it."""

    short: str
    long: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Glossary:
    """The abbreviations of a project in the order of the file."""

    entries: tuple[Abbreviation, ...] = ()

    @cached_property
    def _by_form(self) -> dict[str, Abbreviation]:
        return {form: entry for entry in self.entries for form in (entry.short, *entry.also)}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        forms = sorted(self._by_form, key=lambda form: (-len(form), form))
        if not forms:
            return None
        found = "|".join(re.escape(form) + ("" if form.endswith(".") else ENDING) for form in forms)
        return re.compile(rf"(?<![\w\[-])(?:{found})")

    def __contains__(self, short: object) -> bool:
        return short in self._by_form

    def find(self, text: str) -> list[tuple[int, int, str, str]]:
        """Return (start, end, short, long) of each abbreviation in the text, in order.

        Whole words in the case they are listed in; endings and what follows a hyphen lie outside the span.
        """
        if self._pattern is None:
            return []
        found = ((match, self._by_form[match.group()]) for match in self._pattern.finditer(text))
        return [(match.start(), match.end(), entry.short, entry.long) for match, entry in found]


def load_glossary(path: Path) -> Glossary:
    """Return the glossary in the file; empty when there is no file or nothing in it.

    Raises KafeError naming file, line and key: not UTF-8, not YAML, an abbreviation that stands twice or
    lacks its meaning, an unknown key.
    """
    if not path.exists():
        return Glossary()
    reader = yaml.Reader(path.name, _words)
    root = reader.root(unicodedata.normalize("NFC", reader.read(path)))
    if root is None:
        return Glossary()
    if not isinstance(root, yaml.MappingNode):
        raise reader.error("shape", root)
    entries: list[Abbreviation] = []
    seen: set[str] = set()
    for key, value in root.value:
        entry = _entry(reader, key, value)
        for form in (entry.short, *entry.also):
            if not FORM.fullmatch(form):
                raise reader.error("form", key, form)
            if form in seen:
                raise reader.error("twice", key, form)
            seen.add(form)
        entries.append(entry)
    return Glossary(tuple(entries))


def _entry(reader: yaml.Reader, key: yaml.Node, value: yaml.Node) -> Abbreviation:
    short = _text(reader, key, key)
    if isinstance(value, yaml.ScalarNode):
        return Abbreviation(short, _text(reader, value, key))
    if not isinstance(value, yaml.MappingNode):
        raise reader.error("shape", value, short)
    fields = {_text(reader, name, key): node for name, node in value.value}
    if unknown := fields.keys() - {LONG, ALSO}:
        raise reader.error("field", value, f"{short}.{min(unknown)}")
    if LONG not in fields:
        raise reader.error("empty", value, short)
    others = fields.get(ALSO)
    if others is not None and not isinstance(others, yaml.SequenceNode):
        raise reader.error("shape", others, f"{short}.{ALSO}")
    also = tuple(_text(reader, node, key) for node in others.value) if others is not None else ()
    return Abbreviation(short, _text(reader, fields[LONG], key), also)


def _text(reader: yaml.Reader, node: yaml.Node, key: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise reader.error("shape", node)
    words = " ".join(node.value.split())
    if not words or node.tag == yaml.NULL:
        raise reader.error("empty", node, str(key.value))
    return words


def _words(key: str, **values: Any) -> str:
    return message(f"language.glossary.{key}", **values)


def unknown_abbreviations(notes: Iterable[Note], glossary: Glossary, least: int = 2) -> list[dict[str, Any]]:
    """Return acronyms in at least `least` notes that the glossary lacks: `short` and `notes`, most frequent first.

    An acronym is two to six capitals; lines in capitals and pseudonym tags do not count.
    """
    counts: Counter[str] = Counter()
    for note in notes:
        counts.update({short for line in note.text.split("\n") for short in _acronyms(line)})
    kept = [(short, count) for short, count in counts.items() if count >= least and short not in glossary]
    kept.sort(key=lambda pair: (-pair[1], pair[0]))
    return [{"short": short, "notes": count} for short, count in kept]


def _acronyms(line: str) -> list[str]:
    words = WORD.findall(line)
    capitals = sum(word.isupper() for word in words)
    if len(words) > FEW_WORDS and capitals > MANY_CAPITALS * len(words):
        return []
    return [match.group() for match in ACRONYM.finditer(line)]
