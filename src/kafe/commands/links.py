"""What people read notes as saying to the pilot's proposals: listed in the order to read, set, and kept in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kafe.clock import now
from kafe.flow import Project
from kafe.messages import message
from kafe.pilot import links, traceability
from kafe.records import KafeError, Link, Stance

DISAGREEING = re.compile(
    r"\b(?:ikke|ikkje|kje|ittj|ittje|aldri|ingen|inga|uten|utan|unntatt|uenig|ueinig|uenige|ueinige|imot|mot|men|heller|veto)\b",
    re.IGNORECASE,
)
"""Words with which people disagree or make conditions; they flag a note, and decide nothing."""


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A note on a proposal's theme: how near their wordings are, and words in it that may mean disagreement.

    `stance` is what people have read it as (`disputed` where they differ), empty where nobody has read it.
    """

    note_id: str
    text: str
    likeness: float
    flags: tuple[str, ...]
    stance: str


def to_read(project: Project, proposal: str, *, unread: bool = True) -> list[ReadingLine]:
    """Return the notes on a proposal's theme, those whose wording is nearest to the proposal's first.

    The order is a help to read; likeness does not tell for from against. Raises KafeError for an unknown proposal.
    """
    from kafe.flow.stages import embedder_of

    row = next((row for row in project.tables.pilot.trace if row["proposal"] == proposal), None)
    if row is None:
        raise _unknown(project, proposal)
    stances = {
        note_id: key
        for key in traceability.STATES
        for note_id in row[f"{key}_ids"]  # type: ignore[literal-required]
    }
    chosen = [
        note for note in project.notes() if note.id in row["note_ids"] and not (unread and note.id in stances)
    ]
    if not chosen:
        return []
    vectors = embedder_of(project).embed([row["text"], *(note.text for note in chosen)])
    lines = [
        ReadingLine(
            note.id,
            note.text,
            round(float(likeness), 2),
            tuple(dict.fromkeys(word.lower() for word in DISAGREEING.findall(note.text))),
            stances.get(note.id, ""),
        )
        for note, likeness in zip(chosen, vectors[1:] @ vectors[0], strict=True)
    ]
    return sorted(lines, key=lambda line: (-line.likeness, line.note_id))


def read_as(project: Project, note_id: str, proposal: str, word: str, *, who: str, remark: str = "") -> Link:
    """Keep in `lenker.csv` and in the store that `who` reads a note as saying this to a proposal, and return it.

    Raises KafeError for an unknown note, proposal or stance, before anything is written.
    """
    from kafe.store import open_store

    stance = links.stance_of(word)
    known = {note.id for note in [*project.notes(), *project.withdrawn()]}
    if note_id not in known:
        raise KafeError(
            message("pilot.link_problem.note", value=note_id), remedy=message("pilot.link_remedy.note")
        )
    if proposal not in {row["proposal"] for row in project.tables.pilot.trace}:
        raise _unknown(project, proposal)
    if stance is None:
        raise KafeError(
            message("pilot.link_problem.stance", value=word), remedy=message("pilot.link_remedy.stance")
        )
    if not who.strip():
        raise KafeError(message("pilot.link_problem.reader"), remedy=message("pilot.link_remedy.reader"))
    link = Link(note_id, proposal, stance, who.strip(), now(), remark)
    links.add_links(project.paths.links, [link])
    with open_store(project.paths, project.settings) as store:
        store.append_links([link])
    return link


def keep(project: Project) -> int:
    """Add to `lenker.csv` what the store has read that the file does not say, and return how many rows that was."""
    from kafe.store import open_store

    known = {note.id for note in [*project.notes(), *project.withdrawn()]}
    proposals = {row["proposal"] for row in project.tables.pilot.trace}
    written, _ = links.read_links(project.paths.links, known, proposals)
    last = {(one.note_id, one.proposal, one.who): one.stance for one in written}
    with open_store(project.paths, project.settings) as store:
        missing = [
            one
            for one in store.links()
            if last.get((one.note_id, one.proposal, one.who), Stance.UNREAD) is not one.stance
        ]
    if missing:
        links.add_links(project.paths.links, missing)
    return len(missing)


def _unknown(project: Project, proposal: str) -> KafeError:
    known = ", ".join(row["proposal"] for row in project.tables.pilot.trace)
    return KafeError(
        message("pilot.link_problem.proposal", value=proposal),
        remedy=message("pilot.link_remedy.proposal", proposals=known),
    )
