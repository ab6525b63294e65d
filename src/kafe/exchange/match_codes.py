"""Which codes of the codebook the codes of a file are, and what importing the others would do to it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from kafe.codebook import LISTS
from kafe.exchange.guid import guid
from kafe.exchange.records import IncomingCodes
from kafe.records import Code, Codebook


def match_codes(incoming: IncomingCodes, codebook: Codebook) -> dict[str, str]:
    """Return id in the file → id in the codebook, for the codes that the codebook has.

    One rule for every format, the surest sign first:

    1. GUID or id was written by kafe: the code of that id, whatever it is called now;
    2. just one code has the same names from the root down;
    3. just one code has the same name;
    4. a code has the same id. Other programs make ids of names, and names change, so this comes last.

    Names are compared without regard to case and to how many spaces stand between words.
    """
    own = {guid("code", code.id): code.id for code in codebook.codes}
    by_path: dict[tuple[str, ...], list[str]] = defaultdict(list)
    by_name: dict[str, list[str]] = defaultdict(list)
    for code in codebook.codes:
        by_path[_path(codebook, code)].append(code.id)
        by_name[_fold(code.name)].append(code.id)
    theirs = incoming.codebook()
    found: dict[str, str] = {}
    guids = {code_id: name for name, code_id in reversed([*incoming.by_guid.items()])}
    for code in theirs.codes:
        certain = own.get(guids.get(code.id, ""), code.id if code.id in incoming.certain else "")
        if certain in codebook:
            found[code.id] = certain
        elif len(same := by_path.get(_path(theirs, code), [])) == 1 or (
            len(same := by_name.get(_fold(code.name), [])) == 1
        ):
            found[code.id] = same[0]
        elif code.id in codebook:
            found[code.id] = code.id
    return found


def _path(codebook: Codebook, code: Code) -> tuple[str, ...]:
    return tuple(_fold(step.name) for step in codebook.path(code.id))


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


class CodePlan(NamedTuple):
    """What importing the codes of a file would do to the codebook, which keeps everything it says.

    `by_guid` gives the code of each GUID of the file and of the codebook here, `new` the codes to add, a parent
    before its children. `fill` has code → fields that are empty here, `differs` code → fields that are described
    in another way here, `same` the codes that are alike.
    """

    by_guid: dict[str, str]
    new: tuple[Code, ...]
    fill: dict[str, dict[str, Any]]
    differs: dict[str, dict[str, Any]]
    same: tuple[str, ...]


def plan_codes(incoming: IncomingCodes, codebook: Codebook, used: Collection[str] = ()) -> CodePlan:
    """Return what importing the codes would do; `used` are ids of the file's codes that it codes with.

    A new code that is used may be used, whatever the file says of it. A new heading is left out when
    every code that the file has under it is here already, in another place.
    """
    here = match_codes(incoming, codebook)
    ids = dict(here)
    new: dict[str, Code] = {}
    fill: dict[str, dict[str, Any]] = {}
    differs: dict[str, dict[str, Any]] = {}
    same: list[str] = []
    for code in incoming.codes:
        if code.id in here:
            own = codebook[here[code.id]]
            empty, other = _compared(own, code)
            if empty:
                fill.setdefault(own.id, {}).update(empty)
            if other:
                differs.setdefault(own.id, {}).update(other)
            if not empty and not other:
                same.append(own.id)
            continue
        ids[code.id] = fresh = _free(code.id, codebook, new)
        codable = code.codable or code.id in used
        new[fresh] = replace(
            code,
            id=fresh,
            parent=ids.get(code.parent, ""),
            codable=codable,
            patterns=code.patterns if codable else (),
        )
    wanted = _wanted([*new.values()], {ids[code.parent] for code in incoming.codes if code.parent})
    own_guids = {guid("code", code.id): code.id for code in codebook.codes}
    by_guid = {name: ids[code_id] for name, code_id in incoming.by_guid.items()}
    return CodePlan(
        own_guids | {name: own for name, own in by_guid.items() if own in codebook or own in wanted},
        tuple(code for code in new.values() if code.id in wanted),
        fill,
        differs,
        tuple(same),
    )


def _free(wanted: str, codebook: Codebook, new: Collection[str]) -> str:
    number, found = 2, wanted
    while found in codebook or found in new:
        number, found = number + 1, f"{wanted}-{number}"
    return found


def _wanted(new: Sequence[Code], parents: Collection[str]) -> set[str]:
    """Return the new codes without the headings of which all that lies under them is here already."""
    wanted: set[str] = set()
    for code in reversed(new):
        if code.codable or code.id not in parents or code.id in wanted:
            wanted |= {code.id, code.parent}
    return wanted


def _compared(here: Code, code: Code) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields to fill in and those that differ."""
    fill: dict[str, Any] = {}
    differs: dict[str, Any] = {}
    for name in ("name", "definition", "owner", *LISTS):
        ours, theirs = getattr(here, name), getattr(code, name)
        if not theirs or ours == theirs or (name == "patterns" and not here.codable):
            continue
        if not ours:
            fill[name] = list(theirs) if isinstance(theirs, tuple) else theirs
        elif not isinstance(theirs, tuple) or set(theirs) - set(ours):
            differs[name] = list(theirs) if isinstance(theirs, tuple) else theirs
    return fill, differs
