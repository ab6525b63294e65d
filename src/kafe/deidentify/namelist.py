"""The project's own list of names, `navneliste.txt`."""

from pathlib import Path

from kafe.messages import message
from kafe.records import KafeError, normalise_text


def read_names(path: Path) -> tuple[str, ...]:
    """Return the lines of the project's name list; () when there is no such file.

    One name a line, `#` starts a comment; `!Stein` says that the word (or phrase) is never masked, and
    comes back with its exclamation mark. Raises KafeError when the file is not UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as error:
        raise KafeError(
            message("deidentify.names.encoding"),
            file=path.name,
            remedy=message("deidentify.names.encoding_remedy"),
        ) from error
    lines = (line.split("#", 1)[0].strip() for line in normalise_text(text).split("\n"))
    return tuple(dict.fromkeys(line for line in lines if line.strip("! ")))
