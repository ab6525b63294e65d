"""What the account of columns leads to: a warning where it is unknown who speaks, and lines for session.toml."""

import json
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from kafe.files import read_text, write_text
from kafe.ingest.meaning.headers import FIELDS
from kafe.ingest.meaning.questions import fold
from kafe.ingest.records import ColumnAccount, Ingested, SourceSession, make_problem
from kafe.ingest.session import FILE
from kafe.messages import message
from kafe.records import KafeError, Problem

NOT_READ = frozenset({"personal", "meta", "closed", "ignore", "unknown", "empty"})
_OPEN = frozenset({"closed", "unknown"})
_FEW_NOTES, _MOST = 5, 0.5


def read_as(column: ColumnAccount) -> str:
    """Return in words what a column was read as."""
    return message(f"ingest.read_as.{column.read_as}")


def read_by(column: ColumnAccount) -> str:
    """Return in words what told so, or an empty string where nothing did."""
    return message(f"ingest.read_by.{column.by}") if column.by != "none" else ""


def gaps(found: Ingested) -> tuple[Problem, ...]:
    """Return a warning for every session in which most notes have no group, with a line that mends it if there is one."""
    problems = []
    for session in found.sessions:
        notes = [note for note in found.notes if note.session == session.id and note.kind != "dokument"]
        without = sum(not note.group for note in notes)
        if len(notes) < _FEW_NOTES or without <= _MOST * len(notes):
            continue
        candidates = _candidates(session, found.columns)
        file = f"{session.folder}/{FILE}"
        counts = {"without": without, "notes": len(notes)}
        if candidates:
            line = f'{_quoted(candidates[0].header)} = "group"'
            problems.append(make_problem(file, "", "no_group_column", line=line, **counts))
        else:
            problems.append(make_problem(file, "", "no_group", **counts))
    return tuple(problems)


def lines(session: SourceSession, columns: Sequence[ColumnAccount]) -> list[str]:
    """Return lines for the session's `[columns]`: what values told as they were read; what was not read, as comments.

    A column that `[columns]` names already gets none. The one unread column whose values may name groups, where no
    other does, is suggested as the group.
    """
    own = _of(session, columns)
    known = {fold(header) for header in session.columns}
    candidates = _candidates(session, columns)
    grouped = any(column.read_as == "group" for column in own)
    result: dict[str, str] = {}
    for column in own:
        key = fold(column.header)
        if not key or key in known or key in result:
            continue
        name = _quoted(column.header)
        if column.by == "values" and column.read_as in FIELDS and column.read_as != "text":
            result[key] = f'{name} = "{column.read_as}"'
        elif not grouped and candidates == [column]:
            result[key] = f'{name} = "group"'
        elif column.read_as in _OPEN:
            result[key] = f"# {name} = " + '"group"  # ' + message("ingest.suggest.unread")
    return list(result.values())


def write(folder: Path, session: SourceSession, new: Sequence[str]) -> bool:
    """Add lines to `[columns]` of a session's file; return whether there was something to add.

    Comments and all that stands there are kept; a line that is there already is not added again. Raises KafeError
    where the file is not TOML, before or after: then it is left as it was.
    """
    path = folder / session.folder / FILE
    old = read_text(path, only_utf8=True) if path.exists() else ""
    standing = {line.strip() for line in old.splitlines()}
    new = [line for line in new if line.strip() not in standing]
    if not new:
        return False
    rows = old.splitlines()
    heads = [at for at, row in enumerate(rows) if re.match(r"\s*\[\s*columns\s*\]", row)]
    if heads:
        after = next((at for at in range(heads[0] + 1, len(rows)) if re.match(r"\s*\[", rows[at])), len(rows))
        while after > heads[0] + 1 and not rows[after - 1].strip():
            after -= 1
        rows[after:after] = new
    else:
        rows += [*([""] if rows and rows[-1].strip() else []), "[columns]", *new]
    text = "\n".join(rows) + "\n"
    for candidate in (old, text):
        try:
            tomllib.loads(candidate)
        except tomllib.TOMLDecodeError as error:
            raise KafeError(
                message("ingest.suggest.not_toml"),
                file=f"{session.folder}/{FILE}",
                remedy=message("ingest.suggest.not_toml_remedy"),
            ) from error
    write_text(path, text)
    return True


def _of(session: SourceSession, columns: Sequence[ColumnAccount]) -> list[ColumnAccount]:
    return [column for column in columns if column.file.startswith(f"{session.folder}/")]


def _candidates(session: SourceSession, columns: Sequence[ColumnAccount]) -> list[ColumnAccount]:
    """Return the unread columns with few and short values, as those that name groups have, the fullest first."""
    own = [
        column for column in _of(session, columns) if column.read_as in _OPEN and column.few and column.header
    ]
    return sorted(own, key=lambda column: -column.filled)


def _quoted(header: str) -> str:
    """Return a header as a TOML key; JSON's escapes are TOML's."""
    return json.dumps(header, ensure_ascii=False)
