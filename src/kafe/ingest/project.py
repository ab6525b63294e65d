"""`data/raw` as a whole: sessions in order, every file through its reader, ids, the account."""

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kafe.files import WrongEncodingError, decode
from kafe.ingest.ids import assign_ids, find_duplicates
from kafe.ingest.layout.mail import is_mail, mail_parts, subject_of
from kafe.ingest.meaning.answer_codes import resolve
from kafe.ingest.meaning.columns import HeaderReader
from kafe.ingest.meaning.headings import named_in
from kafe.ingest.meaning.questions import Questions, short_id
from kafe.ingest.meaning.values import as_group
from kafe.ingest.readers.codebooks import Codebooks, neighbours
from kafe.ingest.readers.grid_notes import read_grid
from kafe.ingest.records import (
    ColumnAccount,
    FileAccount,
    FileReading,
    Ingested,
    NoteContext,
    NoteDraft,
    RawNote,
    Skipped,
    SourceSession,
    make_problem,
    place,
)
from kafe.ingest.session import FILE, read_session
from kafe.messages import message
from kafe.records import KafeError, Problem

_TEXTS = {".txt", ".md", ".markdown"}
_KNOWN_ELSEWHERE = {"navneliste.txt"}
_QUIET = {"thumbs.db", "desktop.ini", "__macosx", FILE}
_OLD = {".xls", ".doc", ".odt", ".ods", ".rtf", ".pages", ".numbers", ".html", ".htm", ".eml", ".msg"}


def read_project(raw: Path) -> Ingested:
    """Return everything that the sessions under `raw` hold, and an account of what was left out.

    `raw` is only read. A bad file or session is listed as a problem and the others are read. The
    result does not depend on the order in which the file system lists files.

    Raises KafeError when `raw` is not a folder.
    """
    if not raw.is_dir():
        raise KafeError(
            message("ingest.problem.no_raw.message"),
            file=str(raw),
            remedy=message("ingest.problem.no_raw.remedy"),
        )
    problems: list[Problem] = []
    folders = _folders(raw, problems)
    sessions: list[SourceSession] = []
    taken: dict[str, str] = {}
    notes: list[RawNote] = []
    skipped: list[Skipped] = []
    files: list[FileAccount] = []
    columns: list[ColumnAccount] = []
    for folder in folders:
        session, found = read_session(folder, folder.name)
        problems += found
        if (key := short_id(session.id)) in taken:
            new_id = _free_id(session.id, taken)
            problems.append(make_problem(f"{folder.name}/", "", "same_id", other=taken[key], id=new_id))
            session = replace(session, id=new_id)
        taken[short_id(session.id)] = folder.name
        questions = Questions(session.questions)
        before = len(files)
        paths = list(_files(folder, raw, problems))
        codes = neighbours(paths)
        for path in paths:
            name = path.relative_to(raw).as_posix()
            digest, reading = _read_file(path, name, session, questions, codes)
            notes += [_note(draft, session, name) for draft in reading.drafts]
            skipped += reading.skipped
            problems += reading.problems
            columns += reading.columns
            files.append(_account(reading, digest, session))
        if len(files) == before:
            problems.append(make_problem(f"{folder.name}/", "", "empty_session"))
        sessions.append(replace(session, questions=questions.texts))
    ids = assign_ids(notes)
    named = tuple(replace(note, id=note_id) for note, note_id in zip(notes, ids, strict=True))
    return Ingested(
        tuple(sessions),
        named,
        tuple(skipped),
        tuple(problems),
        tuple(files),
        find_duplicates(named),
        tuple(columns),
    )


def _folders(raw: Path, problems: list[Problem]) -> list[Path]:
    """Return the folders of sessions, in order; what else lies beside them is a problem."""
    folders = []
    for path in _listing(raw):
        if _quiet(path) or path.name.casefold() in _KNOWN_ELSEWHERE or _about(path):
            continue
        if _outside(path, raw):
            problems.append(make_problem(path.name, "", "link"))
        elif path.is_dir():
            folders.append(path)
        else:
            problems.append(make_problem(path.name, "", "loose_file"))
    if not folders:
        problems.append(make_problem("", "", "no_sessions"))
    return folders


def _listing(folder: Path) -> list[Path]:
    def key(path: Path) -> tuple[str, str]:
        name = unicodedata.normalize("NFC", path.name)
        return name.casefold(), path.name

    return sorted(folder.iterdir(), key=key)


def _quiet(path: Path) -> bool:
    name = path.name.casefold()
    return name in _QUIET or name.startswith((".", "~$"))


def _about(path: Path) -> bool:
    return path.stem.casefold() in ("readme", "lesmeg") and not path.is_dir()


def _outside(path: Path, raw: Path) -> bool:
    """Return whether a link is to be left alone: out of `raw`, or to something read where it lies."""
    return path.is_symlink() or not path.resolve().is_relative_to(raw.resolve())


def _files(folder: Path, raw: Path, problems: list[Problem]) -> Iterator[Path]:
    for path in _listing(folder):
        name = path.relative_to(raw).as_posix()
        if _quiet(path):
            if path.name.casefold() == FILE and path.parent.parent != raw:
                problems.append(make_problem(name, "", "nested_session"))
        elif _outside(path, raw):
            problems.append(make_problem(name, "", "link"))
        elif path.is_dir():
            yield from _files(path, raw, problems)
        elif path.is_file():
            yield path


def _free_id(session_id: str, taken: dict[str, str]) -> str:
    number = 2
    while short_id(f"{session_id}-{number}") in taken:
        number += 1
    return f"{session_id}-{number}"


def _read_file(
    path: Path, name: str, session: SourceSession, questions: Questions, codes: Codebooks
) -> tuple[str, FileReading]:
    reading = FileReading(name)
    try:
        data = path.read_bytes()
    except OSError:
        reading.problem("", "unreadable")
        return "", reading
    digest = hashlib.sha256(data).hexdigest()
    if _about(path):
        reading.skip("", "about", rows=0)
    elif path in codes.files:
        reading.skip("", "codebook", rows=codes.files[path])
    elif not data.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        reading.problem("", "empty_file")
    else:
        try:
            _dispatch(path, data, session, questions, codes, reading)
        except Exception as error:  # one file that no reader foresaw must not stop the others
            reading = FileReading(name)
            reading.problem("", "reader_failed", kind=type(error).__name__)
        if not reading.drafts and not reading.skipped and not reading.problems:
            reading.problem("", "nothing_found")
    return digest, reading


def _dispatch(
    path: Path,
    data: bytes,
    session: SourceSession,
    questions: Questions,
    codes: Codebooks,
    reading: FileReading,
) -> None:
    suffix = path.suffix.casefold()
    headers = HeaderReader(
        session.columns,
        questions,
        dot_votes=session.kind in ("kafedialog", "kafebord"),
        groups=frozenset(group for pair in session.groups.items() for group in pair if not group.isdigit()),
        codes=codes.answers(),
    )
    if suffix in (".csv", ".tsv", ".tab"):
        from kafe.ingest.readers.csv import read_csv

        if text := _text(data, reading):
            grid = read_csv(text, reading, headers.recognised)
            resolve(headers.codes, grid, headers.settled)
            read_grid(grid, reading, headers, NoteContext(**named_in(path.stem)))
    elif suffix in (".xlsx", ".xlsm"):
        from kafe.ingest.readers.workbook import read_sheets

        read_sheets(data, reading, headers)
    elif suffix in _TEXTS:
        if text := _text(data, reading):
            _read_running_text(text, path, session, headers, reading)
    elif suffix == ".docx":
        _read_docx(data, path, session, headers, reading)
    elif suffix == ".pdf":
        from kafe.ingest.readers.documents import read_pages
        from kafe.ingest.readers.pdf import pdf_pages

        read_pages(pdf_pages(data, reading), reading, keep_short=session.kind == "fritekst")
    else:
        reading.problem("", "old_format" if suffix in _OLD else "unknown_format", suffix=suffix or "–")


def _read_running_text(
    text: str, path: Path, session: SourceSession, headers: HeaderReader, reading: FileReading
) -> None:
    letters, stem = session.kind == "fritekst", path.stem
    if letters or is_mail(text):
        stem = f"{stem} {subject_of(text)}"
        text = _without_mail_parts(text, reading)
    if letters or session.kind == "dokument":
        from kafe.ingest.readers.documents import read_text

        read_text(text, reading, keep_short=letters)
        return
    from kafe.ingest.layout.lines import text_lines
    from kafe.ingest.readers.host_notes import read_lines

    markdown = path.suffix.casefold() != ".txt"
    read_lines(text_lines(text, markdown=markdown), reading, headers, session, stem, markdown=markdown)


def _read_docx(
    data: bytes, path: Path, session: SourceSession, headers: HeaderReader, reading: FileReading
) -> None:
    from kafe.ingest.readers.docx import read_docx

    letters = session.kind == "fritekst"
    if (blocks := read_docx(data, reading)) is None:
        return
    if letters:
        parts = mail_parts([block.text for block in blocks])
        for index, reason in sorted(parts.items()):
            reading.skip(blocks[index].place, reason)
        blocks = [block for index, block in enumerate(blocks) if index not in parts]
    if letters or session.kind == "dokument":
        from kafe.ingest.readers.documents import read_blocks

        read_blocks(blocks, reading, headers, keep_short=letters)
    else:
        from kafe.ingest.readers.host_notes import read_lines

        read_lines(blocks, reading, headers, session, path.stem)


def _without_mail_parts(text: str, reading: FileReading) -> str:
    """Return a text with the header, greeting, signature and quotes of its mails as blank lines; each is listed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for index, reason in sorted(mail_parts(lines).items()):
        reading.skip(place("line", line=index + 1), reason)
        lines[index] = ""
    return "\n".join(lines)


def _text(data: bytes, reading: FileReading) -> str:
    try:
        text = decode(data)
    except WrongEncodingError as error:
        reading.problem(error.place, "encoding")
        return ""
    if lost := text.count("\ufffd"):
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        reading.problem(place("line", line=line), "lost_letters", count=lost)
    return text


def _note(draft: NoteDraft, session: SourceSession, file: str) -> RawNote:
    context = draft.context
    groups = session.groups
    group = groups.get(context.group, context.group) or groups.get(context.table, "") or session.group
    return RawNote(
        id="",
        session=session.id,
        kind="dokument" if draft.document and session.kind != "fritekst" else session.kind,
        text=draft.text,
        date=context.date or session.date,
        table=context.table,
        round=context.round,
        question=context.question,
        group=as_group(group),
        municipality=context.municipality or session.municipality,
        votes=draft.votes,
        source_file=file,
        source_place=draft.place,
    )


def _account(reading: FileReading, digest: str, session: SourceSession) -> FileAccount:
    notes, skipped = len(reading.drafts), sum(entry.rows for entry in reading.skipped)
    return FileAccount(reading.file, digest, notes + skipped, notes, skipped, session.id)
