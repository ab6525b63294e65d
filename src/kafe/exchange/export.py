"""A project written to a file that other programs read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kafe.codebook import load_codebook
from kafe.corrections import unfollowed_memos
from kafe.exchange.files import refusal, write_bytes
from kafe.exchange.formats.coding_tables import tidy, wide
from kafe.exchange.formats.qdc import qdc_bytes
from kafe.exchange.formats.qdpx_write import qdpx_bytes
from kafe.exchange.formats.spreadsheets import csv_bytes, xlsx_bytes
from kafe.exchange.records import Outgoing
from kafe.messages import message
from kafe.origins import is_machine_name
from kafe.records import KafeError
from kafe.settings import Paths, Settings
from kafe.store import open_store

SUFFIXES = (".qdpx", ".qdc", ".xlsx", ".csv")


@dataclass(frozen=True)
class Exported:
    """What was written, and what of the project is not in the file; counts by key of `exchange.absent`."""

    path: Path
    notes: int
    codings: int
    codes: int
    absent: dict[str, int]


def export(
    paths: Paths, settings: Settings, path: Path, *, as_wide: bool = False, coders: Sequence[str] = ()
) -> Exported:
    """Write the project to a file whose name says which format, and return what it holds and what not.

    Raises KafeError for other formats, for a place inside the project's `data`, and before anything has
    been run.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise refusal("suffix", path.name, suffixes=", ".join(SUFFIXES))
    if path.resolve().is_relative_to((paths.root / "data").resolve()):
        raise refusal("inside", path.name)
    outgoing, absent = gather(paths, settings, coders)
    suffix = path.suffix.lower()
    if suffix == ".qdpx":
        undefined = [coding for coding in outgoing.codings if coding.code not in outgoing.codebook]
        data = qdpx_bytes(outgoing)
        absent |= _count(undefined=len(undefined))
        absent |= _count(beside=len(outgoing.codings) + len(outgoing.memos) + len(outgoing.finished))
    elif suffix == ".qdc":
        data = qdc_bytes(outgoing.codebook)
        absent = _count(
            notes=len(outgoing.notes), codings=len(outgoing.codings), memos=len(outgoing.memos)
        ) | _count(finished=len(outgoing.finished), title=int(bool(outgoing.codebook.title)))
    else:
        table = wide(outgoing) if as_wide else tidy(outgoing)
        data = csv_bytes(table) if suffix == ".csv" else xlsx_bytes(table, message("exchange.sheet"))
        coded = {coding.note_id for coding in outgoing.codings}
        absent |= _count(memos=len(outgoing.memos), definitions=len(outgoing.codebook.codes))
        if as_wide:
            absent |= _count(spans=len(outgoing.codings))
        else:
            absent |= _count(
                uncoded=sum(note.id not in coded for note in outgoing.notes), finished=len(outgoing.finished)
            )
    write_bytes(path, data)
    return Exported(path, len(outgoing.notes), len(outgoing.codings), len(outgoing.codebook.codes), absent)


def gather(paths: Paths, settings: Settings, coders: Sequence[str] = ()) -> tuple[Outgoing, dict[str, int]]:
    """Return what an export holds, and how much of the store does not go out, by key of `exchange.absent`.

    Only current notes and the codings of people that stand on them go out; `coders` limits to some.
    """
    codebook = load_codebook(paths.codebook)
    with open_store(paths, settings) as store:
        notes = store.notes()
        ids = {note.id for note in notes}
        everything = store.codings()
        stale = len(store.stale_codings())
        memos = unfollowed_memos(store)
        followed = {one.act for one in store.followed()}
        finished = sorted(store.finished())
    if not notes:
        raise KafeError(message("exchange.export.empty"), remedy=message("exchange.export.empty_remedy"))
    human = [coding for coding in everything if not is_machine_name(coding.coder)]
    _check_coders(coders, {coding.coder for coding in human} | {coder for coder, _ in finished})
    codings = [c for c in human if c.note_id in ids and (not coders or c.coder in coders)]
    pairs = [pair for pair in finished if pair[1] in ids and (not coders or pair[0] in coders)]
    outgoing = Outgoing(
        title=settings.project.title,
        notes=tuple(notes),
        codebook=codebook,
        codings=tuple(codings),
        memos=tuple(memo for memo in memos if not coders or memo.author in coders),
        finished=tuple(pairs),
    )
    withdrawn = sum(coding.note_id not in ids and coding.id not in followed for coding in human)
    return outgoing, _count(withdrawn=withdrawn, stale=stale)


def _check_coders(wanted: Iterable[str], known: set[str]) -> None:
    for coder in wanted:
        if coder not in known:
            names = ", ".join(sorted(known)) or "–"
            raise KafeError(
                message("exchange.export.coder", coder=coder),
                remedy=message("exchange.export.coder_remedy", names=names),
            )


def _count(**counts: int) -> dict[str, int]:
    return {key: count for key, count in counts.items() if count}
