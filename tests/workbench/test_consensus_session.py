"""Consensus in the workbench: side by side, differences first, settled by events that can be undone."""

from itertools import count
from pathlib import Path

import pytest

from kafe.codings.reading_order import in_reading_order
from kafe.origins import CONSENSUS_CODER
from kafe.records import Code, Codebook, Coding, Note, text_hash
from kafe.store.store import Store
from kafe.workbench.coding_session import CodingSession
from kafe.workbench.consensus_session import ConsensusSession
from kafe.workbench.material import CodingMaterial

TEXT = "🙂 Bolig først. Noen å ringe til på kveldstid."
HOME, CALL, EVENING = TEXT.index("Bolig"), TEXT.index("Noen"), TEXT.index("på kvelds")
CODES = (Code("bolig", "Bolig"), Code("kontakt", "Kontakt"), Code("helse", "Helse"))
ORIGINALS = [
    ("k1", "kari", "bolig", HOME, HOME + 5),
    ("o1", "ola", "bolig", HOME, HOME + 5),
    ("k2", "kari", "kontakt", CALL, CALL + 14),
    ("o2", "ola", "kontakt", CALL, len(TEXT)),
    ("o3", "ola", "helse", EVENING, len(TEXT) - 1),
]


@pytest.fixture
def store(tmp_path: Path):
    """Kari and Ola have finished n1; n2 only Kari; n3 both and Per."""
    with Store(f"sqlite:///{tmp_path / 'kafe.sqlite'}") as opened:
        notes = [
            Note(f"n{n}", "s1", "fritekst", TEXT, source_file="a", source_place=f"rad {n}") for n in (1, 2, 3)
        ]
        opened.put_notes(notes, at="2025-01-01")
        opened.append_codings(put(*one) for one in ORIGINALS)
        opened.append_codings([put("k9", "kari", "bolig", 2, 7, "n2"), put("p1", "per", "helse", 2, 7, "n3")])
        for coder, note_id in [("kari", "n1"), ("ola", "n1"), ("kari", "n2"), *((c, "n3") for c in PEOPLE)]:
            opened.append_finished(coder, note_id, "2025-01-03")
        yield opened


PEOPLE = ("kari", "ola", "per")


def put(identity: str, coder: str, code: str, start: int, end: int, note_id: str = "n1") -> Coding:
    return Coding(
        identity, note_id, start, end, TEXT[start:end], text_hash(TEXT), code, coder, "2025-01-02T00:00:00"
    )


class Table:
    """A talk with ids given, as the browser gives them."""

    clock = count()

    def __init__(self, store: Store, coder: str = ""):
        material = CodingMaterial(in_reading_order(store.notes()), Codebook(CODES, "v1"))
        now = lambda: f"2025-06-01T12:{next(self.clock):05}"  # noqa: E731
        self.session = ConsensusSession(store, material, now=now, coder=coder)
        self.material, self.now = material, now

    def __call__(self, do: str, **more):
        return self.session.handle({"id": f"t{next(self.clock)}", "do": do, **more})

    def row(self, code: str, note_id: str = "n1"):
        (note,) = self("notes", ids=[note_id])["notes"]
        return next(row for row in note["rows"] if row["code"] == code)

    def settle(self, code: str, outcome: str, **more):
        return self("settle", note="n1", row=self.row(code)["id"], outcome=outcome, **more)


@pytest.fixture
def table(store):
    return Table(store)


def agreed(store):
    return {(one.code, one.start, one.end) for one in store.codings(coders=[CONSENSUS_CODER])}


def test_only_notes_that_two_have_finished_are_opened_and_differences_come_first(table):
    opened = table("open")
    assert opened["people"] == ["kari", "ola", "per"]
    assert opened["progress"] == {"total": 3, "finished": 0}
    found = table("find", query={"status": "all"})["ids"]
    assert [note_id for note_id, _ in found] == ["n1", "n1", "n1", "n3"]
    (note,) = table("notes", ids=["n1"])["notes"]
    assert note["people"] == ["kari", "ola"]
    assert [(row["code"], row["kind"]) for row in note["rows"]] == [
        ("helse", "only"),
        ("kontakt", "overlap"),
        ("bolig", "agree"),
    ]
    assert not table("notes", ids=["n2"])["ok"]
    assert table.row("helse", "n3")["kind"] == "only"


@pytest.mark.parametrize(
    ("outcome", "more", "spans"),
    [
        ("agree", {}, [(CALL, len(TEXT))]),
        ("agree", {"start": CALL, "end": CALL + 4}, [(CALL, CALL + 4)]),
        ("keep", {}, [(CALL, CALL + 14), (CALL, len(TEXT))]),
        ("drop", {}, []),
    ],
)
def test_what_is_agreed_is_a_coding_of_its_own_with_both_origins(table, store, outcome, more, spans):
    before = store.codings(coders=PEOPLE)
    answer = table.settle("kontakt", outcome, **more)
    assert answer["ok"], answer
    assert answer["progress"]["finished"] == 1
    assert agreed(store) == {("kontakt", *span) for span in spans}
    events = store.history(coders=[CONSENSUS_CODER])
    assert {event.origin for event in events} == {"consensus:k2+o2"}
    assert events[0].memo == "kari, ola"
    assert store.codings(coders=PEOPLE) == before
    assert table.row("kontakt")["settled"] == outcome
    assert Table(store).row("kontakt")["settled"] == outcome


def test_settling_again_replaces_and_undo_goes_back_through_every_step(table, store):
    steps = [("keep", {}), ("drop", {}), ("agree", {"start": CALL, "end": CALL + 4}), ("agree", {})]

    def state():
        return agreed(store), table.row("kontakt")["settled"], table("open")["progress"]

    seen = [state()]
    for outcome, more in steps:
        assert table.settle("kontakt", outcome, **more)["ok"]
        seen.append(state())
    for before in reversed(seen[:-1]):
        assert table("undo")["ok"]
        assert state() == before
        assert Table(store).row("kontakt")["settled"] == before[1]
    for after in seen[1:]:
        assert table("redo")["ok"]
        assert state() == after
    assert table("redo")["said"] == "Det er ingenting å gjøre om igjen"


def test_a_row_for_discussion_stays_open_with_its_memo(table, store):
    row = table.row("helse")
    assert table("discuss", note="n1", row=row["id"], text=" Hva er helse? ")["ok"]
    assert table.row("helse")["memo"] == "Hva er helse?"
    assert Table(store).row("helse")["memo"] == "Hva er helse?"
    assert table("find", query={"status": "discuss"})["ids"] == [["n1", row["id"]]]
    assert table("open")["to_discuss"] == 1
    assert [memo.target for memo in store.memos()] == ["coding:o3"]
    table("undo")
    assert table.row("helse")["memo"] == ""
    assert store.memos() == []


def test_rows_are_chosen_by_code_and_by_what_is_left(table):
    assert len(table("find")["ids"]) == 3
    assert len(table("find", query={"code": "helse"})["ids"]) == 2
    table.settle("helse", "drop")
    assert len(table("find")["ids"]) == 2
    assert len(table("find", query={"status": "settled"})["ids"]) == 1
    assert len(table("find", query={"status": "agree"})["ids"]) == 1
    assert table("open")["left"] == {"kontakt": 1, "helse": 1}
    assert not table("find", query={"status": "tull"})["ok"]


@pytest.mark.parametrize(
    "change", [{"row": "nei"}, {"outcome": "begge"}, {"start": -1, "end": 3}, {"start": 3, "end": 3}]
)
def test_what_cannot_be_settled_is_answered_and_nothing_is_stored(table, store, change):
    command = {"note": "n1", "row": table.row("helse")["id"], "outcome": "agree"} | change
    assert not table("settle", **command)["ok"]
    assert store.history(coders=[CONSENSUS_CODER]) == []


def test_the_sessions_where_people_code_stay_blind(table, store):
    table.settle("helse", "agree")
    table("discuss", note="n1", row=table.row("kontakt")["id"], text="Snakk om dette")
    kari = CodingSession(store, table.material, now=table.now, coder="kari")
    (note,) = kari.handle({"id": "k", "do": "notes", "ids": ["n1"]})["notes"]
    assert [coding["code"] for coding in note["codings"]] == ["bolig", "kontakt"]
    assert note["memo"] == ""
    assert "settle" not in kari._commands


def test_one_may_write_for_the_others(store):
    table = Table(store, coder="kari")
    table.settle("helse", "drop")
    assert [event.memo for event in store.history(coders=[CONSENSUS_CODER])] == ["kari"]
    assert Table(store, coder="konsensus").session.coder == "kari, ola, per"


def test_without_two_who_have_finished_a_note_there_is_nothing_to_settle(tmp_path):
    with Store(f"sqlite:///{tmp_path / 'tom.sqlite'}") as empty:
        empty.put_notes([Note("n1", "s1", "fritekst", TEXT)], at="2025-01-01")
        empty.append_finished("kari", "n1", "2025-01-02")
        table = Table(empty)
        assert table("open")["people"] == []
        assert table("find")["ids"] == []
