"""`session.toml`: what the analyst says about a session, with defaults for what is missing or wrong."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast, get_args

from kafe.files import WrongEncodingError, read_text
from kafe.ingest.meaning import headers
from kafe.ingest.meaning.questions import short_id
from kafe.ingest.meaning.values import as_date, as_group, as_label, as_municipality
from kafe.ingest.records import SourceSession, make_problem
from kafe.ingest.records import place as place_name
from kafe.records import Kind, Problem, normalise_text

FILE = "session.toml"
_KINDS = get_args(Kind)
_KEYS = ("title", "date", "kind", "group", "municipality", "questions", "columns", "groups")
_DEFAULT_KIND = "fritekst"


def read_session(folder: Path, relative: str) -> tuple[SourceSession, list[Problem]]:
    """Return the session of a folder and what is wrong with its `session.toml`.

    `relative` is the folder's path under `data/raw`. Whatever can be read is kept: in a file that is
    not TOML, every line that is TOML on its own; a wrong value is left at its default.
    """
    file = f"{relative}/{FILE}"
    problems: list[Problem] = []
    data: dict[str, Any] = {}
    try:
        raw = read_text(folder / FILE, only_utf8=True)
    except FileNotFoundError:
        problems.append(make_problem(file, "", "no_session_file"))
    except (OSError, WrongEncodingError):
        problems.append(make_problem(file, "", "session_not_utf8"))
    else:
        try:
            data = tomllib.loads(raw)
        except tomllib.TOMLDecodeError as error:
            data, line, key = _salvage(raw, error)
            where = place_name("line_key", line=line, key=key) if key else place_name("line", line=line)
            problems.append(make_problem(file, where, "session_not_toml"))
    session_id = unicodedata.normalize("NFC", folder.name).strip()
    return _build(session_id, relative, data, file, problems), problems


def _salvage(raw: str, error: tomllib.TOMLDecodeError) -> tuple[dict[str, Any], int, str]:
    """Return the lines that are TOML on their own, the number of the first that is not, and its key."""
    lines = raw.splitlines()
    match = re.search(r"at line (\d+)", str(error))
    reported = int(match[1]) if match else len(lines)
    data: dict[str, Any] = {}
    section: dict[str, Any] = data
    bad = 0
    for number, line in enumerate(lines, 1):
        if header := re.fullmatch(r"\s*\[\s*([\w-]+)\s*\]\s*(?:#.*)?", line):
            section = data.setdefault(header[1], {})
            if not isinstance(section, dict):
                section = data[header[1]] = {}
            continue
        try:
            section.update(tomllib.loads(line))
        except tomllib.TOMLDecodeError:
            bad = bad or number
    line_number = bad or reported
    text = lines[line_number - 1] if 0 < line_number <= len(lines) else ""
    key = re.match(r'\s*("[^"]*"|[\w.-]+)\s*=', text)
    return data, line_number, key[1].strip('"') if key else ""


def _build(
    session_id: str, relative: str, data: dict[str, Any], file: str, problems: list[Problem]
) -> SourceSession:
    def wrong(key: str, problem: str, **values: Any) -> None:
        problems.append(make_problem(file, place_name("key", key=key), problem, **values))

    for key in data:
        if key not in _KEYS:
            wrong(key, "unknown_key", keys=", ".join(_KEYS))

    def text(key: str) -> str:
        value = data.get(key, "")
        if isinstance(value, str):
            return normalise_text(value)
        wrong(key, "not_text")
        return ""

    def table(key: str) -> Iterator[tuple[str, str]]:
        values = data.get(key, {})
        if not isinstance(values, dict):
            wrong(key, "not_a_table")
            return
        for name, value in values.items():
            if isinstance(value, str | int) and not isinstance(value, bool):
                yield normalise_text(name), normalise_text(str(value))
            else:
                wrong(f"{key}.{name}", "not_text")

    kind = text("kind") or _DEFAULT_KIND
    if kind not in _KINDS:
        wrong("kind", "unknown_kind", kinds=", ".join(_KINDS), default=_DEFAULT_KIND)
        kind = _DEFAULT_KIND
    columns = {}
    for header, meaning in table("columns"):
        if meaning in headers.FIELDS:
            columns[header] = meaning
        else:
            wrong(f"columns.{header}", "unknown_field", fields=", ".join(headers.FIELDS))
    return SourceSession(
        id=session_id,
        folder=relative,
        title=text("title") or session_id,
        date=_date(data.get("date", ""), wrong),
        kind=cast(Kind, kind),
        group=as_group(text("group")),
        municipality=as_municipality(text("municipality")),
        questions={short_id(key) if " " in key else key: value for key, value in table("questions") if value},
        columns=columns,
        groups={as_label(name): as_group(value) for name, value in table("groups")},
    )


def _date(value: object, wrong: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    found = as_date(value) if isinstance(value, str) else ""
    if not found and value != "":
        wrong("date", "bad_date")
    return found
