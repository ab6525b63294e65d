"""A topic in parts, for an analyst to name or leave."""

from __future__ import annotations

from collections.abc import Sequence

from kafe.threads import one_thread
from kafe.topics.edits import Mark
from kafe.topics.engine import keywords
from kafe.topics.grouping.cluster import reduced, settle, starts
from kafe.topics.grouping.describe import renumbered
from kafe.topics.vectors.embed import embed
from kafe.topics.words.material import material


def divide(
    ids: Sequence[str],
    texts: Sequence[str],
    lemmas: Sequence[Sequence[str]] | None = None,
    *,
    parts: int = 2,
    seed: int = 0,
) -> list[Mark]:
    """Return these notes (of one topic) in at most `parts` groups, the largest first, each with its words.

    Duplicates go with the note they repeat; notes without content words are left out.
    """

    notes = material(ids, texts, lemmas)
    if not notes.kept:
        return []
    with one_thread():
        points = reduced(embed(notes.lines, seed=seed))
        _, labels = renumbered(
            settle(points, starts(points, [min(parts, len(points))]).popitem()[1], seed)[0]
        )
    own = dict(zip(notes.kept, labels.tolist(), strict=True))
    own |= {note: own[kept] for note, kept in notes.duplicates.items()}
    groups = {
        str(group): sorted(n for n, g in own.items() if g == group) for group in sorted(set(own.values()))
    }
    words = keywords(dict(zip(notes.kept, notes.words, strict=True)), groups)
    return [Mark(tuple(members), tuple(words.get(group, ()))) for group, members in groups.items()]
