"""A store with three notes, and a coder's session on it."""

from pathlib import Path

import pytest
from coder_at_work import OTHER, TEXT, Bench, note

from kafe.store.store import Store


@pytest.fixture
def store(tmp_path: Path):
    with Store(f"sqlite:///{tmp_path / 'kafe.sqlite'}") as opened:
        notes = [note("n1", TEXT, group="bruker"), note("n2", OTHER), note("n3", "Tredje", session="s2")]
        opened.put_notes(notes, at="2025-01-01T00:00:00")
        yield opened


@pytest.fixture
def bench(store):
    return Bench(store)
