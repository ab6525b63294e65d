"""Fingerprints: what a stage read, so that it need not run again when nothing of that changed."""

import hashlib
import json
import time
from functools import cache
from pathlib import Path
from typing import Any

from kafe.files import write_text
from kafe.messages import language, texts_of


def file_hash(path: Path) -> str:
    """Return the hexadecimal SHA-256 of a file's bytes; empty when there is no such file."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def tree_hashes(folder: Path) -> dict[str, str]:
    """Return relative path → hash of every regular file below `folder`, sorted by path."""
    if not folder.is_dir():
        return {}
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): file_hash(path) for path in files}


def path_hash(path: Path) -> str | dict[str, str]:
    """Return the hash of a file, or the hashes of all files below a folder."""
    return tree_hashes(path) if path.is_dir() else file_hash(path)


class KnownHashes:
    """Hashes of files that kafe made, kept with size and time of change: an unchanged file is not read again.

    Files that people write are always read. So is one that was changed within the last two seconds, which
    is as coarse as the clocks of file systems are: it could change again without showing it.
    """

    FRESH = 2.0

    def __init__(self, record: Path):
        self._record, self._changed = record, False
        self._known = read_json(record)

    def __call__(self, path: Path) -> str:
        """Return the hash of a file's bytes as `file_hash` does."""
        try:
            about = path.stat()
        except FileNotFoundError:
            return ""
        key, state = (
            path.relative_to(self._record.parent.parent).as_posix(),
            [about.st_size, about.st_mtime_ns],
        )
        known = self._known.get(key)
        if known and known[:2] == state:
            return str(known[2])
        found = file_hash(path)
        if time.time() - about.st_mtime > self.FRESH:
            self._known[key], self._changed = [*state, found], True
        return found

    def keep(self) -> None:
        """Write what was found out for the next run."""
        if self._changed:
            text = json.dumps(self._known, indent=0, sort_keys=True)
            write_text(self._record, text + "\n")
            self._changed = False


def fingerprint(parts: Any) -> str:
    """Return a hash of anything JSON can hold, independent of the order of keys."""
    data = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(data.encode("utf-8")).hexdigest()


@cache
def program_hash() -> str:
    """Return a hash of kafe's own source and texts, so that a new version runs everything anew."""
    package = Path(__file__).parent.parent
    suffixes = {".py", ".toml", ".txt", ".css", ".js", ".j2", ".html", ".npz"}
    files = sorted(path for path in package.rglob("*") if path.suffix in suffixes)
    return fingerprint([(path.relative_to(package).as_posix(), file_hash(path)) for path in files])


def texts_hash() -> str:
    """Return a hash of the language that is spoken now and its texts, so that pages are made anew in another."""
    return fingerprint([language(), _texts(language())])


@cache
def _texts(spoken: str) -> dict[str, str]:
    return {path.name: file_hash(path) for path in sorted(texts_of(spoken).glob("*.toml"))}


def read_json(path: Path) -> dict[str, Any]:
    """Return what a JSON file holds; empty when it is missing or damaged (it can be made anew)."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found
