from pathlib import Path

import pytest

from kafe.store import Store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "coded" / "kafe.sqlite"


@pytest.fixture
def store(file: Path):
    with Store(f"sqlite:///{file}") as opened:
        yield opened
