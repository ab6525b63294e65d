"""What is remembered of a file that has not changed, and what is not."""

import os
from pathlib import Path

import pytest

from kafe.flow import fingerprints
from kafe.flow.fingerprints import KnownHashes, file_hash


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A file that was changed long ago, in a project whose hashes are kept."""
    file = tmp_path / ".kafe/results/notes/notes.json"
    file.parent.mkdir(parents=True)
    file.write_text("[1]", encoding="utf-8")
    os.utime(file, ns=(1, 1))
    return file


def hashes(file: Path) -> KnownHashes:
    return KnownHashes(file.parents[2] / "hashes.json")


def test_an_unchanged_file_is_read_once(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = hashes(kept)
    assert first(kept) == file_hash(kept)
    first.keep()
    monkeypatch.setattr(fingerprints, "file_hash", lambda path: pytest.fail("read again"))
    assert hashes(kept)(kept) == first(kept)


@pytest.mark.parametrize(("text", "time"), [("[12]", 1), ("[2]", 2)], ids=["size", "time"])
def test_another_size_or_time_means_another_hash(kept: Path, text: str, time: int) -> None:
    known = hashes(kept)
    known(kept)
    kept.write_text(text, encoding="utf-8")
    os.utime(kept, ns=(time, time))
    assert known(kept) == file_hash(kept)


def test_a_file_changed_just_now_is_not_relied_on(kept: Path) -> None:
    known = hashes(kept)
    kept.write_text("[3]", encoding="utf-8")
    before = kept.stat()
    known(kept)
    kept.write_text("[4]", encoding="utf-8")
    os.utime(kept, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert known(kept) == file_hash(kept)


def test_a_file_that_is_not_there_has_no_hash_and_a_damaged_record_is_none(kept: Path) -> None:
    (kept.parents[2] / "hashes.json").write_text("{", encoding="utf-8")
    assert hashes(kept)(kept) == file_hash(kept)
    kept.unlink()
    assert hashes(kept)(kept) == ""
