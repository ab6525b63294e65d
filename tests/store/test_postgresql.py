"""What only PostgreSQL does: addresses, rights, company, and what people are told when it fails."""

import builtins
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from kafe.records import KafeError, Note
from kafe.store.store import Store


@contextmanager
def refused(said: str, *never: str):
    with pytest.raises(KafeError, match=said) as caught:
        yield
    for secret in never:
        assert secret not in str(caught.value)
    assert caught.value.__cause__ is None


def test_an_address_without_a_driver_gets_the_one_kafe_uses(database):
    plain = make_url(database).set(drivername="postgresql").render_as_string(hide_password=False)
    with Store(plain) as store:
        store.put_notes([Note("n1", "s", "fritekst", "Bolig 🙂 æøå")], "2026-01-01")
        assert store.notes()[0].text == "Bolig 🙂 æøå"


def test_a_wrong_password_is_explained_and_none_is_shown(database):
    wrong = make_url(database).set(password="hemmelig").render_as_string(hide_password=False)
    with refused("slapp ikke brukeren inn.*PGPASSWORD", "hemmelig"):
        Store(wrong)


def test_a_database_that_is_not_there_is_explained(database):
    with refused("finnes ikke.*createdb", make_url(database).password):
        Store(make_url(database).set(database="finnesikke").render_as_string(hide_password=False))


def test_a_server_that_is_not_there_is_explained_also_where_the_password_stands_in_the_query():
    with refused("127.0.0.1/prove: Får ikke kontakt", "hemmelig"):
        Store("postgresql+psycopg://127.0.0.1:9/prove?user=kari&password=hemmelig")


def test_a_missing_driver_names_the_command_that_installs_it(monkeypatch):
    real = builtins.__import__

    def without(name, *more):
        if name.partition(".")[0] == "psycopg":
            raise ImportError(name)
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    with refused(r"pip install 'psycopg\[binary\]'", "hemmelig"):
        Store("postgresql://kari:hemmelig@127.0.0.1/prove")


def test_a_user_who_may_not_make_tables_is_told_whom_to_ask(database):
    engine = create_engine(database)
    with engine.begin() as connection:
        name = make_url(database).database
        connection.execute(text(f"create user gjest{name} password 'liten'"))
    engine.dispose()
    guest = make_url(database).set(username=f"gjest{name}", password="liten")
    with refused("ikke lov til å skrive.*GRANT", "liten"):
        Store(guest)


def test_a_schema_named_in_the_address_is_where_the_tables_go(corner):
    Store(corner).close()
    engine = create_engine(corner)
    with engine.connect() as connection:
        where = connection.scalars(
            text("select distinct table_schema from information_schema.tables where table_name = 'codings'")
        )
        assert where.all() == ["prove"]
    engine.dispose()


def test_a_database_that_cannot_hold_every_letter_is_refused(database):
    engine = create_engine(database, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("create database latin encoding 'LATIN1' locale 'C' template template0"))
        with refused("LATIN1"):
            Store(make_url(database).set(database="latin"))
        connection.execute(text("drop database latin"))
    engine.dispose()


def test_a_server_that_went_away_and_came_back_is_asked_again(database):
    with Store(database) as store:
        store.put_notes([Note("n1", "s", "fritekst", "Bolig")], "2026-01-01")
        engine = create_engine(database, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(
                text(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where datname = current_database() and pid <> pg_backend_pid()"
                )
            )
        engine.dispose()
        assert len(store.notes()) == 1


def test_a_writer_waits_its_turn_and_says_so_when_it_never_comes(database, monkeypatch):
    monkeypatch.setattr("kafe.store.database.WAIT_SECONDS", 1)
    with (
        Store(database) as first,
        Store(database) as second,
        first._database.writing(),
        refused("holdt lageret låst"),
    ):
        second.put_notes([], "2026-01-01")


def test_tables_of_other_programs_in_the_same_database_are_left_alone(database):
    engine = create_engine(database)
    with engine.begin() as connection:
        connection.execute(text("create table bilder (id text)"))
        connection.execute(text("insert into bilder values ('fjell')"))
    Store(database).close()
    with engine.connect() as connection:
        assert connection.scalar(text("select id from bilder")) == "fjell"
    engine.dispose()


def test_a_damaged_store_is_not_told_what_a_note_says(database):
    with Store(database) as store:
        store.put_notes([Note("n1", "s", "fritekst", "ring meg")], "2026-01-01")
        with store._database.writing() as connection:
            connection.execute(text("drop table note_versions"))
        with refused("PostgreSQL|feil", "ring meg"):
            store.notes()
