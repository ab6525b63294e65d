"""The project's abbreviations (`data/coded/ordliste.yaml`): read, found in texts, and those that lack a meaning."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kafe.messages import message
from kafe.records import KafeError, Note

if TYPE_CHECKING:
    import yaml

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
    import yaml

    try:
        content = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
        root = yaml.compose(content, Loader=yaml.SafeLoader)
    except FileNotFoundError:
        return Glossary()
    except UnicodeDecodeError:
        raise _error(path, "encoding") from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise _error(path, "yaml", line=mark.line + 1 if mark else 0) from None
    if root is None:
        return Glossary()
    if not isinstance(root, yaml.MappingNode):
        raise _error(path, "shape", node=root)
    entries: list[Abbreviation] = []
    seen: set[str] = set()
    for key, value in root.value:
        entry = _entry(path, key, value)
        for form in (entry.short, *entry.also):
            if not FORM.fullmatch(form):
                raise _error(path, "form", node=key, key=form)
            if form in seen:
                raise _error(path, "twice", node=key, key=form)
            seen.add(form)
        entries.append(entry)
    return Glossary(tuple(entries))


def _entry(path: Path, key: yaml.Node, value: yaml.Node) -> Abbreviation:
    import yaml

    short = _text(path, key, key)
    if isinstance(value, yaml.ScalarNode):
        return Abbreviation(short, _text(path, value, key))
    if not isinstance(value, yaml.MappingNode):
        raise _error(path, "shape", node=value, key=short)
    fields = {_text(path, name, key): node for name, node in value.value}
    if unknown := fields.keys() - {LONG, ALSO}:
        raise _error(path, "field", node=value, key=f"{short}.{min(unknown)}")
    if LONG not in fields:
        raise _error(path, "empty", node=value, key=short)
    others = fields.get(ALSO)
    if others is not None and not isinstance(others, yaml.SequenceNode):
        raise _error(path, "shape", node=others, key=f"{short}.{ALSO}")
    also = tuple(_text(path, node, key) for node in others.value) if others is not None else ()
    return Abbreviation(short, _text(path, fields[LONG], key), also)


def _text(path: Path, node: yaml.Node, key: Any) -> str:
    import yaml

    if not isinstance(node, yaml.ScalarNode):
        raise _error(path, "shape", node=node)
    words = " ".join(node.value.split())
    if not words or node.tag == "tag:yaml.org,2002:null":
        raise _error(path, "empty", node=node, key=key.value)
    return words


def _error(
    path: Path, reason: str, *, node: yaml.Node | None = None, line: int = 0, key: str = ""
) -> KafeError:
    line = node.start_mark.line + 1 if node is not None else line
    place = message("language.glossary.line", line=line) if line else ""
    if key:
        place = message("language.glossary.key", line=line, key=key)
    return KafeError(
        message(f"language.glossary.{reason}"),
        file=path.name,
        place=place,
        remedy=message(f"language.glossary.{reason}_remedy"),
    )


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
