"""Notes given to coders: a share to everyone, so that agreement can be measured, the rest one coder each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kafe.flow import Project
from kafe.messages import message
from kafe.records import KafeError


@dataclass(frozen=True)
class Shares:
    """Who gets what: coder → note ids in order; `double` of them go to everyone."""

    notes: dict[str, list[str]]
    double: int
    replaces: bool


def share_notes(
    project: Project,
    coders: Sequence[str],
    share: float,
    *,
    seed: int,
    at: str,
    label: str = "",
    session: str = "",
    dry_run: bool = False,
) -> Shares:
    """Give the project's notes to coders: a share of them to everyone, the rest one coder each.

    Notes that were given out under another label are left out. Coders are named once: an unknown name is
    registered, a known one keeps its spelling. Raises KafeError without coders, notes, or two names.
    """
    from kafe.store import name_key, open_store, share_out, tidy_name

    wanted: dict[str, str] = {}
    for name in filter(None, map(tidy_name, coders)):
        wanted.setdefault(name_key(name), name)
    if not wanted:
        raise KafeError(message("store.error.no_name"), remedy=message("store.remedy.no_name"))
    with open_store(project.paths, project.settings) as store:
        spelled = {name_key(name): name for name in store.coders()}
        names = [spelled.get(key, name) for key, name in wanted.items()]
        mine = store.assignments(label)
        elsewhere = {note_id for ids in store.assignments().values() for note_id in ids}
        elsewhere -= {note_id for ids in mine.values() for note_id in ids}
        notes = [note for note in store.notes() if note.id not in elsewhere and session in ("", note.session)]
        if not notes:
            raise KafeError(message("store.error.no_notes"), remedy=message("store.remedy.no_notes"))
        given = share_out(notes, names, share, seed)
        if not dry_run:
            for name in names:
                store.name_coder(name, at)
            store.assign_all({**{name: [] for name in mine}, **given}, at, label)
    shared = set.intersection(*map(set, given.values())) if len(names) > 1 else set()
    return Shares(given, len(shared), bool(mine))
