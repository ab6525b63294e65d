"""The tables of agreement: people with each other, with the rules, with themselves, and what is settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from kafe.flow.project import Project
from kafe.messages import stored
from kafe.records import Codebook, Coding, Row, Suggestion

if TYPE_CHECKING:
    from kafe.store import Store

Pair = tuple[str, tuple[str, str]]


def agreements(
    project: Project,
    store: Store,
    codebook: Codebook,
    codings: Sequence[Coding],
    suggestions: Sequence[Suggestion],
    finished: Sequence[tuple[str, str]],
) -> dict[str, list[Any]]:
    """Return the tables `agreement`, `spans`, `together`, `drift` and `consensus`.

    The first two have every two people and each person with the rules, told apart by `pair`; `together`
    is all people where there are three or more. What was agreed in consensus is nobody's own coding and
    is left out of all but the last, which counts differences and how many of them are settled.
    """
    from kafe.agreement import agreement, coder_drift, group_agreement, span_agreement
    from kafe.origins import CONSENSUS_CODER

    people = sorted({coder for coder, _ in finished} - {CONSENSUS_CODER})
    pairs: list[Pair] = [("human", pair) for pair in combinations(people, 2)]
    pairs += [("machine", (person, "rule")) for person in people if suggestions]
    everything: list[Coding | Suggestion] = [*codings, *suggestions]
    units, seed = project.units(), project.settings.seed
    lengths = {note.id: len(note.text) for note in project.notes()}
    history, marks = store.history(lengths), store.mark_history()
    marks = [mark for mark in marks if mark[1] in lengths]
    return {
        "agreement": [
            {"pair": kind, **stored(asdict(row))}
            for kind, coders in pairs
            for row in agreement(everything, finished, units, codebook, coders, seed=seed)
        ],
        "spans": [
            {"pair": kind, "coder_a": coders[0], "coder_b": coders[1], **stored(asdict(row))}
            for kind, coders in pairs
            for row in span_agreement(everything, finished, lengths, codebook, coders, seed=seed)
        ],
        "together": [
            stored(asdict(row))
            for row in group_agreement(codings, finished, units, codebook, people, seed=seed)
            if len(people) > 2
        ],
        "drift": [
            stored(asdict(row))
            for person in people
            for row in coder_drift(history, marks, units, codebook, person, seed=seed)
        ],
        "consensus": _consensus(project, codebook, codings, history, finished, people),
    }


def _consensus(
    project: Project,
    codebook: Codebook,
    codings: Sequence[Coding],
    history: Sequence[Coding],
    finished: Sequence[tuple[str, str]],
    people: Sequence[str],
) -> list[Row]:
    from kafe.agreement import compare_codings, consensus_progress

    rows: list[Row] = []
    for pair in combinations(people, 2):
        both = {
            note_id
            for _, note_id in finished
            if (pair[0], note_id) in finished and (pair[1], note_id) in finished
        }
        shared = [coding for coding in codings if coding.note_id in both and coding.code in codebook]
        found = consensus_progress(
            compare_codings(shared, pair, history=history, units=project.units()), pair
        )
        rows += [
            {
                "coder_a": pair[0],
                "coder_b": pair[1],
                "code": one.code,
                "name": codebook[one.code].name,
                "agree": one.agree,
                "overlap": one.overlap,
                "only_a": one.only[0],
                "only_b": one.only[1],
                "differences": one.differences,
                "settled": one.settled,
            }
            for one in found
        ]
    return rows
