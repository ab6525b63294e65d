"""What several packages do to short texts: make an id of one, put them in order, cut one short."""

import re

from kafe.records import normalise_text

_WORD = re.compile(r"[^\W_]+")
TAG = re.compile(r"\[[A-ZÆØÅ]+(?:-[A-ZÆØÅ]+)*-\d+\]")
"""A pseudonym in a text: label and number, as in `[PERSON-1]`; `tag_parts` takes one apart."""
_ASCII_WORD = re.compile(r"[a-z0-9]+")
UNACCENTED = str.maketrans("éèêëáàâäóòôöüñç", "eeeeaaaaoooounc")
_ASCII = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


def tag_parts(tag: str) -> tuple[str, int]:
    """Return label and number of a pseudonym: `[PERSON-1]` → PERSON, 1."""
    label, _, number = tag[1:-1].rpartition("-")
    return label, int(number)


def slug(text: str, otherwise: str) -> str:
    """Return an id made of a text: its words in lower case (æøå kept) with hyphens between, at most 60 characters.

    `otherwise` is what a text without letters and digits gives.
    """
    return "-".join(_WORD.findall(normalise_text(text).lower()))[:60].strip("-") or otherwise


def ascii_slug(text: str) -> str:
    """Return a text's words as ASCII with hyphens between: «Hva er på gang?» gives `hva-er-pa-gang`."""
    return "-".join(_ASCII_WORD.findall(text.casefold().translate(UNACCENTED).translate(_ASCII)))


def natural_key(text: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts as people count: «bord 9» before «bord 10»."""
    pieces = re.findall(r"\d+|\D+", text.casefold())
    return tuple((int(piece), "") if piece.isdecimal() else (0, piece) for piece in pieces)


def shortened(text: str, most: int) -> str:
    """Return a text of at most `most` characters; one that is cut ends in «…»."""
    return text if len(text) <= most else text[: most - 1] + "…"


def cut_at_word(text: str, most: int) -> str:
    """Return a text in one line, cut after the last whole word within `most` characters and ended with «…»."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
