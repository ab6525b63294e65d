"""The one writer: whole files or nothing, with the permissions, mark and line ends that were there."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafe.files import atomic_write, decode, write_bytes, write_text

posix = pytest.mark.skipif(os.name != "posix", reason="permissions as on Unix")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_and_its_folder_are_made(tmp_path):
    write_text(tmp_path / "a" / "b" / "fil.txt", "Åse\n")
    assert (tmp_path / "a" / "b" / "fil.txt").read_bytes() == "Åse\n".encode()
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["fil.txt"]


@posix
def test_a_new_file_is_for_all_and_an_old_one_keeps_its_permissions(tmp_path):
    path = tmp_path / "fil.txt"
    write_bytes(path, b"1")
    assert mode(path) == 0o644
    path.chmod(0o640)
    write_bytes(path, b"2")
    assert mode(path) == 0o640
    write_bytes(path, b"3", mode=0o600)
    assert mode(path) == 0o600


@posix
def test_what_only_its_owner_may_read_is_never_open_to_others_while_it_is_written(tmp_path):
    with atomic_write(tmp_path / "fil.txt", mode=0o600) as stream:
        stream.write(b"hemmelig")
        (beside,) = tmp_path.iterdir()
        assert mode(beside) == 0o600
    assert mode(tmp_path / "fil.txt") == 0o600


def test_an_error_while_writing_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    path = tmp_path / "fil.txt"
    path.write_bytes(b"gammel")
    with pytest.raises(RuntimeError), atomic_write(path) as stream:
        stream.write(b"ny")
        raise RuntimeError
    assert path.read_bytes() == b"gammel"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
def test_a_crash_between_write_and_replace_leaves_the_old_file(tmp_path, step):
    path = tmp_path / "fil.txt"
    path.write_bytes(b"gammel")
    crash = (
        "import os, pathlib, sys\n"
        "die = lambda *a, **k: os._exit(9)\n"
        f"setattr(os if {step!r} == 'fsync' else pathlib.Path, {step!r}, die)\n"
        "from kafe.files import write_bytes\n"
        "write_bytes(pathlib.Path(sys.argv[1]), b'ny')\n"
    )
    died = subprocess.run([sys.executable, "-c", crash, str(path)], check=False)
    assert died.returncode == 9
    assert path.read_bytes() == b"gammel"
    write_bytes(path, b"ny")
    assert path.read_bytes() == b"ny"


def test_content_is_on_disk_before_it_takes_the_place_and_the_folder_after(tmp_path, monkeypatch):
    steps = []
    flushed, replaced = os.fsync, Path.replace
    monkeypatch.setattr(
        os, "fsync", lambda handle: (steps.append(stat.S_ISDIR(os.fstat(handle).st_mode)), flushed(handle))
    )
    monkeypatch.setattr(Path, "replace", lambda *paths: (steps.append("replace"), replaced(*paths)))
    write_bytes(tmp_path / "fil.txt", b"ny")
    assert steps == [False, "replace", *[True] * (os.name == "posix")]


LINES = st.lists(st.text(st.sampled_from("abcæøåÆ –é"), min_size=1), min_size=1).map(
    lambda lines: ["Innspill", *lines]
)


@given(
    old=LINES,
    new=LINES,
    ends=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]),
)
def test_a_rewritten_file_keeps_its_encoding_mark_and_line_ends(tmp_path_factory, old, new, ends, encoding):
    path = tmp_path_factory.mktemp("fil") / "fil.txt"
    path.write_bytes("".join(line + ends for line in ["Æ", *old]).encode(encoding))
    write_text(path, "".join(line + "\n" for line in new), like=path)
    assert path.read_bytes() == "".join(line + ends for line in new).encode(encoding)


def test_a_file_that_is_not_there_is_like_no_other(tmp_path):
    write_text(tmp_path / "fil.txt", "å\n", like=tmp_path / "fil.txt")
    assert decode((tmp_path / "fil.txt").read_bytes()) == "å\n"
