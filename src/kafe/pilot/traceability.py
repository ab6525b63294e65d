"""From each proposal of the pilot back to the notes behind it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kafe.origins import Origin
from kafe.pilot.innspillslogg import latest
from kafe.pilot.links import DISPUTED, readings
from kafe.pilot.memberships import ORIGINS, Memberships, notes_by_theme, with_ancestors
from kafe.pilot.project_data import Pilot
from kafe.pilot.ranking import spread
from kafe.records import Codebook, Decision, Fate, Link, Note, Row, Stance

STATES = (*(stance for stance in Stance if stance is not Stance.UNREAD), DISPUTED)
"""What a note that has been read can be to a proposal."""


def traceability(
    pilot: Pilot,
    decisions: Iterable[Decision],
    memberships: Memberships,
    notes: Sequence[Note],
    *,
    codebook: Codebook | None = None,
    links: Iterable[Link] = (),
) -> list[Row]:
    """Return one row a proposal, in the pilot's order, with the notes on its theme and what they say to it.

    `note_ids` are the notes it names, those a person put under a code it names (with a codebook, under the
    code's descendants too) and those that a person has linked to it; `suggested_ids` are those only a machine
    put there. `supports_ids`, `against_ids`, `condition_ids`, `problem_ids` and `other_ids` are those of
    `note_ids` that people have read so (`links`, as they stand), `disputed_ids` those read differently by two,
    `unread_ids` those that nobody has read against the proposal. `groups`, `sessions`, `tables` and `votes`
    count `supports_ids` only: being on the same theme is no support. `chosen_ids` are notes decided as
    chosen, `set_aside_ids` those decided as parked or passed on. `unknown` lists what is neither a note nor
    a code with notes; `without_notes` flags a proposal with nothing behind it.
    """
    by_id = {note.id: note for note in notes}
    given = [member for member in memberships if member[0] in by_id]
    human = with_ancestors(notes_by_theme(given, [Origin.HUMAN]), codebook)
    anyone = with_ancestors(notes_by_theme(given, ORIGINS), codebook)
    fates = {target: decision.fate for target, decision in latest(decisions).items()}
    said = {pair: stance for pair, stance in readings(links).items() if pair[0] in by_id}
    rows = []
    for element in pilot.elements:
        for proposal in element.proposals:
            coded, suggested, unknown = _behind(proposal.builds_on, by_id, human, anyone, codebook)
            read = {note_id: stance for (note_id, of), stance in said.items() if of == proposal.id}
            coded |= read.keys()
            by_stance = {
                f"{key}_ids": sorted(note_id for note_id, stance in read.items() if stance == key)
                for key in STATES
            }
            supporting = [by_id[note_id] for note_id in by_stance["supports_ids"]]
            rows.append(
                {
                    "element": element.id,
                    "element_title": element.title,
                    "question": element.question,
                    "responsible": element.responsible,
                    "proposal": proposal.id,
                    "text": proposal.text,
                    "status": proposal.status,
                    "builds_on": list(proposal.builds_on),
                    "note_ids": sorted(coded),
                    "suggested_ids": sorted(suggested - coded),
                    **by_stance,
                    "unread_ids": sorted(coded - read.keys()),
                    "notes": len(coded),
                    "supports": len(supporting),
                    "against": len(by_stance["against_ids"]),
                    "suggested": len(suggested - coded),
                    **spread(supporting),
                    "votes": sum(note.votes for note in supporting),
                    "chosen_ids": _with_fate(coded, fates, (Fate.CHOSEN,)),
                    "set_aside_ids": _with_fate(coded, fates, (Fate.PARKED, Fate.PASSED_ON)),
                    "unknown": unknown,
                    "without_notes": not coded,
                }
            )
    return rows


def _behind(
    names: Iterable[str],
    by_id: Mapping[str, Note],
    human: Mapping[str, set[str]],
    anyone: Mapping[str, set[str]],
    codebook: Codebook | None,
) -> tuple[set[str], set[str], list[str]]:
    """Return the notes that names stand for: as people coded, as anyone suggested; and the names nobody knows."""
    coded: set[str] = set()
    suggested: set[str] = set()
    unknown = []
    for name in names:
        note_id, theme = _read(name, by_id)
        if note_id:
            coded.add(note_id)
        elif theme in anyone or (codebook is not None and theme in codebook):
            coded |= human.get(theme, set())
            suggested |= anyone.get(theme, set())
        else:
            unknown.append(name)
    return coded, suggested, unknown


def chosen_without_proposal(
    trace: Sequence[Mapping[str, Any]], log: Sequence[Mapping[str, Any]]
) -> list[Row]:
    """Return the log's rows of chosen notes that no proposal of the traceability table builds on."""
    used = {note_id for row in trace for note_id in row["note_ids"]}
    return [dict(row) for row in log if row["fate"] == Fate.CHOSEN and row["note_id"] not in used]


def _read(name: str, notes: Mapping[str, Note]) -> tuple[str, str]:
    """Return the note id or the theme id that a reference names; the other is empty."""
    kind, _, rest = name.partition(":")
    if kind == "code" and rest:
        return "", rest
    note_id = rest if kind == "note" and rest else name
    return (note_id, "") if note_id in notes else ("", name)


def _with_fate(note_ids: Iterable[str], fates: Mapping[str, str], wanted: Sequence[str]) -> list[str]:
    return sorted(note_id for note_id in note_ids if fates.get(f"note:{note_id}") in wanted)
