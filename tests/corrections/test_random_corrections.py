"""Whatever is corrected in the source, no act of a person is on a note that is not shown, and not listed."""

import random
from pathlib import Path

import pytest
from coded_project import CodedProject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kafe.corrections import settle, standing
from kafe.store import Store


def coded(folder: Path, seed: int, notes: int) -> CodedProject:
    project = CodedProject(folder / "raw", Store("sqlite://"), random.Random(seed))
    project.fill(notes)
    assert project.unaccounted() == 0
    return project


def test_two_hundred_random_corrections_lose_nothing(tmp_path: Path) -> None:
    project = coded(tmp_path, 11, 24)
    with project.store:
        for number in range(200):
            what = project.correct()
            project.read()
            assert project.unaccounted() == 0, f"{number}: {what}"


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), at_once=st.integers(1, 12))
def test_many_corrections_at_once_lose_nothing(
    tmp_path_factory: pytest.TempPathFactory, seed: int, at_once: int
) -> None:
    project = coded(tmp_path_factory.mktemp("project"), seed, 14)
    with project.store:
        for _ in range(4):
            done = [project.correct() for _ in range(at_once)]
            project.read()
            assert project.unaccounted() == 0, done


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_undo_lets_everything_wait_again(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    project = coded(tmp_path_factory.mktemp("project"), seed, 14)
    with project.store as store:
        for _ in range(3):
            project.correct()
        project.read()
        followed = standing(store).followed
        for link in [one for one in store.corrections() if one.action == "follow"]:
            settle.undo(store, link.old, who="kari", at=project.moment())
        after = standing(store)
        assert project.unaccounted() == 0
        assert after.followed == 0
        assert len(after.waiting) >= followed
