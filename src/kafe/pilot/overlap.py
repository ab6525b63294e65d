"""How free topics and codes overlap: what both see, what no code covers, what no topic finds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kafe.origins import Origin
from kafe.pilot.memberships import Memberships, notes_by_theme

PEOPLE = (Origin.HUMAN,)
COVERED = 0.5
"""A code covers a topic when it holds this share of the topic's notes that a person has finished, or more."""
FOUND = 0.3
"""A topic finds a code when it holds this share of the code's notes, or more."""
LEAST = 3
"""Finished notes of a topic, or notes of a code, below which nothing is said of it."""
QUOTES = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A topic and a code that share notes. `of_topic`, `of_code`: `notes` as a share of each."""

    topic: str
    code: str
    notes: int
    of_topic: float
    of_code: float


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A topic that no single code covers. `uncoded`: share of its notes without any code; `quotes`: their ids."""

    topic: str
    notes: int
    uncoded: float
    best_code: str
    best_share: float
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unfound:
    """A code whose notes lie spread over topics. `best_share`: the most of them that any topic holds."""

    code: str
    notes: int
    best_topic: str
    best_share: float


@dataclass(frozen=True)
class Overlap:
    """The cross-table of topics and codes, largest cells first, topics that no code covers, codes that no topic finds."""

    cells: tuple[Cell, ...]
    uncovered: tuple[Uncovered, ...]
    unfound: tuple[Unfound, ...]


def overlap(
    memberships: Memberships,
    *,
    finished: Collection[str] | None = None,
    origins: Sequence[Origin] = PEOPLE,
    typical: Mapping[str, Sequence[str]] | None = None,
) -> Overlap:
    """Return how free topics and codes (`origins`; people's codings by default) overlap.

    Only `finished` notes count where they are given: a note nobody coded says nothing of what codes lack.
    `typical`: topic → its most typical notes, which come first among the quotes. Uncovered topics are
    candidates for the codebook: the largest share of uncoded notes first.
    """
    rows = list(memberships)
    topics, codes = notes_by_theme(rows, (Origin.TOPIC,)), notes_by_theme(rows, origins)
    if finished is not None:
        known = set(finished)
        topics = {topic: notes & known for topic, notes in topics.items()}
        codes = {code: notes & known for code, notes in codes.items()}
    cells = _cells(topics, codes)
    return Overlap(
        tuple(sorted(cells, key=lambda cell: (-cell.notes, cell.topic, cell.code))),
        tuple(_uncovered(topics, codes, cells, typical or {})),
        tuple(_unfound(topics, codes, cells)),
    )


def _cells(topics: Mapping[str, set[str]], codes: Mapping[str, set[str]]) -> list[Cell]:
    """Return the topics and codes that share notes, by topic and code."""
    return [
        Cell(topic, code, both, round(both / len(topics[topic]), 4), round(both / len(codes[code]), 4))
        for topic in sorted(topics)
        for code in sorted(codes)
        if (both := len(topics[topic] & codes[code]))
    ]


def _uncovered(
    topics: Mapping[str, set[str]],
    codes: Mapping[str, set[str]],
    cells: Sequence[Cell],
    typical: Mapping[str, Sequence[str]],
) -> list[Uncovered]:
    coded = set().union(*codes.values())
    found = []
    for topic, notes in sorted(topics.items()):
        best = max((cell for cell in cells if cell.topic == topic), key=lambda cell: cell.notes, default=None)
        share = best.of_topic if best else 0.0
        if len(notes) < LEAST or share >= COVERED:
            continue
        uncoded = notes - coded
        quotes = dict.fromkeys(
            [*(note for note in typical.get(topic, ()) if note in uncoded), *sorted(uncoded)]
        )
        found.append(
            Uncovered(
                topic,
                notes=len(notes),
                uncoded=round(len(uncoded) / len(notes), 4),
                best_code=best.code if best else "",
                best_share=share,
                quotes=tuple(quotes)[:QUOTES],
            )
        )
    return sorted(found, key=lambda row: (-row.uncoded, -row.notes, row.topic))


def _unfound(
    topics: Mapping[str, set[str]], codes: Mapping[str, set[str]], cells: Sequence[Cell]
) -> list[Unfound]:
    placed = set().union(*topics.values())
    found = []
    for code, notes in sorted(codes.items()):
        best = max((cell for cell in cells if cell.code == code), key=lambda cell: cell.notes, default=None)
        share = best.of_code if best else 0.0
        if len(notes & placed) >= LEAST and share < FOUND:
            found.append(Unfound(code, len(notes), best.topic if best else "", share))
    return sorted(found, key=lambda row: (-row.notes, row.code))
