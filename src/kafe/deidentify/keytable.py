"""The key from tags to originals: outside the project, for its owner only, never overwritten when broken."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kafe.deidentify.findings import LABELS
from kafe.files import write_bytes
from kafe.messages import message
from kafe.records import KafeError
from kafe.strings import TAG, tag_parts

FILE = "nokkel.json"
VERSION = 1


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One original; `form` stands for all its spellings, `sure` names are looked for everywhere."""

    kind: str
    number: int
    form: str
    original: str
    sure: bool

    @property
    def tag(self) -> str:
        return f"[{LABELS[self.kind]}-{self.number}]"


class KeyTable:
    """Which tag each original has; new originals get the next free number in the order they come."""

    def __init__(self, entries: Iterable[Entry] = (), *, folder: Path | None = None, stored: bytes = b""):
        self._entries = {(entry.kind, entry.form): entry for entry in entries}
        self._taken = {(entry.kind, entry.number) for entry in self._entries.values()}
        self._folder, self._stored = folder, stored

    def __repr__(self) -> str:
        return f"KeyTable({len(self)} entries)"

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(
            sorted(self._entries.values(), key=lambda entry: (list(LABELS).index(entry.kind), entry.number))
        )

    @classmethod
    def memory(cls) -> "KeyTable":
        """Return an empty table that is never written."""
        return cls()

    @classmethod
    def load(cls, folder: Path) -> "KeyTable":
        """Return the table in `folder`, empty when there is none yet; nothing is written.

        Raises KafeError when the file cannot be read or is broken, or the folder is inside a project.
        """
        from kafe.settings import FILE as PROJECT_FILE

        if any((above / PROJECT_FILE).is_file() for above in (folder.absolute(), *folder.absolute().parents)):
            raise KafeError(
                message("deidentify.key.inside"),
                file=str(folder),
                remedy=message("deidentify.key.inside_remedy"),
            )
        path = folder / FILE
        try:
            stored = path.read_bytes()
        except FileNotFoundError:
            return cls(folder=folder)
        except OSError as error:
            raise _error("unreadable", path, error.strerror or "") from error
        return cls(_parse(stored, path), folder=folder, stored=stored)

    def forms(self, kind: str) -> set[str]:
        """Return the forms that have a tag."""
        return {form for found, form in self._entries if found == kind}

    def names(self) -> list[str]:
        """Return the forms of persons sure enough to be looked for everywhere."""
        return sorted(
            form for (kind, form), entry in self._entries.items() if kind == "person" and entry.sure
        )

    def reserve(self, texts: Iterable[str]) -> None:
        """Keep new originals from getting a tag that somebody has already typed in the texts."""
        kinds = {label: kind for kind, label in LABELS.items()}
        for text in texts:
            for label, number in map(tag_parts, TAG.findall(text)):
                if label in kinds:
                    self._taken.add((kinds[label], number))

    def assign(self, kind: str, form: str, original: str, *, sure: bool) -> str:
        """Return the tag of an original, a new one when it has none."""
        entry = self._entries.get((kind, form))
        if entry is None:
            number = 1
            while (kind, number) in self._taken:
                number += 1
            entry = Entry(kind, number, form, original, sure)
            self._taken.add((kind, number))
        elif sure and not entry.sure:
            entry = replace(entry, sure=True)
        self._entries[kind, form] = entry
        return entry.tag

    def save(self) -> None:
        """Write the table where it was loaded from: whole or not at all, readable by its owner only.

        A table made by `memory` is not written, nor one that has not changed. Raises KafeError when the
        file has been changed since, or cannot be written.
        """
        if self._folder is None:
            return
        path, data = self._folder / FILE, self._serialise()
        if data == self._stored:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._folder.chmod(0o700)
            if (path.read_bytes() if path.exists() else b"") != self._stored:
                raise _error("changed", path)
            write_bytes(path, data, mode=0o600)
        except OSError as error:
            raise _error("unwritable", path, error.strerror or "") from error
        self._stored = data

    def _serialise(self) -> bytes:
        rows = [
            {
                "tagg": entry.tag,
                "slag": entry.kind,
                "original": entry.original,
                "form": entry.form,
                "sikker": entry.sure,
            }
            for entry in self
        ]
        table = {"merknad": message("deidentify.key.note"), "versjon": VERSION, "oppføringer": rows}
        return (json.dumps(table, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _error(what: str, path: Path, problem: str = "") -> KafeError:
    return KafeError(
        message(f"deidentify.key.{what}", problem=problem),
        file=str(path),
        remedy=message(f"deidentify.key.{what}_remedy"),
    )


def _parse(stored: bytes, path: Path) -> list[Entry]:
    try:
        table = json.loads(stored.decode("utf-8"))
    except UnicodeDecodeError:
        raise _error("broken", path, "UTF-8") from None
    except json.JSONDecodeError as error:
        raise _error("broken", path, f"JSON, linje {error.lineno}") from None
    if (
        not isinstance(table, dict)
        or table.get("versjon") != VERSION
        or not isinstance(table.get("oppføringer"), list)
    ):
        raise _error("broken", path, message("deidentify.key.not_object"))
    entries: list[Entry] = []
    for number, row in enumerate(table["oppføringer"], start=1):
        entry = _entry(row)
        if entry is None:
            raise _error("broken", path, message("deidentify.key.bad_entry", number=number))
        if any(
            entry.tag == other.tag or (entry.kind, entry.form) == (other.kind, other.form)
            for other in entries
        ):
            raise _error("broken", path, message("deidentify.key.double", number=number))
        entries.append(entry)
    return entries


def _entry(row: object) -> Entry | None:
    if not isinstance(row, dict):
        return None
    kind, form, original = row.get("slag"), row.get("form"), row.get("original")
    tag = TAG.fullmatch(str(row.get("tagg")))
    if (
        not (isinstance(kind, str) and isinstance(form, str) and isinstance(original, str))
        or kind not in LABELS
    ):
        return None
    if tag is None or tag_parts(tag[0])[0] != LABELS[kind]:
        return None
    return Entry(kind, tag_parts(tag[0])[1], form, original, bool(row.get("sikker")))
