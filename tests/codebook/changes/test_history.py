"""The codebook's file and the store: versions are recorded, and an operation is whole or not at all."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import spacy

from kafe.codebook.changes import history as module
from kafe.codebook.changes.history import carry_out, keep_history
from kafe.codebook.changes.operations import apply
from kafe.codebook.reader import load_codebook, parse_codebook
from kafe.codings.files import read_codings
from kafe.codings.sync import sync_codings
from kafe.flow.stages.topics import project_anchors
from kafe.origins import FROM_FILE
from kafe.records import Coding, KafeError, Note, Unit, text_hash
from kafe.store.store import Store
from kafe.suggestions.rules import suggest_by_rules

TEXT = "Har ikke bolig."
BOOK = "# topp\nkoder:\n  - id: bolig\n    navn: Bolig\n  - id: håp\n    navn: Håp\n"
AT = "2025-06-01T12:00:00+00:00"


@pytest.fixture
def path(tmp_path) -> Path:
    path = tmp_path / "kodebok.yaml"
    path.write_text(BOOK, encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path):
    with Store(f"sqlite:///{tmp_path / 'kafe.sqlite'}") as store:
        store.put_notes([Note("n1", "kafe", "kafedialog", TEXT)], at=AT)
        at = "2025-05-06T12:00:00"
        store.append_codings(
            [Coding("c1", "n1", 0, 15, TEXT, text_hash(TEXT), "bolig", "Kari", at, codebook_version="v")]
        )
        yield store


def renaming(path: Path, store: Store, old: str = "bolig", new: str = "hus"):
    recorded = keep_history(path, store, at=AT)
    arguments = {"old": old, "new": new}
    text = path.read_text(encoding="utf-8-sig")
    return apply(text, "rename", arguments, store.codings(), recorded.history, who="Kari", at=AT)


def codes(store: Store) -> list[str]:
    return [coding.code for coding in store.codings()]


def test_the_first_version_is_recorded_once_with_its_text(path, store):
    codebook, history = keep_history(path, store, at=AT)
    assert [(one.kind, one.before, one.after) for one in history] == [("add", "", codebook.version)]
    assert keep_history(path, store, at="2025-07-01").history == history == store.operations()
    assert store.codebook_text(codebook.version) == BOOK


def test_a_change_by_hand_is_recorded_with_what_changed(path, store):
    before = keep_history(path, store, at=AT).codebook
    path.write_text(BOOK.replace("navn: Håp", "navn: Håpet"), encoding="utf-8")
    operation = keep_history(path, store, at=AT).history[-1]
    assert (operation.kind, operation.before) == ("edit", before.version)
    assert json.loads(operation.detail)["changed"] == {"håp": {"name": ["Håp", "Håpet"]}}


def test_an_operation_changes_file_codings_and_history(path, store):
    change = renaming(path, store)
    carry_out(change, path, store)
    assert "id: hus" in path.read_text(encoding="utf-8")
    assert codes(store) == ["hus"]
    assert store.operations()[-1] == change.operation
    assert store.codebook_text(change.before.version) == BOOK
    assert keep_history(path, store, at=AT).history[-1] == change.operation
    assert sorted(one.name for one in path.parent.glob("*kodebok*")) == ["kodebok.yaml"]


@pytest.mark.parametrize("point", ["write_text", "append_operations", "append_codings", "replace_file"])
@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
def test_an_operation_cut_off_anywhere_is_completed_or_never_was(path, store, monkeypatch, point, late):
    change = renaming(path, store)

    def cut_off(owner, name):
        real = getattr(owner, name)

        def fail(*arguments, **options):
            if late:
                real(*arguments, **options)
            raise KeyboardInterrupt

        monkeypatch.setattr(owner, name, fail)

    cut_off(Store if point.startswith("append") else module, point)
    with pytest.raises(KeyboardInterrupt):
        carry_out(change, path, store)
    monkeypatch.undo()
    codebook, history = keep_history(path, store, at=AT)
    done = point != "write_text" and (point, late) != ("append_operations", False)
    assert ("hus" in codebook) == done
    assert codes(store) == ["hus" if done else "bolig"]
    assert (history[-1] == change.operation) == done
    assert not list(path.parent.glob("*.ny"))


def test_an_operation_cut_off_is_completed_on_a_file_edited_since(path, store, monkeypatch):
    change = renaming(path, store)
    monkeypatch.setattr(module, "replace_file", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        carry_out(change, path, store)
    monkeypatch.undo()
    path.write_text(BOOK + "  - id: ny\n    navn: Ny\n", encoding="utf-8")
    codebook, history = keep_history(path, store, at=AT)
    assert [code.id for code in codebook.codes] == ["hus", "håp", "ny"]
    assert [one.kind for one in history] == ["add", "rename", "add"]


def test_an_operation_that_no_longer_fits_says_what_to_do(path, store, monkeypatch):
    change = renaming(path, store)
    monkeypatch.setattr(module, "replace_file", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        carry_out(change, path, store)
    monkeypatch.undo()
    path.write_text(BOOK.replace("id: bolig", "id: hytte"), encoding="utf-8")
    with pytest.raises(KafeError, match="avbrutt") as caught:
        keep_history(path, store, at=AT)
    (pending,) = path.parent.glob(".*.ny")
    assert pending.name in caught.value.remedy
    pending.unlink()
    assert "hytte" in keep_history(path, store, at=AT).codebook


def test_a_row_taken_out_of_a_file_takes_away_the_coding_an_operation_made_of_it(path, store, tmp_path):
    folder = rows(tmp_path / "kodinger", "n1;;håp;Per;2025-05-06T12:00;\n")
    notes = {note.id: note for note in store.notes()}

    def take_in_files():
        codebook, history = keep_history(path, store, at=AT)
        read, _, _ = read_codings(folder, notes, codebook, history)
        sync_codings(store, [replace(coding, origin=FROM_FILE) for coding in read], at="2025-07-01T00:00:00")

    take_in_files()
    carry_out(renaming(path, store, "håp", "von"), path, store)
    take_in_files()
    assert sorted(codes(store)) == ["bolig", "von"]
    rows(folder, "")
    take_in_files()
    assert codes(store) == ["bolig"]


def test_a_retired_code_is_neither_suggested_nor_an_anchor():
    book = parse_codebook(
        "koder:\n  - {id: a, navn: A, mønstre: [bolig], status: utgått}\n  - {id: b, navn: B, mønstre: [bolig]}\n"
    )
    docs = {"n1": spacy.blank("nb")(TEXT)}
    assert [one.code for one in suggest_by_rules(docs, [Unit("n1", 0, len(TEXT), TEXT)], book)] == ["b"]
    assert [anchor.id for anchor in project_anchors(book, ())] == ["b"]


def test_a_file_changed_while_the_person_was_asked_is_not_overwritten(path, store):
    change = renaming(path, store)
    path.write_text(BOOK + "# viktig\n", encoding="utf-8")
    with pytest.raises(KafeError, match="endret mens"):
        carry_out(change, path, store)
    assert path.read_text(encoding="utf-8").endswith("# viktig\n")
    assert codes(store) == ["bolig"]


def test_line_ends_and_byte_order_mark_stay(path, store):
    path.write_bytes(BOOK.replace("\n", "\r\n").encode("utf-8-sig"))
    carry_out(renaming(path, store), path, store)
    assert path.read_bytes() == BOOK.replace("bolig", "hus").replace("\n", "\r\n").encode("utf-8-sig")


def rows(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "kari.csv").write_text("innspill;sitat;kode;koder;tidspunkt;memo\n" + text, encoding="utf-8")
    return folder


def test_rows_with_an_old_id_are_read_as_the_code_it_became(path, store, tmp_path):
    carry_out(renaming(path, store), path, store)
    folder = rows(tmp_path / "kodinger", "n1;;bolig;Kari;2025-05-06T12:00;\n")
    codebook, history = keep_history(path, store, at=AT)
    (coding,), _, problems = read_codings(
        folder, {note.id: note for note in store.notes()}, codebook, history
    )
    assert (coding.code, coding.codebook_version, problems) == ("hus", codebook.version, [])


def test_a_row_goes_to_the_part_of_a_split_code_that_its_coding_was_given(path, store, tmp_path):
    recorded = keep_history(path, store, at=AT)
    arguments = {"code": "bolig", "into": ["bolig", "hospits"], "assign": {"n1:0-15:Kari": "hospits"}}
    carry_out(apply(BOOK, "split", arguments, store.codings(), recorded.history, who="k", at=AT), path, store)
    folder = rows(
        tmp_path / "kodinger", "n1;;bolig;Kari;2025-05-06T12:00;\nn1;;bolig;Per;2025-05-06T12:00;\n"
    )
    codebook, history = keep_history(path, store, at=AT)
    found, _, _ = read_codings(folder, {note.id: note for note in store.notes()}, codebook, history)
    assert {(one.coder, one.code) for one in found} == {("Kari", "hospits"), ("Per", "bolig")}


def test_a_retired_code_warns_on_rows_younger_than_its_retirement_only(path, store, tmp_path):
    recorded = keep_history(path, store, at=AT)
    change = apply(
        BOOK, "retire", {"code": "bolig", "replaced_by": "håp"}, [], recorded.history, who="k", at=AT
    )
    carry_out(change, path, store)
    folder = rows(
        tmp_path / "kodinger", "n1;;bolig;Kari;2025-05-06T12:00;\nn1;;bolig;Per;2025-06-02T12:00;\n"
    )
    codebook, history = keep_history(path, store, at=AT)
    found, _, problems = read_codings(folder, {note.id: note for note in store.notes()}, codebook, history)
    assert len(found) == 2
    assert [(one.place, one.severity, "«håp»" in one.remedy) for one in problems] == [
        ("rad 3", "remark", True)
    ]
    assert load_codebook(path)["bolig"].status == "retired"
