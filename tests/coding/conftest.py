"""What the tests of this room share: the example project's codebook."""

from pathlib import Path

import pytest

from kafe.coding import load_codebook
from kafe.records import Codebook


@pytest.fixture(scope="session")
def example_codebook() -> Codebook:
    return load_codebook(Path(__file__).parents[2] / "data" / "coded" / "kodebok.yaml")
