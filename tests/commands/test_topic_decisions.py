"""What an analyst decides about topics by their numbers is kept with who, why and the notes it was about."""

from pathlib import Path

import pytest

from kafe.commands.topic_decisions import decide, split
from kafe.flow.project import Project
from kafe.records import Codebook, KafeError
from kafe.topics.edits import read_edits


@pytest.fixture
def project(kit, tmp_path: Path) -> Project:
    root = kit.bare(tmp_path)
    topics = [{"id": number, "lemmas": [f"ord{number}"]} for number in (7, 3)]
    assignments = [{"note_id": f"n-{note}", "topic": 7 if note < 3 else 3} for note in range(5)]
    kit.write_tables(root, "topics", {"topics": topics, "assignments": assignments})
    kit.write_tables(root, "units", {"lemmas": {}, "surface": {}})
    kit.write_tables(root, "notes", {"notes": []})
    return Project(root)


def test_a_decision_holds_the_notes_and_words_of_the_topics_it_names(project: Project) -> None:
    identity = decide(project, "merge", [2, 1, 2], name="Begge", who="kari", why="likt")
    (kept,) = read_edits(project.paths.topic_edits, Codebook((), "")).decisions
    assert (kept.id, kept.kind, kept.name, kept.who, kept.reason) == (
        identity,
        "merge",
        "Begge",
        "kari",
        "likt",
    )
    assert [mark.notes for mark in kept.marks] == [("n-3", "n-4"), ("n-0", "n-1", "n-2")]
    assert [mark.words for mark in kept.marks] == [("ord3",), ("ord7",)]


def test_a_number_without_a_topic_says_how_many_there_are_and_keeps_nothing(project: Project) -> None:
    with pytest.raises(KafeError, match="2"):
        decide(project, "lock", [3])
    assert not project.paths.topic_edits.exists()


def test_a_topic_whose_notes_cannot_be_told_apart_is_not_split(project: Project) -> None:
    with pytest.raises(KafeError):
        split(project, 1, 2)
    assert not project.paths.topic_edits.exists()
