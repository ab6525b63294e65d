"""Codes as other tools have them, by their names from the root, made into codes with ids and parents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kafe.codebook import LISTS, patterns
from kafe.exchange.formats.code_elements import colour
from kafe.exchange.records import Incoming, IncomingCodes
from kafe.messages import message
from kafe.records import Code, CodeStatus, KafeError
from kafe.strings import slug


@dataclass(frozen=True)
class CodeDraft:
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


def codebook_from(kind: str, drafts: Sequence[CodeDraft], problems: Sequence[KafeError] = ()) -> Incoming:
    """Return drafts as a codebook with ids of its own, headings made for steps of paths that have no row."""
    by_path = {_folded(draft.path): draft for draft in drafts}
    ordered: dict[tuple[str, ...], CodeDraft] = {}
    for draft in drafts:
        for depth in range(1, len(draft.path) + 1):
            path = draft.path[:depth]
            ordered.setdefault(_folded(path), by_path.get(_folded(path), CodeDraft(path, codable=False)))
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
            colour=colour(draft.colour),
            codable=draft.codable,
            owner=draft.owner,
            status=draft.status,
        )
        for path, draft in ordered.items()
    ]
    return Incoming(kind, IncomingCodes(tuple(codes)), problems=tuple(problems))


def _folded(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(step.casefold().split()) for step in path)


def _lists(draft: CodeDraft) -> dict[str, Any]:
    return {name: draft.lists.get(name, ()) for name in LISTS}


def once(drafts: Sequence[CodeDraft], file: str, problems: list[KafeError]) -> list[CodeDraft]:
    """Return the drafts without those whose path is there already, which are added to the problems."""
    found: dict[tuple[str, ...], CodeDraft] = {}
    for draft in drafts:
        path = tuple(step.casefold() for step in draft.path)
        if path in found:
            problems.append(problem(file, "twice", int(draft.place), first=found[path].place))
        else:
            found[path] = draft
    return list(found.values())


def flat_paths_as_tree(incoming: Incoming) -> Incoming:
    """Return codes whose names are paths as a tree: Taguette writes its paths as names in a flat .qdc."""
    codes = incoming.codes.codes
    if incoming.codes.certain or any(code.parent for code in codes):
        return incoming
    if not slashes_are_steps(code.name for code in codes):
        return incoming
    drafts = [
        CodeDraft(
            tuple(step.strip() for step in code.name.split("/") if step.strip()) or (code.name,),
            definition=code.definition,
            lists={name: getattr(code, name) for name in LISTS},
            colour=code.colour,
            codable=code.codable,
            owner=code.owner,
            status=code.status,
        )
        for code in codes
    ]
    return codebook_from(incoming.kind, drafts)


def slashes_are_steps(names: Iterable[str]) -> bool:
    """Return whether slashes in names mean steps down a tree, as far as the names show.

    They do when a name's beginning is another name or the beginning of one, or a name has three steps;
    `Rus/psykiatri` alone is one name.
    """
    split = [[step.strip() for step in name.split("/")] for name in names]
    whole = [steps for steps in split if all(steps)]
    tops = [steps[0].casefold() for steps in whole]
    return any(len(steps) > 2 or (len(steps) > 1 and tops.count(steps[0].casefold()) > 1) for steps in whole)


def usable_patterns(texts: Iterable[str]) -> tuple[tuple[str, ...], list[str]]:
    """Return the patterns that can be read, and what is wrong with the others."""
    good, bad = [], []
    for text in texts:
        try:
            patterns.parse_pattern(text)
            good.append(text)
        except patterns.PatternError as error:
            bad.append(str(error))
    return tuple(good), bad


def problem(file: str, key: str, row: int = 0, **values: Any) -> KafeError:
    """Return the error `exchange.codes.error.KEY` at a row of a file."""
    return KafeError(
        message(f"exchange.codes.error.{key}", **values),
        file=file,
        place=message("files.place.row", row=row) if row else "",
        remedy=message(f"exchange.codes.remedy.{key}", **values),
    )
