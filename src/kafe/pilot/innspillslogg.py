"""The log in which no note is lost: every note once, with its themes, its fate and why."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kafe.origins import Origin
from kafe.pilot.memberships import ORIGINS, Memberships, themes_by_note
from kafe.pilot.project_data import Pilot
from kafe.records import Codebook, Decision, Fate, Note

_STRENGTH = {Fate.CHOSEN: 2, Fate.PASSED_ON: 1, Fate.PARKED: 0}
"""Which of several code decisions counts: a note the group uses anywhere is not set aside."""


def innspillslogg(
    notes: Iterable[Note],
    memberships: Memberships,
    decisions: Sequence[Decision],
    pilot: Pilot | None = None,
    *,
    withdrawn: Iterable[Note] = (),
    codebook: Codebook | None = None,
    reach: Iterable[Origin] = (Origin.HUMAN,),
) -> list[dict[str, Any]]:
    """Return one row for every note, withdrawn ones too, ordered by session, question, table and id.

    A decision on the note overrides decisions on its codes. A decision on a code reaches the notes
    under it through memberships of the origins in `reach` (by default only what a person coded) and,
    with a codebook, the notes under its descendants; a code's own decision goes before its parent's.
    Where a note's codes meet different fates, chosen goes before passed on before parked, then the latest
    date, and `conflict` has target and fate of them all. Of several decisions on one target the latest by date counts,
    on one date the last in order. `decided_fate` keeps the decision on a note that is withdrawn.
    """
    in_force = latest(decisions)
    themes = themes_by_note(memberships)
    reaching = tuple(reach)
    coded = {theme for own in themes.values() for origin in reaching for theme in own.get(origin, ())}
    of_code = {code: _of_code(code, in_force, codebook) for code in coded}
    titles = {element.id: element.title for element in pilot.elements} if pilot else {}
    gone = {note.id: note for note in withdrawn}
    here = {note.id: note for note in notes}
    rows = []
    for note in (gone | here).values():
        own = themes.get(note.id, {})
        through = [of_code[theme] for origin in reaching for theme in own.get(origin, ())]
        decision, rivals = _decide(in_force.get(f"note:{note.id}"), through)
        rows.append(
            {
                "note_id": note.id,
                "session": note.session,
                "date": note.date,
                "table": note.table,
                "question": note.question,
                "group": note.group,
                "municipality": note.municipality,
                "text": note.text,
                "votes": note.votes,
                **{f"themes_{origin}": own.get(origin, []) for origin in ORIGINS},
                "fate": _fate(note.id in here, decision),
                "decided_fate": decision.fate if decision else "",
                "decided_on": decision.target if decision else "",
                "reason": decision.reason if decision else "",
                "who": decision.who if decision else "",
                "when": decision.at if decision else "",
                "element": decision.element if decision else "",
                "element_title": titles.get(decision.element, "") if decision else "",
                "conflict": [{"target": rival.target, "fate": rival.fate} for rival in rivals],
                "source_file": note.source_file,
                "source_place": note.source_place,
            }
        )
    return sorted(rows, key=lambda row: [row[key] for key in ("session", "question", "table", "note_id")])


def fate_counts(log: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return number and share of the notes of a log for every fate, those that no note has too."""
    counts = {fate: sum(row["fate"] == fate for row in log) for fate in Fate}
    return [
        {"fate": fate, "notes": count, "share": count / len(log) if log else 0.0}
        for fate, count in counts.items()
    ]


def latest(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Return the decision in force for each target: the latest by date, on one date the last in order."""
    found: dict[str, Decision] = {}
    for decision in decisions:
        if decision.target not in found or decision.at >= found[decision.target].at:
            found[decision.target] = decision
    return found


def decisions_without_notes(
    decisions: Iterable[Decision], log: Sequence[Mapping[str, Any]], reach: Iterable[Origin] = (Origin.HUMAN,)
) -> list[Decision]:
    """Return the decisions in force whose target is no note of the log and no code of its notes."""
    columns = [f"themes_{origin}" for origin in reach]
    targets = {f"note:{row['note_id']}" for row in log}
    targets |= {f"code:{theme}" for row in log for column in columns for theme in row[column]}
    targets |= {row["decided_on"] for row in log}
    return [decision for target, decision in sorted(latest(decisions).items()) if target not in targets]


def _fate(is_here: bool, decision: Decision | None) -> Fate:
    if not is_here:
        return Fate.WITHDRAWN
    return decision.fate if decision else Fate.UNDECIDED


def _decide(
    own: Decision | None, through: Iterable[Decision | None]
) -> tuple[Decision | None, list[Decision]]:
    """Return the decision that counts for a note, and the disagreeing code decisions behind it."""
    if own:
        return own, []
    found = {decision.target: decision for decision in through if decision}
    ordered = [found[target] for target in sorted(found)]
    rivals = ordered if len({one.fate for one in ordered}) > 1 else []
    return max(ordered, key=lambda one: (_STRENGTH[one.fate], one.at), default=None), rivals


def _of_code(code: str, in_force: Mapping[str, Decision], codebook: Codebook | None) -> Decision | None:
    path = [above.id for above in codebook.path(code)] if codebook and code in codebook else [code]
    return next((in_force[f"code:{name}"] for name in reversed(path) if f"code:{name}" in in_force), None)
