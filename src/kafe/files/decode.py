"""Bytes to text: which of the encodings Norwegian exports use, and refusal instead of garbled letters."""

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WIDE_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_TWICE = re.compile("[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_INSIDE_WORD = re.compile(r"(?<=[A-Za-z])[¾¿Œœ†‡›‹‘“”„‰¡¢£¤¥¦¨©ª¬®¯°±²³¶·¸¹º¼½÷×‚ƒˆ˜™•ŸŽ](?=[A-Za-z])")


class WrongEncodingError(Exception):
    """The bytes are text in none of the encodings read; `line` is where it shows (0: not known)."""

    def __init__(self, line: int = 0):
        self.line = line
        super().__init__(f"line {line}")


def decode(data: bytes) -> str:
    """Return the text of `data`: by its byte-order mark, else UTF-8, else Windows-1252.

    Raises WrongEncodingError when the result would be garbled: UTF-16 or UTF-32 without a readable
    mark, UTF-8 encoded twice, lines in different encodings, DOS or Macintosh code pages.
    """
    if data.startswith(_WIDE_BOMS):
        raise WrongEncodingError
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _strict(data, name)
    if b"\x00" in data[:4096]:
        raise WrongEncodingError
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _strict(data, "cp1252")
        if match := _TWICE.search(text):
            raise WrongEncodingError(_line(text, match.start())) from None
        odd = list(_INSIDE_WORD.finditer(text))
        if odd and 4 * len(odd) >= sum(char > "\x7f" for char in text):
            raise WrongEncodingError(_line(text, odd[0].start())) from None
        return text
    if (match := _TWICE.search(text)) and _encoded_twice(text):
        raise WrongEncodingError(_line(text, match.start()))
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1 if encoding != "utf-16" else 0
        raise WrongEncodingError(line) from None


def _encoded_twice(text: str) -> bool:
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
