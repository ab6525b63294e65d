import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres_server import Unavailable, private_server
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from kafe.store.store import Store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "coded" / "kafe.sqlite"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the tests' own; without PostgreSQL they are skipped, but in CI they fail."""
    try:
        with private_server(tmp_path_factory.mktemp("postgres"), durable=False) as address:
            yield address
    except Unavailable as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(str(reason))
        pytest.skip(str(reason))


def run(address: str, statement: str) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def database(postgres: str) -> Iterator[str]:
    """The address of an empty database of the test's own."""
    run(postgres, "create database prove")
    yield make_url(postgres).set(database="prove").render_as_string(hide_password=False)
    run(postgres, "drop database prove with (force)")


@pytest.fixture
def corner(postgres: str) -> Iterator[str]:
    """The address of an empty schema of the test's own: quicker to make than a database."""
    run(postgres, "create schema prove")
    whole = make_url(postgres).update_query_dict({"options": "-csearch_path=prove"})
    yield whole.render_as_string(hide_password=False)
    run(postgres, "drop schema prove cascade")


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """The address of an empty store, of either kind."""
    if request.param == "postgresql":
        return request.getfixturevalue("corner")
    return f"sqlite:///{request.getfixturevalue('file')}"


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with Store(address) as opened:
        yield opened
