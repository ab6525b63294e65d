"""Which of the project's own codes the codes of a file are."""

from dataclasses import replace

from kafe.exchange.formats.guid import guid
from kafe.exchange.records import Incoming
from kafe.records import Code, Codebook


def match_codes(incoming: Incoming, codebook: Codebook) -> tuple[dict[str, str], tuple[Code, ...]]:
    """Return GUID → code id of the project, and the codes that the project does not have.

    A code is the project's own by kafe's GUID, else by the names from the root, else by a name that only
    one code has, else by its id. New codes that are used for coding may be used, whatever the file says.
    """
    names: dict[str, list[str]] = {}
    for code in codebook.codes:
        for name in {_fold(code.name), _path(codebook, code)}:
            names.setdefault(name, []).append(code.id)
    own_guids = {guid("code", code.id): code.id for code in codebook.codes}
    theirs = incoming.codes.codebook()
    guids: dict[str, str] = {}
    for name, code_id in incoming.codes.by_guid.items():
        guids.setdefault(code_id, name)
    used = {mark.code for mark in incoming.marks}
    found: dict[str, str] = {}
    new: dict[str, Code] = {}
    for code in theirs.codes:
        same = names.get(_path(theirs, code)) or names.get(_fold(code.name)) or []
        own = own_guids.get(guids.get(code.id, "")) or (same[0] if len(same) == 1 else "")
        if own := own or (code.id if code.id in codebook else ""):
            found[code.id] = own
            continue
        fresh, number = code.id, 1
        while fresh in codebook or fresh in new:
            number += 1
            fresh = f"{code.id}-{number}"
        codable = code.codable or guids.get(code.id) in used
        new[fresh] = replace(code, id=fresh, parent=found.get(code.parent, ""), codable=codable)
        found[code.id] = fresh
    wanted: set[str] = set()
    for code in reversed(new.values()):
        if code.codable or code.id in wanted:
            wanted |= {code.id, code.parent}
    by_guid = {name: found[code_id] for name, code_id in incoming.codes.by_guid.items()}
    kept = tuple(code for code in new.values() if code.id in wanted)
    return {name: own for name, own in by_guid.items() if own in codebook or own in wanted}, kept


def _path(codebook: Codebook, code: Code) -> str:
    return "\x1f".join(_fold(step.name) for step in codebook.path(code.id))


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
