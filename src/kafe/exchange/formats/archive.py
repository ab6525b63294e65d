"""Archives from others: unpacked in memory within limits, and never onto the disk."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from kafe.messages import message
from kafe.records import KafeError

MOST_UNPACKED = 1024 * 2**20
MOST_MEMBERS = 200_000
MOST_RATIO = 200
RATIO_FROM = 4 * 2**20


class Archive:
    """The members of a ZIP archive by name; paths are compared as people mean them, not as written.

    Nothing is ever written, so a name with `..` can reach nothing; it is only a name. Raises KafeError
    for a damaged or encrypted archive, and for one that would fill the memory: more than 200,000
    members, 1 GiB unpacked, or a member over 4 MiB of more than 200 times its packed size.
    """

    def __init__(self, data: bytes, file: str):
        self.file = file
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise fault("not_archive", file) from error
        if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
            raise fault("too_large", file)
        if any(m.file_size > max(RATIO_FROM, MOST_RATIO * m.compress_size) for m in members):
            raise fault("too_large", file)
        self._members = {member.filename: member for member in members if not member.is_dir()}
        self._by_path = {_plain(name): name for name in self._members}
        self._by_name: dict[str, list[str]] = {}
        for name in self._members:
            self._by_name.setdefault(PurePosixPath(_plain(name)).name, []).append(name)

    def names(self) -> list[str]:
        """Return the names of the members, in order of the archive."""
        return list(self._members)

    def find(self, reference: str) -> str:
        """Return the member that a project means by `internal://x`, `relative://x`, a path or a name.

        Case and the kind of slash do not count. Empty when there is none, or several of that name.
        """
        wanted = _plain(reference.partition("://")[2] if "://" in reference else reference)
        for candidate in (f"sources/{wanted}", wanted):
            if candidate in self._by_path:
                return self._by_path[candidate]
        same = self._by_name.get(PurePosixPath(wanted).name, [])
        return same[0] if len(same) == 1 else ""

    def read(self, name: str) -> bytes:
        """Return a member's bytes. Raises KafeError when it is damaged."""
        try:
            return self._zip.read(self._members[name])
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            RuntimeError,
            NotImplementedError,
            EOFError,
        ) as error:
            raise fault("not_archive", self.file) from error


def archive_bytes(members: dict[str, bytes]) -> bytes:
    """Return a ZIP archive of the members in their order; times are fixed, so equal content is equal bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return stream.getvalue()


def fault(key: str, file: str) -> KafeError:
    """Return the error that says what is wrong with a file as a file."""
    return KafeError(
        message(f"exchange.file.{key}"), file=file, remedy=message(f"exchange.file.{key}_remedy")
    )


def _plain(path: str) -> str:
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]
    return "/".join(parts).lower()
