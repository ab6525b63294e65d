"""Whole files or nothing: written beside, flushed to disk, then put in the place of what was there."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kafe.files.decode import Encoding, decode_exactly

_MODE = 0o644


@contextmanager
def atomic_write(path: Path, *, mode: int | None = None) -> Iterator[BinaryIO]:
    """Open a stream for the new content of a file, which is in its place when the block has ended without error.

    Until then, and after a crash or power cut at any time, the file holds what it held before. It keeps
    its permissions, a new file is readable by all; `mode` sets others. Folders are made. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        replace_file(beside, path, mode=mode)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def write_bytes(path: Path, data: bytes, *, mode: int | None = None) -> None:
    """Put `data` in the place of a file, whole or not at all: see `atomic_write`."""
    with atomic_write(path, mode=mode) as stream:
        stream.write(data)


def write_text(path: Path, text: str, *, like: Path | None = None) -> None:
    """Put a text in the place of a file, whole or not at all: UTF-8, line ends as they are in `text`.

    With `like`, encoding, byte-order mark and line ends (CRLF where it has any) are those of that file,
    if it is there. Raises OSError, and WrongEncodingError when `like` cannot be read.
    """
    encoding = Encoding()
    if like is not None and like.exists():
        old, encoding = decode_exactly(like.read_bytes())
        if "\r\n" in old:
            text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    write_bytes(path, encoding.encode(text))


def replace_file(beside: Path, path: Path, *, mode: int | None = None) -> None:
    """Move a file, flushed to disk already, into the place of another, whose permissions it gets without `mode`."""
    beside.chmod(_mode_of(path) if mode is None else mode)
    beside.replace(path)
    if os.name != "posix":
        return
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems cannot flush a folder
            os.fsync(folder)
    finally:
        os.close(folder)


def _mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777 if path.exists() else _MODE
