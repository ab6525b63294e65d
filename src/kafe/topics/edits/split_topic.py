"""A topic in parts, for an analyst to name or leave."""

from __future__ import annotations

from kafe.threads import one_thread
from kafe.topics.class_tfidf import keywords
from kafe.topics.edits.records import TopicMark
from kafe.topics.grouping.arrangement import renumbered
from kafe.topics.grouping.cluster import reduced, settle, starts
from kafe.topics.inputs import TopicInput
from kafe.topics.vectors.embedder import Embedder
from kafe.topics.words.prepared import prepared_notes


def split_topic(notes: TopicInput, *, parts: int = 2, seed: int = 0) -> list[TopicMark]:
    """Return these notes (of one topic) in at most `parts` groups, the largest first, each with its words.

    Duplicates go with the note they repeat; notes without content words are left out.
    """
    ready = prepared_notes(notes)
    if not ready.kept:
        return []
    with one_thread():
        points = reduced(Embedder(seed=seed).embed(ready.lines))
        _, labels = renumbered(
            settle(points, starts(points, [min(parts, len(points))]).popitem()[1], seed)[0]
        )
    own = dict(zip(ready.kept, labels.tolist(), strict=True))
    own |= {note: own[kept] for note, kept in ready.duplicates.items()}
    groups = {
        str(group): sorted(n for n, g in own.items() if g == group) for group in sorted(set(own.values()))
    }
    words = keywords(dict(zip(ready.kept, ready.words, strict=True)), groups)
    return [TopicMark(tuple(members), tuple(words.get(group, ()))) for group, members in groups.items()]
