"""Codebooks from elsewhere: what kind of file it is, its codes, and how they meet the codebook that is here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kafe.codebook.changes.operations import code_row
from kafe.codebook.patterns import PatternError, parse_pattern
from kafe.codebook.reader import COLOUR, LISTS
from kafe.messages import message
from kafe.records import Code, Codebook, CodeStatus, KafeError
from kafe.strings import slug

SQLITE = b"SQLite format 3\x00"


@dataclass(frozen=True)
class Draft:
    """A code as another tool has it: `path` are the names from the root to the code."""

    path: tuple[str, ...]
    id: str = ""
    definition: str = ""
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    colour: str = ""
    codable: bool = True
    owner: str = ""
    status: CodeStatus = "active"
    place: str = ""


@dataclass(frozen=True)
class Foreign:
    """What was read: the kind of file in words, codes with parents before children, and bad rows."""

    kind: str
    codes: tuple[Code, ...]
    problems: tuple[KafeError, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What an import does: codes to add, fields to fill in, fields that differ and stay, codes that are alike.

    `add` and `fill` are the arguments of the operation `import`.
    """

    add: list[dict[str, Any]]
    fill: dict[str, dict[str, Any]]
    kept: dict[str, dict[str, Any]]
    same: list[str]

    @property
    def nothing(self) -> bool:
        return not (self.add or self.fill)


def read_foreign(path: Path, *, within: str = "") -> Foreign:
    """Return the codebook of a file from another tool, told by its content and ending.

    Reads CSV and XLSX with headers in Norwegian or English, REFI .qdc, QualCoder's project folder (.qda),
    database and text lists, and Taguette's exports and database (`within` names its project when it has
    several). Broken rows are listed and the others kept. Raises KafeError when nothing can be read.
    """
    from kafe.exchange.formats import codebook_sheets
    from kafe.exchange.formats import databases as codebook_databases

    if path.is_dir():
        if (path / "data.qda").is_file():
            return from_drafts(*codebook_databases.read_database(path / "data.qda", within))
        raise problem(path.name, "folder")
    with path.open("rb") as stream:
        start = stream.read(16)
    if start == SQLITE:
        return from_drafts(*codebook_databases.read_database(path, within))
    ending = path.suffix.lower()
    if ending == ".qdc":
        from kafe.exchange.formats.qdc import read_qdc

        return _unflattened(Foreign(message("coding_import.kind.qdc"), read_qdc(path).codes))
    if ending in (".yaml", ".yml"):
        from kafe.codebook.reader import load_codebook

        return Foreign(message("coding_import.kind.yaml"), load_codebook(path).codes)
    if ending == ".xlsx":
        return from_drafts(*codebook_sheets.read_xlsx(path))
    if ending in (".csv", ".tsv", ".txt"):
        return from_drafts(*codebook_sheets.read_text(path))
    raise problem(path.name, "ending")


def slashes_are_steps(names: Iterable[str]) -> bool:
    """Return whether slashes in names mean steps down a tree, as far as the names show.

    They do when a name's beginning is another name or the beginning of one, or a name has three steps;
    `Rus/psykiatri` alone is one name.
    """
    split = [[step.strip() for step in name.split("/")] for name in names]
    whole = [steps for steps in split if all(steps)]
    tops = [steps[0].casefold() for steps in whole]
    return any(len(steps) > 2 or (len(steps) > 1 and tops.count(steps[0].casefold()) > 1) for steps in whole)


def _unflattened(foreign: Foreign) -> Foreign:
    """Return codes whose names are paths as a tree: Taguette writes its paths as names in a flat .qdc."""
    names = [code.name for code in foreign.codes]
    if any(code.parent for code in foreign.codes) or not slashes_are_steps(names):
        return foreign
    drafts = [
        Draft(
            tuple(step.strip() for step in code.name.split("/") if step.strip()) or (code.name,),
            definition=code.definition,
            lists={name: getattr(code, name) for name in LISTS},
            colour=code.colour,
            codable=code.codable,
            owner=code.owner,
            status=code.status,
        )
        for code in foreign.codes
    ]
    return from_drafts(foreign.kind, drafts, foreign.problems)


def problem(file: str, key: str, row: int = 0, **values: Any) -> KafeError:
    """Return the error `coding_import.error.KEY` at a row of a file."""
    return KafeError(
        message(f"coding_import.error.{key}", **values),
        file=file,
        place=message("coding_codebook.place.row", row=row) if row else "",
        remedy=message(f"coding_import.remedy.{key}", **values),
    )


def from_drafts(kind: str, drafts: Sequence[Draft], problems: Sequence[KafeError]) -> Foreign:
    """Return drafts as codes with ids of their own, headings made for steps of paths that have no row."""
    by_path = {_folded(draft.path): draft for draft in drafts}
    ordered: dict[tuple[str, ...], Draft] = {}
    for draft in drafts:
        for depth in range(1, len(draft.path) + 1):
            path = draft.path[:depth]
            ordered.setdefault(_folded(path), by_path.get(_folded(path), Draft(path, codable=False)))
    ids: dict[tuple[str, ...], str] = {}
    for path, draft in ordered.items():
        wanted = slug(draft.id or draft.path[-1], "kode")
        if wanted in ids.values() and len(draft.path) > 1:
            wanted = f"{ids[path[:-1]]}-{wanted}"
        number, found = 2, wanted
        while found in ids.values():
            number, found = number + 1, f"{wanted}-{number}"
        ids[path] = found
    codes = [
        Code(
            ids[path],
            draft.path[-1],
            ids.get(path[:-1], ""),
            definition=draft.definition,
            **_lists(draft),
            colour=draft.colour.upper() if COLOUR.fullmatch(draft.colour) else "",
            codable=draft.codable,
            owner=draft.owner,
            status=draft.status,
        )
        for path, draft in ordered.items()
    ]
    return Foreign(kind, tuple(codes), tuple(problems))


def _folded(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(step.casefold().split()) for step in path)


def _lists(draft: Draft) -> dict[str, Any]:
    return {name: draft.lists.get(name, ()) for name in LISTS}


def usable_patterns(texts: Iterable[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return the patterns that can be read, and what is wrong with the others."""
    good, bad = [], []
    for text in texts:
        try:
            parse_pattern(text)
            good.append(text)
        except PatternError as error:
            bad.append(str(error))
    return tuple(good), bad


def plan_import(codebook: Codebook, foreign: Foreign) -> Plan:
    """Return what taking in the foreign codes does to the codebook, which keeps everything it says.

    A foreign code is one that is here when the names of their paths, or their ids, are the same, or
    when just one code here has its name. What is empty here is filled in; what differs stays, and is
    listed.
    """
    match: dict[str, str] = {}
    taken = {code.id for code in codebook.codes}
    add: list[Code] = []
    fill: dict[str, dict[str, Any]] = {}
    kept: dict[str, dict[str, Any]] = {}
    same: list[str] = []
    for code in foreign.codes:
        here = _twin(codebook, foreign.codes, code)
        if here is None:
            identity = _free(code.id, taken)
            taken.add(identity)
            match[code.id] = identity
            patterns = code.patterns if code.codable else ()
            add.append(replace(code, id=identity, parent=match.get(code.parent, ""), patterns=patterns))
            continue
        match[code.id] = here.id
        filled, other = _compared(here, code)
        if filled:
            fill.setdefault(here.id, {}).update(filled)
        if other:
            kept.setdefault(here.id, {}).update(other)
        if not filled and not other:
            same.append(here.id)
    return Plan([code_row(code) for code in add], fill, kept, same)


def _free(wanted: str, taken: set[str]) -> str:
    number, found = 2, wanted
    while found in taken:
        number, found = number + 1, f"{wanted}-{number}"
    return found


def _twin(codebook: Codebook, foreign: Sequence[Code], code: Code) -> Code | None:
    by_id = {one.id: one for one in foreign}
    names = [code.name]
    above = code.parent
    while above in by_id:
        names.insert(0, by_id[above].name)
        above = by_id[above].parent
    for one in codebook.codes:
        if _folded([step.name for step in codebook.path(one.id)]) == _folded(names):
            return one
    named = [one for one in codebook.codes if _folded([one.name]) == _folded([code.name])]
    if code.id in codebook:
        return codebook[code.id]
    return named[0] if len(named) == 1 else None


def _compared(here: Code, code: Code) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields to fill in and those that differ."""
    fill: dict[str, Any] = {}
    kept: dict[str, Any] = {}
    for name in ("name", "definition", "owner", *LISTS):
        ours, theirs = getattr(here, name), getattr(code, name)
        if not theirs or ours == theirs or (name == "patterns" and not here.codable):
            continue
        if not ours:
            fill[name] = list(theirs) if isinstance(theirs, tuple) else theirs
        elif not isinstance(theirs, tuple) or set(theirs) - set(ours):
            kept[name] = list(theirs) if isinstance(theirs, tuple) else theirs
    return fill, kept
