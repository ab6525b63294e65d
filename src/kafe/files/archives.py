"""What may be opened: archives that stay small when unpacked."""

import io
import zipfile

_MEMBERS = 20_000
_UNPACKED = 512 * 2**20
_XML = 128 * 2**20
_RATIO = 150
_RATIO_FROM = 4 * 2**20


class NotAnArchiveError(Exception):
    """The bytes are not a ZIP archive, or a damaged one."""


class TooLargeError(Exception):
    """Unpacked, the archive would fill the memory."""


def check_archive(data: bytes, member: str) -> None:
    """Return when `data` is a ZIP archive with `member` that is safe to unpack.

    Limits: 20,000 members, 512 MiB in all, 128 MiB for one XML part, and 150 times its packed size
    for parts over 4 MiB. Raises NotAnArchiveError or TooLargeError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise NotAnArchiveError from error
    if member not in {info.filename for info in members}:
        raise NotAnArchiveError
    if len(members) > _MEMBERS or sum(info.file_size for info in members) > _UNPACKED:
        raise TooLargeError
    for info in members:
        if info.filename.endswith((".xml", ".rels")) and info.file_size > _XML:
            raise TooLargeError
        if info.file_size > _RATIO_FROM and info.file_size > _RATIO * max(info.compress_size, 1):
            raise TooLargeError
