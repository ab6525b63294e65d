"""A coder is shown what that coder has in the store, and nothing of anybody else's."""

from coder_at_work import TEXT, Bench


def test_coding_is_blind(bench, store):
    bench.code("bolig")
    bench("memo", note="n1", about="note", target="n1", text="Hemmelig")
    bench("finish", note="n1")
    other = Bench(store, "ola")
    shown = other.note()
    assert (shown["codings"], shown["memo"], shown["finished"]) == ([], "", False)
    assert other("open")["progress"]["finished"] == 0


def test_what_another_window_has_stored_is_shown_and_can_be_removed(bench, store):
    shown = Bench(store).code("bolig")["note"]["codings"][0]
    assert [one["id"] for one in bench.note()["codings"]] == [shown["id"]]
    bench("uncode", note="n1", coding=shown["id"])
    assert bench.note()["codings"] == []


def test_everything_is_found_again_by_a_new_session(bench, store):
    bench.code("bolig", "ærlig")
    bench("memo", note="n1", about="note", target="n1", text="Husk")
    bench("memo", note="n1", about="code", target="bolig", text="Snever?")
    bench("finish", note="n1")
    again = Bench(store)
    opened, shown = again("open") | again("tally"), again.note()
    assert (opened["progress"], opened["recent"], opened["memos"]) == (
        {"total": 3, "finished": 1},
        ["bolig"],
        {"bolig": "Snever?"},
    )
    assert (shown["memo"], shown["finished"], len(shown["codings"])) == ("Husk", True, 1)
    assert again("find")["first_unfinished"] == 1


def test_number_keys_stay_on_their_codes_until_there_are_more_than_nine(bench):
    for n in (0, 1, 0, *range(9)):
        recent = bench.code(f"kode-{n}", TEXT[: 5 + n])["recent"]
    assert recent == [f"kode-{n}" for n in range(9)]
    bench.code("kode-0", "ærlig")
    assert bench.code("kode-9")["recent"] == ["kode-0", "kode-9", *(f"kode-{n}" for n in range(2, 9))]


def test_nothing_is_stored_before_the_coder_has_a_name(store):
    bench = Bench(store, coder="")
    assert bench("open")["coder"] == ""
    assert not bench.code("bolig")["ok"]
    assert bench("coder", name=" Kari  Nordmann ")["coder"] == "Kari Nordmann"
    assert bench.code("bolig")["ok"]
    assert [coding.coder for coding in store.codings()] == ["Kari Nordmann"]
