"""Codes named in decisions, the pilot, topics and settings follow a renaming or merging, byte by byte."""

import csv
import io
import json
import tomllib
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kafe.codebook.changes import references as module
from kafe.codebook.changes.history import carry_out, keep_history
from kafe.codebook.changes.operations import apply
from kafe.codebook.changes.references import find_references, references, renamed, update_references
from kafe.codebook.changes.timeline import describe_operation
from kafe.records import KafeError
from kafe.store.store import Store

AT = "2025-06-01T12:00:00+00:00"
BOOK = "koder:\n  - {id: håp, navn: Håp}\n  - {id: bolig, navn: Bolig}\n  - {id: bolig-fast, navn: Fast}\n"
DECISIONS = (
    '\ufeffmål;sitat;beslutning;begrunnelse\r\n'
    'code:bolig;"Si ""bolig""; ja";valgt;code:bolig\r\n'
    "note:n1;;parkert;bolig\r\n"
    "\r\n"
    ' Kode: "bolig";;valgt;\r\n'
    "bolig-fast;;valgt;\r\n"
    '"code:bolig";;videre;"to\r\nlinjer"\r\n'
)  # fmt: skip
PILOT = """\
# bolig er viktig
elementer:
  - id: bolig   # ikke koden
    forslag:
      - id: a
        bygger_på: [bolig, "code:bolig", 'håp', note:bolig, bolig-fast] # bolig
      - id: b
        bygger_på:
          - bolig # her
          - bolig-fast
"""
TOPICS = "emner:\n  - {kode: bolig, navn: bolig}\nbeslutninger:\n  - {id: bolig, navn: bolig}\n"
SETTINGS = """\
[project]
id = "bolig" # ikke koden
title = "anchor_roots"
[topics]
anchor_roots = [ # «bolig»
  "håp", 'bolig', # "bolig"
]
embedding = "bolig"
"""
FILES = {"beslutninger.csv": DECISIONS, "pilot.yaml": PILOT, "temaer.yaml": TOPICS, "kafe.toml": SETTINGS}


@pytest.fixture
def codebook(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "coded"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / module.FILES[name]).write_bytes(text.encode("utf-8"))
    path = folder / "kodebok.yaml"
    path.write_text(BOOK, encoding="utf-8")
    return path


def contents(codebook: Path) -> dict[str, str]:
    return {name: (codebook.parent / module.FILES[name]).read_bytes().decode() for name in FILES}


def test_every_file_says_where_it_names_a_code(codebook: Path) -> None:
    found = find_references(codebook, {"bolig"})
    assert found.unreadable == []
    assert [str(one) for one in found.references] == [
        "beslutninger.csv, rad 2",
        "beslutninger.csv, rad 7",
        "pilot.yaml, linje 6, nøkkel «bygger_på»",
        "pilot.yaml, linje 6, nøkkel «bygger_på»",
        "pilot.yaml, linje 9, nøkkel «bygger_på»",
        "temaer.yaml, linje 2, nøkkel «kode»",
        "kafe.toml, linje 6, nøkkel «anchor_roots»",
    ]


def test_only_the_ids_change_and_every_other_byte_stays(codebook: Path) -> None:
    update_references(codebook, list(FILES), {"bolig": "et-hjem"})
    assert contents(codebook) == {
        "beslutninger.csv": DECISIONS.replace('\ncode:bolig;', '\ncode:et-hjem;').replace(
            '"code:bolig"', '"code:et-hjem"'
        ),
        "pilot.yaml": PILOT.replace('[bolig, "code:bolig"', '[et-hjem, "code:et-hjem"').replace(
            "- bolig # her", "- et-hjem # her"
        ),
        "temaer.yaml": TOPICS.replace("kode: bolig", "kode: et-hjem"),
        "kafe.toml": SETTINGS.replace("'bolig'", "'et-hjem'"),
    }  # fmt: skip
    assert list(codebook.parent.glob(".*")) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_encoding_and_separator_stay(codebook: Path, encoding: str, separator: str) -> None:
    path = codebook.parent / "beslutninger.csv"
    text = f"mål{separator}beslutning\ncode:håp{separator}valgt"
    path.write_bytes(text.encode(encoding))
    update_references(codebook, ["beslutninger.csv"], {"håp": "håp-nå"})
    assert path.read_bytes() == text.replace("håp", "håp-nå").encode(encoding)


CELLS = st.text(st.sampled_from('ab;,"\n\r :æ'), max_size=6) | st.sampled_from(["code:ab", "kode: ab", "ab"])


@given(st.lists(st.lists(CELLS, min_size=1, max_size=3), max_size=5), st.sampled_from([";", ",", "\t"]))
def test_a_table_reads_the_same_but_for_the_target_that_has_got_a_new_id(rows, delimiter) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([["mål", "annet", "mer"], *rows])
    text = stream.getvalue()
    try:
        new = renamed("beslutninger.csv", text, {"ab": "ny"})
    except module.UnreadableError:
        return
    again = list(csv.reader(io.StringIO(new, newline=""), delimiter=delimiter))
    before = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    assert [row[1:] for row in again] == [row[1:] for row in before]
    targets = [(old[:1], fresh[:1]) for old, fresh in zip(before, again, strict=True)]
    assert all(old == fresh or (old[0].strip().endswith("ab") and "ny" in fresh[0]) for old, fresh in targets)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("beslutninger.csv", 'mål;x\n"code:bolig;x\n'),
        ("beslutninger.csv", "target-ish;x\ncode:bolig;x\n"),
        ("pilot.yaml", "a: [bolig"),
        ("pilot.yaml", "bygger_på: {a: bolig}"),
        ("kafe.toml", "topics = {anchor_roots = ['bolig']}"),
        ("kafe.toml", "[topics]\nanchor_roots = [\n"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_left_alone(codebook: Path, name: str, text: str) -> None:
    path = codebook.parent / module.FILES[name]
    path.write_text(text, encoding="utf-8")
    assert find_references(codebook, {"bolig"}).unreadable == [name]
    update_references(codebook, [name], {"bolig": "hus"})
    assert path.read_text(encoding="utf-8") == text


def test_what_the_files_say_is_what_their_own_readers_find(codebook: Path) -> None:
    update_references(codebook, list(FILES), {"bolig": "hus", "håp": "mot"})
    said = contents(codebook)
    assert tomllib.loads(said["kafe.toml"])["topics"]["anchor_roots"] == ["mot", "hus"]
    proposals = yaml.safe_load(said["pilot.yaml"])["elementer"][0]["forslag"]
    assert proposals[0]["bygger_på"] == ["hus", "code:hus", "mot", "note:bolig", "bolig-fast"]
    assert references("temaer.yaml", said["temaer.yaml"])[0].code == "hus"


@pytest.fixture
def store(tmp_path: Path):
    with Store(f"sqlite:///{tmp_path / 'kafe.sqlite'}") as opened:
        yield opened


def change(codebook: Path, store: Store, kind: str, **arguments):
    recorded = keep_history(codebook, store, at=AT)
    named = find_references(codebook, module.codes_to_find(kind, arguments))
    places = module.places_to_update(kind, arguments, named)
    text = codebook.read_text(encoding="utf-8")
    given = arguments | ({"elsewhere": places} if places else {})
    return apply(text, kind, given, [], recorded.history, who="Kari", at=AT)


def test_the_history_says_which_places_followed(codebook: Path, store: Store) -> None:
    made = change(codebook, store, "rename", old="håp", new="mot")
    carry_out(made, codebook, store)
    assert "'mot'" in contents(codebook)["pilot.yaml"]
    assert describe_operation(store.operations()[-1]) == (
        "«håp» ble «mot»; fulgte med i kafe.toml (linje 6, nøkkel «anchor_roots»), "
        "pilot.yaml (linje 6, nøkkel «bygger_på»)"
    )


def test_an_undone_renaming_leaves_the_files_as_they_were(codebook: Path, store: Store) -> None:
    before = contents(codebook)
    carry_out(change(codebook, store, "rename", old="bolig", new="hus"), codebook, store)
    assert contents(codebook) != before
    carry_out(change(codebook, store, "rename", old="hus", new="bolig"), codebook, store)
    assert contents(codebook) == before


def test_merged_codes_are_named_as_what_they_became(codebook: Path, store: Store) -> None:
    carry_out(change(codebook, store, "merge", codes=["bolig", "bolig-fast"], into="hus"), codebook, store)
    rows = [row[:1] for row in csv.reader(io.StringIO(contents(codebook)["beslutninger.csv"]), delimiter=";")]
    assert rows[1] == ["code:hus"]
    assert rows[5] == ["hus"]


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [("split", {"code": "bolig", "into": ["bolig", "leie"]}), ("retire", {"code": "bolig"})],
)
def test_where_one_code_does_not_become_one_nothing_is_changed(codebook, store, kind, arguments) -> None:
    before = contents(codebook)
    made = change(codebook, store, kind, **arguments)
    assert "elsewhere" not in json.loads(made.operation.detail)
    carry_out(made, codebook, store)
    assert contents(codebook) == before


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_renaming_cut_off_between_the_files_is_completed(codebook, store, monkeypatch, after) -> None:
    made = change(codebook, store, "rename", old="bolig", new="hus")
    left = [after]

    def cut_off(path: Path, content: bytes) -> None:
        if left[0] == 0:
            raise RuntimeError("power")
        left[0] -= 1
        real(path, content)

    real = module.write_bytes
    monkeypatch.setattr(module, "write_bytes", cut_off)
    with pytest.raises(RuntimeError):
        carry_out(made, codebook, store)
    monkeypatch.undo()
    keep_history(codebook, store, at=AT)
    assert "bolig" in keep_history(codebook, store, at=AT).codebook["bolig-fast"].id
    assert find_references(codebook, {"bolig"}).references == []
    assert len(find_references(codebook, {"hus"}).references) == 7
    assert "id: hus" in codebook.read_text(encoding="utf-8")


def test_a_file_that_may_not_be_written_says_so_and_follows_later(codebook, store, monkeypatch) -> None:
    made = change(codebook, store, "rename", old="bolig", new="hus")

    def locked(path: Path, content: bytes) -> None:
        raise PermissionError

    monkeypatch.setattr(module, "write_bytes", locked)
    with pytest.raises(KafeError, match=r"beslutninger\.csv: Filen kan ikke skrives.*Lukk den"):
        carry_out(made, codebook, store)
    monkeypatch.undo()
    keep_history(codebook, store, at=AT)
    assert find_references(codebook, {"bolig"}).references == []
