"""The project's own list of names, `navneliste.txt`."""

from pathlib import Path

from kafe.files import read_text
from kafe.records import normalise_text


def read_names(path: Path) -> tuple[str, ...]:
    """Return the lines of the project's name list; () when there is no such file.

    One name a line, `#` starts a comment; `!Stein` says that the word (or phrase) is never masked, and
    comes back with its exclamation mark. Raises KafeError when letters would be garbled.
    """
    if not path.exists():
        return ()
    lines = (line.split("#", 1)[0].strip() for line in normalise_text(read_text(path)).split("\n"))
    return tuple(dict.fromkeys(line for line in lines if line.strip("! ")))
