"""Undo reaches back through earlier sessions, and leaves alone what others did."""

from dataclasses import replace

from coder_at_work import TEXT, Bench, standing

ACTS = [
    {"do": "memo", "note": "n1", "about": "note", "target": "n1", "text": "Husk 🙂"},
    {"do": "accept", "note": "n1", "start": 0, "end": TEXT.index("Mangler") - 1, "code": "samarbeid"},
    {"do": "refuse", "note": "n1", "start": TEXT.index("Mangler"), "end": len(TEXT), "code": "bolig"},
    {"do": "memo", "note": "n1", "about": "code", "target": "bolig", "text": "Snever?"},
    {"do": "finish", "note": "n1"},
    {"do": "finish", "note": "n2"},
    {"do": "unfinish", "note": "n1"},
]


def test_undo_reaches_back_through_earlier_sessions_and_over_what_was_undone_there(store):
    def state(session):
        shown = [session.note(one) for one in ("n1", "n2")]
        codings = [[{**one, "id": ""} for one in note["codings"]] for note in shown]
        return shown[0] | shown[1] | {"codings": codings}, session("open")["memos"]

    seen, said = [], []
    for act in ({"do": "open"}, *ACTS):
        bench = Bench(store)
        said.append(bench(**act).get("said"))
        seen.append(state(bench))
        bench.code("kode-1", note_id="n2", quote="heilt")
        bench("undo")
        bench("redo")
        bench("undo")
    bench = Bench(store)
    assert bench("open")["undo"]
    for before, what in zip(reversed(seen[:-1]), reversed(said), strict=False):
        answer = bench("undo")
        assert answer["said"] == f"Angret: {what}"
        assert state(bench) == before
    assert bench("undo")["said"] == "Det er ingenting å angre"
    assert bench("open")["undo"] == ""
    for after in seen[1:]:
        assert bench("redo")["ok"]
        assert state(bench) == after


def test_undo_in_a_new_session_leaves_alone_what_files_and_operations_did(store):
    first = Bench(store)
    first.code("bolig")
    (mine,) = store.codings()
    moved = [
        replace(mine, id="o1", action="remove", origin="operation:1", at="2025-07-01"),
        replace(mine, id="o2", code="kode-1", origin="operation:1", at="2025-07-01"),
    ]
    store.append_codings(moved)
    bench = Bench(store)
    bench("undo")
    assert bench("undo")["said"] == "Det er ingenting å angre"
    assert standing(store) == {("kode-1", TEXT)}


def test_what_another_coder_did_is_never_undone(bench, store):
    Bench(store, "ola").code("bolig")
    Bench(store, "ola")("finish", note="n1")
    assert bench("undo")["said"] == "Det er ingenting å angre"
    assert standing(store, "ola") == {("bolig", TEXT)}
