"""Fingerprints: what a stage read, so that it need not run again when nothing of that changed."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any


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
