"""Bytes to text: which of the encodings Norwegian exports use, and refusal instead of garbled letters."""

import codecs
import re
from pathlib import Path
from typing import NamedTuple

from kafe.messages import message
from kafe.records import KafeError

_MARKS = (
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte-order mark → encoding; none for what is not read. UTF-32's mark begins like UTF-16's, so it comes first."""
_SAMPLE = 4096
_UNMARKED = 0.8
"""The share of characters under U+0100 that makes bytes without a mark certain to be UTF-16."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_TWICE = re.compile("[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_INSIDE_WORD = re.compile(r"(?<=[A-Za-z])[¾¿Œœ†‡›‹‘“”„‰¡¢£¤¥¦¨©ª¬®¯°±²³¶·¸¹º¼½÷×‚ƒˆ˜™•ŸŽ](?=[A-Za-z])")


class WrongEncodingError(KafeError):
    """The bytes are text in none of the encodings read; `line` is where it shows (0: not known)."""

    def __init__(self, line: int = 0, *, file: str = "", only_utf8: bool = False):
        self.line = line
        wrong = "not_utf8" if only_utf8 else "garbled"
        super().__init__(
            message(f"files.encoding.{wrong}"),
            file=file,
            place=message("files.place.line", line=line) if line else "",
            remedy=message(f"files.encoding.{wrong}_remedy"),
        )


class Encoding(NamedTuple):
    """A codec's name and the byte-order mark before the text; `encode` gives back the bytes that were decoded."""

    name: str = "utf-8"
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """Return the text as bytes, after the mark. Raises UnicodeEncodeError for what Windows-1252 lacks."""
        return self.mark + text.encode(self.name)


def decode(data: bytes) -> str:
    """Return the text of `data` without its byte-order mark, line ends as they are: see `decode_exactly`."""
    return decode_exactly(data)[0]


def decode_exactly(data: bytes) -> tuple[str, Encoding]:
    """Return the text of `data`, and the encoding that makes the same bytes of it again.

    By its byte-order mark; else UTF-16 where it can be nothing else, else UTF-8, else Windows-1252.
    Raises WrongEncodingError when the result would be garbled: UTF-32, UTF-16 that is cut off, UTF-8
    encoded twice, lines in different encodings, DOS or Macintosh code pages.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            if not name:
                raise WrongEncodingError
            return _strict(data[len(mark) :], name), Encoding(name, mark)
    if b"\x00" in data[:_SAMPLE]:
        return _unmarked(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _windows(data), Encoding("cp1252")
    if (match := _TWICE.search(text)) and _encoded_twice(text):
        raise WrongEncodingError(_line(text, match.start()))
    return text, Encoding()


def read_text(path: Path, *, only_utf8: bool = False) -> str:
    """Return the text of a file as `decode` gives it, with LF line ends.

    `only_utf8`: of a file that is UTF-8 by its format (YAML, TOML). Raises OSError, and WrongEncodingError
    that names the file and the first line that cannot be read.
    """
    data = path.read_bytes()
    try:
        text = _strict(data.removeprefix(codecs.BOM_UTF8), "utf-8") if only_utf8 else decode(data)
    except WrongEncodingError as error:
        raise WrongEncodingError(error.line, file=path.name, only_utf8=only_utf8) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unmarked(data: bytes) -> tuple[str, Encoding]:
    """Return UTF-16 without a mark: NUL bytes on one side only, of most characters, and no control characters."""
    sides = [data[side:_SAMPLE:2].count(0) for side in (0, 1)]
    name = "utf-16-le" if sides[1] else "utf-16-be"
    if min(sides) or max(sides) < _UNMARKED * (min(len(data), _SAMPLE) // 2):
        raise WrongEncodingError
    text = _strict(data, name)
    if match := _CONTROL.search(text):
        raise WrongEncodingError(_line(text, match.start()))
    return text, Encoding(name)


def _windows(data: bytes) -> str:
    text = _strict(data, "cp1252")
    if match := _TWICE.search(text):
        raise WrongEncodingError(_line(text, match.start()))
    odd = list(_INSIDE_WORD.finditer(text))
    if odd and 4 * len(odd) >= sum(char > "\x7f" for char in text):
        raise WrongEncodingError(_line(text, odd[0].start()))
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1 if not encoding.startswith("utf-16") else 0
        raise WrongEncodingError(line) from None


def _encoded_twice(text: str) -> bool:
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
