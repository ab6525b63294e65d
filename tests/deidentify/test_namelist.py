"""The project's own list of names."""

import pytest

from kafe.deidentify.namelist import read_names
from kafe.records import KafeError


def test_the_name_list_has_comments_and_may_be_absent(tmp_path) -> None:
    path = tmp_path / "navneliste.txt"
    assert read_names(path) == ()
    path.write_text("# våre\nKari Nordmann  # leder\n\n!Stein\nKari Nordmann\n", encoding="utf-8-sig")
    assert read_names(path) == ("Kari Nordmann", "!Stein")
    path.write_bytes(b"K\xe5re")
    assert read_names(path) == ("Kåre",)
    path.write_bytes("Kåre".encode("mac_roman"))
    with pytest.raises(KafeError, match="UTF-8"):
        read_names(path)
