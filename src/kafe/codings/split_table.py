"""Which of the new codes each coding of a split code goes to, read from a file that a person filled in."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from kafe.codebook.changes import place_key
from kafe.files import tables
from kafe.messages import message
from kafe.records import Coding, KafeError, normalise_text

NEEDED = ("innspill", "kode")


def read_split_assignment(
    path: Path, code: str, into: Sequence[str], standing: Iterable[Coding]
) -> dict[str, str]:
    """Return place → new code from a file with the columns innspill, sitat, koder and kode.

    `sitat` and `koder` may be empty or missing, and then fit every coding of `code` in the note. Rows
    with an empty `kode` are passed over. Raises KafeError at the first row that fits no coding.
    """
    codings = [one for one in standing if one.code == code]
    found: dict[str, str] = {}
    names: list[str] = []
    for number, cells, broken in tables.read_csv(path, strict=True):
        if broken:
            raise _error("mapping_row", path, number, code=code)
        texts = [normalise_text(cell) for cell in cells]
        if not names:
            names = [text.lower() for text in texts]
            if missing := [name for name in NEEDED if name not in names]:
                raise _error("mapping_columns", path, 1, missing=", ".join(missing), wanted="; ".join(NEEDED))
            continue
        row = dict(zip(names, texts, strict=False))
        if not row.get("kode"):
            continue
        fit = [
            one
            for one in codings
            if one.note_id == row["innspill"]
            and row.get("sitat", "") in ("", one.quote)
            and row.get("koder", "") in ("", one.coder)
        ]
        if not fit or row["kode"] not in into:
            raise _error("mapping_row", path, number, code=code)
        found.update({place_key(one.note_id, one.start, one.end, one.coder): row["kode"] for one in fit})
    return found


def _error(key: str, path: Path, row: int, **values: str) -> KafeError:
    return KafeError(
        message(f"codebook.error.{key}", **values),
        file=path.name,
        place=message("files.place.row", row=row),
        remedy=message(f"codebook.remedy.{key}", **values),
    )
