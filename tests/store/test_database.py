"""Damage, missing rights, sudden death and company: what the store does then."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from kafe.records import KafeError, Note
from kafe.store.store import Store

WRITER = """
import sys
from kafe.records import Coding, Note, text_hash
from kafe.store import Store

address, coder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Store(address) as store:
    print("open", flush=True)
    sys.stdin.readline()
    for number in range(count):
        event = Coding(f"{coder}-{number}", "n1", 0, 4, "ring", text_hash("ring meg"), "k", coder, str(number))
        store.append_codings([event])
        print(number, flush=True)
"""


def url(file: Path) -> str:
    return f"sqlite:///{file}"


def a_note(note_id: str = "n1") -> Note:
    return Note(id=note_id, session="s", kind="fritekst", text="ring meg")


def writer(address: str, coder: str, count: int) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, address, coder, str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def filled(file: Path) -> Path:
    with Store(url(file)) as store:
        store.put_notes([a_note()], "2026-01-01")
    return file


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("acknowledged", [1, 7, 20])
def test_a_killed_writer_loses_nothing_it_was_told_is_stored(filled, acknowledged):
    with writer(url(filled), "anne", 100_000) as process:
        process.stdout.readline()
        process.stdin.write("go\n")
        process.stdin.flush()
        told = [process.stdout.readline().strip() for _ in range(acknowledged)]
        process.kill()
        told += process.stdout.read().split()
    with Store(url(filled)) as store:
        stored = [event.at for event in store.history()]
    assert stored[: len(told)] == told
    assert len(stored) - len(told) in (0, 1)


def test_two_coders_writing_at_once_both_succeed(address):
    with Store(address) as store:
        store.put_notes([a_note()], "2026-01-01")
    with writer(address, "anne", 20) as first, writer(address, "bo", 20) as second:
        for process in (first, second):
            assert process.stdout.readline() == "open\n"
        for process in (first, second):
            process.stdin.write("go\n")
            process.stdin.flush()
        assert (first.wait(timeout=60), second.wait(timeout=60)) == (0, 0)
        for process in (first, second):
            process.stdout.read()
    with Store(address) as store:
        assert len(store.codings()) == 2
        assert len(store.history()) == 40


def test_two_processes_may_make_the_same_store_at_once(address):
    with writer(address, "anne", 0) as first, writer(address, "bo", 0) as second:
        for process in (first, second):
            assert process.stdout.readline() == "open\n"
            process.communicate("go\n", timeout=60)
        assert (first.returncode, second.returncode) == (0, 0)


def test_sqlite_runs_in_the_safe_modes(filled):
    with Store(url(filled)) as store, store._database.reading() as connection:
        modes = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert modes == ["delete", 2, 1]


@pytest.mark.parametrize("damage", ["text", "page", "cut"])
def test_a_damaged_file_is_named_and_left_as_it_is(filled, damage):
    content = bytearray(filled.read_bytes())
    if damage == "text":
        content = bytearray("dette er ikke en database\n" * 200, "utf-8")
    elif damage == "page":
        content[4096:12288] = b"\xa5" * 8192
    else:
        del content[len(content) // 2 :]
    filled.write_bytes(content)
    with pytest.raises(KafeError, match=r"kafe\.sqlite: Lageret er skadet.*sikkerhetskopi"):
        Store(url(filled))
    assert filled.read_bytes() == bytes(content)


def test_a_large_file_is_opened_without_reading_all_of_it_but_checked_before_notes_are_put(
    filled, monkeypatch
):
    monkeypatch.setattr("kafe.store.database.CHECKED_WHOLE", 0)
    content = bytearray(filled.read_bytes())
    place = content.index(b"ring meg")
    page = place // 4096 * 4096
    content[page : page + 8] = b"\xa5" * 8
    filled.write_bytes(content)
    with Store(url(filled)) as store, pytest.raises(KafeError, match="Lageret er skadet"):
        store.put_notes([a_note("n2")], "2026-01-02")
    filled.write_bytes(content[: len(content) - 4096])
    with pytest.raises(KafeError, match="Lageret er skadet"):
        Store(url(filled))


def test_another_programs_database_is_left_as_it_is(tmp_path):
    file = tmp_path / "bilder.db"
    connection = sqlite3.connect(file)
    connection.execute("create table bilder (id)")
    connection.commit()
    connection.close()
    before = file.read_bytes()
    with pytest.raises(KafeError, match="et annet program"):
        Store(url(file))
    assert file.read_bytes() == before


def test_a_store_from_a_newer_kafe_is_refused(filled):
    connection = sqlite3.connect(filled)
    connection.execute("update kafe_schema set version = 99")
    connection.commit()
    connection.close()
    with pytest.raises(KafeError, match=r"skjema 99, denne forstår 5.*Oppdater kafe"):
        Store(url(filled))


def test_a_file_that_may_only_be_read_can_be_read_and_says_so_when_written(filled):
    with Store(f"sqlite:///file:{filled}?mode=ro&uri=true") as store:
        assert store.notes() == [a_note()]
        with pytest.raises(KafeError, match=r"ikke skrives til.*skriverettighet"):
            store.put_notes([a_note("n2")], "2026-01-02")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX rights")
def test_a_folder_without_write_access_gives_a_message_that_says_what_to_do():
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        with pytest.raises(KafeError, match=r"kafe\.sqlite: Får ikke åpnet lageret.*tilgang"):
            Store(url(folder / "kafe.sqlite"))
        with pytest.raises(KafeError, match=r"kafe\.sqlite: Får ikke åpnet lageret.*tilgang"):
            Store(url(folder / "coded" / "kafe.sqlite"))
    finally:
        os.seteuid(me)
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ikke en adresse", "ikke gyldig"),
        ("oracle+finnesikke://bruker:hemmelig@vert/db", "oracle\\+finnesikke"),
    ],
)
def test_an_address_that_cannot_be_used_is_explained_without_its_password(address, said):
    with pytest.raises(KafeError, match=said) as caught:
        Store(address)
    assert "hemmelig" not in str(caught.value)


def test_database_errors_never_carry_what_a_note_says(filled, monkeypatch):
    connection = sqlite3.connect(filled)
    connection.execute("drop table note_versions")
    connection.commit()
    connection.close()
    with Store(url(filled)) as store, pytest.raises(KafeError) as caught:
        store.put_notes([a_note("n2")], "2026-01-02")
    assert "ring meg" not in str(caught.value)
    assert caught.value.__cause__ is None
