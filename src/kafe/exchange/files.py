"""Files that are exchanged: read with a limit, written whole, refused in words."""

from pathlib import Path

from kafe import files
from kafe.exchange.formats.archive import fault
from kafe.messages import message
from kafe.records import KafeError

MOST_BYTES = 512 * 2**20


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes. Raises KafeError when it is missing, unreadable or over 512 MiB."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise fault("too_large", path.name)
        return path.read_bytes()
    except OSError as error:
        raise fault("missing", path.name) from error


def write_bytes(path: Path, data: bytes) -> None:
    """Write a whole file or nothing. Raises KafeError when its folder is not there or may not be written."""
    try:
        if not path.parent.is_dir():
            raise NotADirectoryError(path.parent)
        files.write_bytes(path, data)
    except OSError as error:
        raise refusal("folder", str(path.parent)) from error


def refusal(key: str, file: str, **values: str) -> KafeError:
    """Return the error `exchange.refused.KEY` about a file."""
    return KafeError(
        message(f"exchange.refused.{key}", **values),
        file=file,
        remedy=message(f"exchange.refused.{key}_remedy", **values),
    )
