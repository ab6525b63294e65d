"""Notes given out to coders: a part to everyone, the rest once."""

from pathlib import Path

import pytest

from kafe.commands.assign import share_notes
from kafe.flow.project import Project
from kafe.records import KafeError
from kafe.store.store import open_store

AT = "2026-05-01T00:00:00+00:00"


@pytest.fixture
def project(staged: Path) -> Project:
    return Project(staged)


def test_notes_are_given_out_and_the_same_seed_gives_the_same(kit, project):
    arguments = ("assign", "--coders", "Siri, OLA,siri", "--share", "50%", "--seed", "7")
    first = kit.kafe(*arguments, "--project", project.root)
    assert first.code == 0
    with open_store(project.paths, project.settings) as store:
        given = store.assignments()
        assert {"OLA", "Siri"} <= set(store.coders())
    assert set(given) == {"OLA", "Siri"}
    assert len(set(given["OLA"]) & set(given["Siri"])) == 6
    refused = kit.kafe(*arguments, "--project", project.root)
    assert (refused.code, "erstattet" in refused.out) == (1, True)
    assert kit.kafe(*arguments, "--yes", "--project", project.root).code == 0
    with open_store(project.paths, project.settings) as store:
        assert store.assignments() == given


def test_a_later_round_leaves_out_what_was_given_out_before(project):
    share_notes(project, ["Siri"], 0.0, seed=1, at=AT, label="runde 1", session="kafe-1")
    with pytest.raises(KafeError, match="ingen innspill"):
        share_notes(project, ["Ola"], 0.0, seed=1, at=AT, label="runde 2")


def test_a_coder_who_is_left_out_of_a_round_that_is_made_anew_loses_the_notes(project):
    share_notes(project, ["Siri", "Ola"], 1.0, seed=1, at=AT)
    share_notes(project, ["anna"], 0.0, seed=1, at="2026-05-02")
    with open_store(project.paths, project.settings) as store:
        assert set(store.assignments()) == {"anna"}
