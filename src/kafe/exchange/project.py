"""A project and the files it exchanges: gather what goes out, carry out what a plan says."""

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kafe.codebook.changes.history import carry_out, keep_history
from kafe.codebook.changes.operations import apply, code_row
from kafe.codebook.reader import load_codebook, read_codebook
from kafe.exchange.codebook_import import plan_import as plan_codes
from kafe.exchange.codebook_import import read_foreign
from kafe.exchange.detect import Kind, Recognised, recognise
from kafe.exchange.formats.coding_tables import highlights_as_tidy, read_tidy, read_wide, tidy, wide
from kafe.exchange.formats.qdc import qdc_bytes
from kafe.exchange.formats.qdpx_read import read_qdpx
from kafe.exchange.formats.qdpx_write import qdpx_bytes
from kafe.exchange.formats.sheets import RISKY, csv_bytes, read_table, xlsx_bytes
from kafe.exchange.plan import Known, Plan, plan_import
from kafe.exchange.positions import plain
from kafe.exchange.records import VARIABLES, Incoming, Material, Source
from kafe.files import write_bytes
from kafe.messages import message
from kafe.origins import imported, is_machine_name
from kafe.records import Code, Codebook, Coding, KafeError, Note, normalise_text
from kafe.settings import Paths, Settings
from kafe.store.store import Store, open_store

SUFFIXES = (".qdpx", ".qdc", ".xlsx", ".csv")
NOTES_ENDING = "-innspill.csv"
_COLUMNS = ("table", "round", "question", "group", "municipality", "date", "votes")
"""Fields of a note that `data/raw` can say in a column."""


@dataclass(frozen=True)
class Exported:
    """What was written, and what of the project is not in the file; counts by key of `exchange.absent`."""

    path: Path
    notes: int
    codings: int
    codes: int
    absent: dict[str, int]


@dataclass(frozen=True)
class Examined:
    """A file that may be taken in: what it is, what it would do, and a hash of its bytes."""

    path: Path
    kind: Kind
    plan: Plan
    digest: str


def export(
    paths: Paths, settings: Settings, path: Path, *, as_wide: bool = False, coders: Sequence[str] = ()
) -> Exported:
    """Write the project to a file whose name says which format, and return what it holds and what not.

    Raises KafeError for other formats, for a place inside the project's `data`, and before anything has
    been run.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise _refusal("suffix", path.name, suffixes=", ".join(SUFFIXES))
    if path.resolve().is_relative_to((paths.root / "data").resolve()):
        raise _refusal("inside", path.name)
    material, absent = gather(paths, settings, coders)
    suffix = path.suffix.lower()
    if suffix == ".qdpx":
        undefined = [coding for coding in material.codings if coding.code not in material.codebook]
        data = qdpx_bytes(material)
        absent |= _count(undefined=len(undefined))
        absent |= _count(beside=len(material.codings) + len(material.memos) + len(material.finished))
    elif suffix == ".qdc":
        data = qdc_bytes(material.codebook)
        absent = _count(
            notes=len(material.notes), codings=len(material.codings), memos=len(material.memos)
        ) | _count(finished=len(material.finished), title=int(bool(material.codebook.title)))
    else:
        table = wide(material) if as_wide else tidy(material)
        data = csv_bytes(table) if suffix == ".csv" else xlsx_bytes(table, message("exchange.sheet"))
        coded = {coding.note_id for coding in material.codings}
        absent |= _count(memos=len(material.memos), definitions=len(material.codebook.codes))
        if as_wide:
            absent |= _count(spans=len(material.codings))
        else:
            absent |= _count(
                uncoded=sum(note.id not in coded for note in material.notes), finished=len(material.finished)
            )
    _write(path, data)
    return Exported(path, len(material.notes), len(material.codings), len(material.codebook.codes), absent)


def gather(paths: Paths, settings: Settings, coders: Sequence[str] = ()) -> tuple[Material, dict[str, int]]:
    """Return what an export holds, and how much of the store does not go out, by key of `exchange.absent`.

    Only current notes and the codings of people that stand on them go out; `coders` limits to some.
    """
    codebook = load_codebook(paths.codebook)
    with open_store(paths, settings) as store:
        notes = store.notes()
        ids = {note.id for note in notes}
        everything = store.codings()
        stale = len(store.stale_codings())
        memos = store.memos()
        finished = sorted(store.finished())
    if not notes:
        raise KafeError(message("exchange.export.empty"), remedy=message("exchange.export.empty_remedy"))
    human = [coding for coding in everything if not is_machine_name(coding.coder)]
    _check_coders(coders, {coding.coder for coding in human} | {coder for coder, _ in finished})
    codings = [c for c in human if c.note_id in ids and (not coders or c.coder in coders)]
    pairs = [pair for pair in finished if pair[1] in ids and (not coders or pair[0] in coders)]
    material = Material(
        title=settings.project.title,
        notes=tuple(notes),
        codebook=codebook,
        codings=tuple(codings),
        memos=tuple(memo for memo in memos if not coders or memo.author in coders),
        finished=tuple(pairs),
    )
    withdrawn = sum(coding.note_id not in ids for coding in human)
    return material, _count(withdrawn=withdrawn, stale=stale)


def examine(paths: Paths, settings: Settings, path: Path, *, coder: str = "") -> Examined:
    """Return what taking in a file would do; nothing is changed. Raises KafeError when it cannot be read.

    `coder` is used where the file does not say who coded.
    """
    codebook = load_codebook(paths.codebook)
    if coder and is_machine_name(coder):
        raise _refusal("machine", path.name, coder=coder)
    found = recognise(path, codebook)
    digest = hashlib.sha256(found.data).hexdigest()
    with open_store(paths, settings) as store:
        notes = store.notes()
        known = Known(
            notes=notes,
            codebook=codebook,
            standing=store.codings(),
            events=frozenset(event.id for event in store.history()),
            memos=store.memos(),
            finished=frozenset(store.finished()),
        )
    if found.kind in ("qdc", "codebook"):
        return Examined(path, found.kind, _codebook_plan(path, codebook), digest)
    incoming = _read(path, found, {note.id: note for note in notes}, codebook)
    plan = plan_import(incoming, known, origin=imported(digest), coder=coder)
    return Examined(path, found.kind, plan, digest)


def carry_in(paths: Paths, settings: Settings, examined: Examined, *, who: str, at: str) -> Path | None:
    """Do what the plan says, and return where texts that the project does not have were written, if any.

    New codes go into the codebook by an operation with its history, then codings, memos and finished
    marks are appended. Doing it twice changes nothing more.
    """
    plan = examined.plan
    with open_store(paths, settings) as store:
        version = _add_codes(paths, store, examined, who=who, at=at)
        codings = [
            replace(coding, codebook_version=version) if _is_new(coding, plan) else coding
            for coding in plan.codings
        ]
        store.append_codings(codings)
        store.append_memos(replace(memo, at=memo.at or at) for memo in plan.memos)
        store.append_finished_marks(
            [(coder, note, at) for coder, note in plan.finished], imported(examined.digest)
        )
    return write_unknown(examined.path, plan.unknown) if plan.unknown else None


def write_unknown(beside: Path, sources: Iterable[Source]) -> Path:
    """Write texts beside the file they came from, as `data/raw` takes them; return where.

    They have not been de-identified: that happens when they are read from `data/raw`. A file that is
    there already with other content is left alone, and the new one gets a number.
    """
    data = _notes_csv(list(sources))
    number = 1
    while True:
        ending = NOTES_ENDING if number == 1 else NOTES_ENDING.replace(".csv", f"-{number}.csv")
        path = beside.with_name(beside.stem + ending)
        if not path.exists() or path.read_bytes() == data:
            _write(path, data)
            return path
        number += 1


def _write(path: Path, data: bytes) -> None:
    if not path.parent.is_dir():
        raise _refusal("folder", str(path.parent))
    try:
        write_bytes(path, data)
    except OSError as error:
        raise _refusal("folder", str(path.parent)) from error


def _read(path: Path, found: Recognised, notes: dict[str, Note], codebook: Codebook) -> Incoming:
    if found.kind == "qdpx":
        return read_qdpx(path)
    if found.kind in ("tidy", "wide", "highlights"):
        rows = read_table(path, found.data)
        if found.kind == "wide":
            return read_wide(rows, notes, codebook)
        return read_tidy(highlights_as_tidy(rows) if found.kind == "highlights" else rows, notes, codebook)
    raise _refusal(found.kind, path.name)


def _codebook_plan(path: Path, codebook: Codebook) -> Plan:
    """Return what taking in a codebook adds and fills in; what differs from what is here stays as it is."""
    foreign = read_foreign(path)
    plan = plan_codes(codebook, foreign)
    rows: list[dict[str, Any]] = [
        {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
        for row in plan.add
    ]
    return Plan(
        codes=tuple(Code(**row) for row in rows),
        fill=plan.fill,
        left_out=_count(code_differs=len(plan.kept)),
        problems=tuple(map(str, foreign.problems)),
    )


def _add_codes(paths: Paths, store: Store, examined: Examined, *, who: str, at: str) -> str:
    """Add the plan's codes to the codebook and return its version."""
    recorded = keep_history(paths.codebook, store, at=at)
    if not (examined.plan.codes or examined.plan.fill):
        return recorded.codebook.version
    text = read_codebook(paths.codebook)
    arguments = {
        "file": examined.path.name,
        "add": [code_row(code) for code in examined.plan.codes],
        "fill": examined.plan.fill,
    }
    change = apply(text, "import", arguments, store.codings(), recorded.history, who=who, at=at)
    carry_out(change, paths.codebook, store)
    return change.codebook.version


def _is_new(coding: Coding, plan: Plan) -> bool:
    return any(code.id == coding.code for code in plan.codes)


def _notes_csv(sources: Sequence[Source]) -> bytes:
    """Return texts as a table; a space keeps spreadsheets from running what begins like a formula."""
    rows = [{**_fields(source), "text": normalise_text(plain(source.text))} for source in sources]
    used = ["text", *(name for name in _COLUMNS if any(row.get(name) for row in rows))]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Innspill" if name == "text" else VARIABLES[name].capitalize() for name in used])
    for row in rows:
        cells = [row.get(name, "") for name in used]
        writer.writerow([f" {cell}" if RISKY.match(cell) else cell for cell in cells])
    return stream.getvalue().encode("utf-8-sig")


def _fields(source: Source) -> dict[str, str]:
    said = {name.casefold().strip(): value for name, value in source.variables.items()}
    return {name: normalise_text(said.get(VARIABLES[name], "")) for name in _COLUMNS}


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


def _refusal(key: str, file: str, **values: str) -> KafeError:
    return KafeError(
        message(f"exchange.refused.{key}", **values),
        file=file,
        remedy=message(f"exchange.refused.{key}_remedy", **values),
    )
