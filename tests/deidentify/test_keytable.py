"""The key: stable over runs, for its owner only, never overwritten when something is wrong."""

import json
import os
import stat

import pytest

from kafe.deidentify import keytable as module
from kafe.deidentify.keytable import KeyTable
from kafe.deidentify.run import deidentify
from kafe.ingest.records import RawNote
from kafe.records import KafeError


def section(key: KeyTable, **notes: str) -> dict[str, str]:
    raw = [RawNote(id, "s", "kafedialog", text) for id, text in notes.items()]
    return {note.id: note.text for note in deidentify(raw, nlp=None, key=key).notes}


def test_tags_stay_over_runs_and_new_notes(tmp_path) -> None:
    folder = tmp_path / "keys" / "prosjekt"
    key = KeyTable.load(folder)
    first = section(key, m="Kari Nordmann og Torbjørn, 412 34 567")
    key.save()
    key = KeyTable.load(folder)
    later = section(key, a="Aisha ringte Torbjørn", m="Kari Nordmann og Torbjørn, 412 34 567")
    assert later == {"a": "[PERSON-3] ringte [PERSON-2]", "m": first["m"]}


def test_a_name_the_key_knows_is_found_where_rules_alone_would_not(tmp_path) -> None:
    key = KeyTable.memory()
    section(key, a="Kari Xundal var her")
    assert section(key, b="se filen kari_xundal") == {"b": "se filen [PERSON-1]"}


def test_the_file_can_be_read_by_a_person_and_by_its_owner_only(tmp_path) -> None:
    folder = tmp_path / "keys"
    key = KeyTable.load(folder)
    section(key, a="Kåre Nordmann")
    key.save()
    path = folder / module.FILE
    rows = json.loads(path.read_text(encoding="utf-8"))["oppføringer"]
    assert rows == [
        {
            "tagg": "[PERSON-1]",
            "slag": "person",
            "original": "Kåre Nordmann",
            "form": "kåre nordmann",
            "sikker": True,
        }
    ]
    assert "Kåre" in path.read_text(encoding="utf-8")
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [p.name for p in folder.iterdir()] == [module.FILE]


def test_a_key_in_memory_is_not_written_and_an_unchanged_one_not_rewritten(tmp_path) -> None:
    KeyTable.memory().save()
    key = KeyTable.load(tmp_path / "k")
    section(key, a="Kari")
    key.save()
    before = (tmp_path / "k" / module.FILE).stat().st_mtime_ns
    KeyTable.load(tmp_path / "k").save()
    assert (tmp_path / "k" / module.FILE).stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b'{"versjon": 1}', b'{"versjon": 99, "oppf\xc3\xb8ringer": []}',
     '{"versjon": 1, "oppføringer": [{"tagg": "[PERSON-1]", "slag": "telefon", "original": "x", "form": "x"}]}'.encode(),
     '{"versjon": 1, "oppføringer": [3]}'.encode()],
)  # fmt: skip
def test_a_broken_key_is_an_error_and_stays_as_it_is(tmp_path, content: bytes) -> None:
    path = tmp_path / module.FILE
    path.write_bytes(content)
    with pytest.raises(KafeError) as error:
        KeyTable.load(tmp_path)
    assert module.FILE in str(error.value) and error.value.remedy
    assert path.read_bytes() == content


def test_one_tag_for_two_originals_is_an_error(tmp_path) -> None:
    row = {"tagg": "[PERSON-1]", "slag": "person", "original": "Hemmelig", "form": "a", "sikker": True}
    table = {"versjon": 1, "oppføringer": [row, {**row, "form": "b"}]}
    (tmp_path / module.FILE).write_text(json.dumps(table), encoding="utf-8")
    with pytest.raises(KafeError, match="oppføring 2") as error:
        KeyTable.load(tmp_path)
    assert "Hemmelig" not in str(error.value)


def test_a_key_changed_by_another_run_is_not_overwritten(tmp_path) -> None:
    one, two = KeyTable.load(tmp_path), KeyTable.load(tmp_path)
    section(one, a="Kari")
    section(two, a="Torbjørn")
    one.save()
    with pytest.raises(KafeError, match="annen kjøring"):
        two.save()
    assert section(KeyTable.load(tmp_path), a="Kari") == {"a": "[PERSON-1]"}


def test_a_failed_write_leaves_the_old_key(tmp_path, monkeypatch) -> None:
    key = KeyTable.load(tmp_path)
    section(key, a="Kari")
    key.save()
    before = (tmp_path / module.FILE).read_bytes()
    section(key, a="Torbjørn")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KafeError, match="No space"):
        key.save()
    assert (tmp_path / module.FILE).read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [module.FILE]


def test_a_key_inside_a_project_is_refused(tmp_path) -> None:
    (tmp_path / "kafe.toml").touch()
    with pytest.raises(KafeError, match="inne i et kafe-prosjekt"):
        KeyTable.load(tmp_path / "keys")


def test_its_repr_tells_nothing() -> None:
    key = KeyTable.memory()
    section(key, a="Kari Nordmann")
    assert "Kari" not in repr(key) and "Kari" not in repr(list(key))
