"""Exports and imports as use cases: what people wrote leaves and enters masked."""

from pathlib import Path

from kafe import exchange
from kafe.commands.exchange import apply_import, export, plan_import
from kafe.flow.project import Project
from kafe.records import Memo, Note
from kafe.store.store import open_store


def project(kit, root: Path, *memos: Memo) -> Project:
    found = Project(kit.bare(root))
    kit.write(found.paths.codebook, "koder:\n  - id: bolig\n    navn: Bolig\n    definisjon: Et sted å bo.\n")
    with open_store(found.paths, found.settings) as store:
        note = Note("n-1", "kafe-1", "kafedialog", "Mangler bolig")
        store.put_notes([note], at="2025-06-01T00:00:00")
        store.append_memos(memos)
    return found


def memos_in(of: Project) -> list[str]:
    with open_store(of.paths, of.settings) as store:
        return [memo.text for memo in store.memo_history()]


def test_a_memo_with_a_telephone_number_leaves_and_enters_masked(kit, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("KAFE_KEY_DIR", str(tmp_path / "nøkler"))
    memo = Memo("m1", "note:n-1", "Ring 91 23 45 67", "kari", "2025-06-10T08:30:00")
    here, there = project(kit, tmp_path / "her", memo), project(kit, tmp_path / "der")
    file = tmp_path / "u.qdpx"
    assert export(here, file).notes == 1
    (masked,) = memos_in(here)
    assert "91 23 45 67" not in masked

    with open_store(here.paths, here.settings) as store:
        store.append_memos([Memo("m2", "project", "Ring 91 23 45 68", "kari", "2025-06-11T08:30:00")])
    exchange.export(here.paths, here.settings, file)
    planned = plan_import(there, file)
    assert {one.text for one in planned.plan.memos} == {masked, "Ring 91 23 45 68"}
    assert apply_import(there, planned, who="per").masked == 1
    assert not any("91 23 45" in text for text in memos_in(there))
