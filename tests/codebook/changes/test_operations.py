"""Changes of the codebook: the file keeps its layout, the tree is what was meant, and no coding is lost."""

import json
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kafe.codebook.changes.operations import apply, difference, edit_operation
from kafe.codebook.changes.recode import place_of
from kafe.codebook.reader import parse_codebook
from kafe.records import Coding, KafeError, text_hash

BOOK = """\
# Kodebok for prøven
tittel: Prøvebok   # tittelen

koder:
  # -- rød --
  - id: rød
    navn: Rød
    definisjon: Overskrift.
    kodbar: false
    farge: "#B03A2E"
    koder:
      # om bolig
      - id: bolig
        # inni bolig
        navn: Bolig
        definisjon: >
          Mangler bolig, eller er
          i ferd med å miste den.
        ikke_ta_med:
          - økonomi (se «penger»)
        eksempler: [Har ikke bolig., "Sover ute: ofte"]
        mønstre:
          - bolig|bustad   # begge målformer
        # slutt på bolig
      - id: penger
        navn: Penger
        definisjon: Har lite penger.
        eksempler:
          - Tomt på konto.

  # -- resten --
  - {id: håp, navn: Håp, definisjon: Håp om bedring.}
  -
    id: mening
    navn: Mening
    definisjon: 'Noe som betyr noe.'
"""
WHO = {"who": "Kari", "at": "2025-06-01T12:00:00+00:00"}
TEXT = "Har ikke bolig og lite penger."


def coding(code: str, coder: str = "kari", note: str = "n1", start: int = 0, memo: str = "") -> Coding:
    quote = TEXT[start:9]
    identity = f"{note}{code}{coder}{start}"
    at = "2025-05-06T12:00:00"
    return Coding(identity, note, start, 9, quote, text_hash(TEXT), code, coder, at, "add", memo, "fil", "v0")


def comments(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip().startswith("#")]


def after(events, standing):
    """Return the codings that stand after the events, as (note, start, coder, code)."""
    left = {(one.note_id, one.start, one.coder, one.code) for one in standing}
    for event in events:
        key = (event.note_id, event.start, event.coder, event.code)
        (left.add if event.action == "add" else left.discard)(key)
    return left


def tree(codebook):
    return {code.id: code.parent for code in codebook.codes}


def test_a_renaming_touches_the_id_and_the_references_and_nothing_else():
    change = apply(BOOK, "rename", {"old": "penger", "new": "økonomi"}, [coding("penger")], **WHO)
    changed = [
        pair for pair in zip(BOOK.split("\n"), change.text.split("\n"), strict=False) if pair[0] != pair[1]
    ]
    assert ("      - id: penger", "      - id: økonomi") in changed
    assert ("          - økonomi (se «penger»)", "          - økonomi (se «økonomi»)") in changed
    assert comments(change.text) == comments(BOOK)
    assert tree(change.codebook)["økonomi"] == "rød"


def test_codings_follow_a_renaming_as_events_by_the_same_coder_on_the_same_span():
    (old,) = standing = [coding("penger", memo="uklart")]
    change = apply(BOOK, "rename", {"old": "penger", "new": "økonomi"}, standing, **WHO)
    gone, new = change.events
    assert (gone.action, gone.code, gone.at) == ("remove", "penger", WHO["at"])
    assert (new.action, new.code, new.coder, new.start, new.end) == ("add", "økonomi", "kari", 0, 9)
    assert (new.at, new.memo) == (old.at, "uklart")
    assert new.origin == f"operation:{change.operation.id} fil"
    assert new.codebook_version == change.codebook.version != change.before.version


def test_the_operation_says_who_when_from_and_to():
    operation = apply(BOOK, "move", {"code": "håp", "under": "rød"}, **WHO).operation
    assert (operation.kind, operation.who, operation.at) == ("move", "Kari", WHO["at"])
    assert json.loads(operation.detail) == {"code": "håp", "under": "rød"}
    assert operation.before == parse_codebook(BOOK).version != operation.after


@pytest.mark.parametrize(
    ("code", "under"),
    [("bolig", ""), ("bolig", "mening"), ("rød", "håp"), ("håp", "bolig"), ("mening", "rød")],
)
def test_a_move_takes_the_code_its_comments_and_all_below_it(code, under):
    change = apply(BOOK, "move", {"code": code, "under": under}, [coding(code)], **WHO)
    assert tree(change.codebook) == tree(change.before) | {code: under}
    assert sorted(comments(change.text)) == sorted(comments(BOOK))
    assert change.events == ()


def test_moving_back_gives_the_tree_that_was():
    there = apply(BOOK, "move", {"code": "bolig", "under": "håp"}, **WHO)
    back = apply(there.text, "move", {"code": "bolig", "under": "rød"}, **WHO)
    fields = {one.id: replace(one, colour="") for one in back.codebook.codes}
    assert fields == {one.id: replace(one, colour="") for one in there.before.codes}


def test_renaming_back_gives_the_same_version_and_the_codings_their_code():
    standing = [coding("bolig"), coding("penger", "per")]
    there = apply(BOOK, "rename", {"old": "bolig", "new": "hus"}, standing, **WHO)
    now = [*(one for one in standing if one.code != "bolig"), *(e for e in there.events if e.action == "add")]
    arguments = {"old": "hus", "new": "bolig"}
    back = apply(there.text, "rename", arguments, now, [there.operation], who="Per", at="2025-06-02T00:00:00")
    assert back.codebook.version == there.before.version
    assert after(back.events, now) == after([], standing)


def test_a_merging_unites_lists_and_keeps_the_definition_of_the_target():
    change = apply(BOOK, "merge", {"codes": ["penger", "håp"], "into": "bolig"}, **WHO)
    merged = change.codebook["bolig"]
    assert merged.examples == ("Har ikke bolig.", "Sover ute: ofte", "Tomt på konto.")
    assert merged.definition == change.before["bolig"].definition
    assert set(tree(change.codebook)) == {"rød", "bolig", "mening"}
    assert comments(change.text) == comments(BOOK)


def test_a_merging_into_a_new_code_takes_the_place_of_the_first():
    arguments = {"codes": ["penger", "bolig"], "into": "levekår", "name": "Levekår"}
    change = apply(BOOK, "merge", arguments, [coding("penger"), coding("bolig", start=4)], **WHO)
    assert (change.codebook["levekår"].name, change.codebook["levekår"].parent) == ("Levekår", "rød")
    assert after(change.events, [coding("penger"), coding("bolig", start=4)]) == {
        ("n1", 0, "kari", "levekår"),
        ("n1", 4, "kari", "levekår"),
    }


def test_a_merging_of_a_parent_into_its_child_lifts_the_child():
    book = BOOK.replace("    kodbar: false\n", "")
    change = apply(book, "merge", {"codes": ["rød"], "into": "bolig"}, **WHO)
    assert tree(change.codebook) == {"håp": "", "mening": "", "bolig": "", "penger": "bolig"}


def test_codings_that_meet_on_one_span_become_one_with_the_memos_of_both():
    standing = [coding("bolig", memo="en"), coding("penger", memo="to")]
    change = apply(BOOK, "merge", {"codes": ["penger"], "into": "bolig"}, standing, **WHO)
    assert [event.action for event in change.events] == ["remove", "add"]
    assert change.events[1].memo == "en\nto"
    assert after(change.events, standing) == {("n1", 0, "kari", "bolig")}


def test_a_split_leaves_codings_on_the_first_and_lists_them_for_review():
    standing = [coding("bolig"), coding("bolig", "per")]
    assign = {place_of(standing[1]): "hospits"}
    arguments = {"code": "bolig", "into": ["uten-bolig", "hospits"], "assign": assign}
    change = apply(BOOK, "split", arguments, standing, **WHO)
    assert after(change.events, standing) == {("n1", 0, "kari", "uten-bolig"), ("n1", 0, "per", "hospits")}
    assert change.review == (standing[0],)
    assert tree(change.codebook)["hospits"] == "rød"
    assert (change.codebook["hospits"].name, change.codebook["hospits"].status) == ("Hospits", "draft")
    assert change.codebook["uten-bolig"].patterns == change.before["bolig"].patterns


def test_a_split_may_keep_the_code_itself_and_then_only_assigned_codings_move():
    standing = [coding("bolig"), coding("bolig", "per")]
    assign = {place_of(standing[1]): "håp"}
    change = apply(
        BOOK, "split", {"code": "bolig", "into": ["bolig", "håp"], "assign": assign}, standing, **WHO
    )
    assert after(change.events, standing) == {("n1", 0, "kari", "bolig"), ("n1", 0, "per", "håp")}
    assert change.codebook.version == change.before.version


def test_a_retired_code_keeps_its_codings():
    arguments = {"code": "penger", "replaced_by": "bolig"}
    change = apply(BOOK, "retire", arguments, [coding("penger")], **WHO)
    assert (change.codebook["penger"].status, change.events) == ("retired", ())


@pytest.mark.parametrize(
    ("kind", "arguments", "words"),
    [
        ("rename", {"old": "bolg", "new": "x"}, "«bolig»"),
        ("rename", {"old": "bolig", "new": "håp"}, "Håp"),
        ("rename", {"old": "bolig", "new": "Ny id"}, "id"),
        ("move", {"code": "rød", "under": "bolig"}, "under"),
        ("move", {"code": "bolig", "under": "rød"}, "allerede"),
        ("merge", {"codes": ["håp"], "into": "håp"}, "slå sammen"),
        ("merge", {"codes": ["håp"], "into": "rød"}, "overskrift"),
        ("split", {"code": "håp", "into": ["a"]}, "to koder"),
        ("split", {"code": "håp", "into": ["bolig", "b"]}, "kommer først"),
        ("split", {"code": "håp", "into": ["b", "håp"]}, "kommer først"),
        ("split", {"code": "håp", "into": ["a", "b"], "assign": {"x": "c"}}, "c"),
        ("retire", {"code": "håp", "replaced_by": "håp"}, "seg selv"),
        ("retire", {"code": "håp", "replaced_by": "rød"}, "overskrift"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_remedy(kind, arguments, words):
    with pytest.raises(KafeError) as caught:
        apply(BOOK, kind, arguments, **WHO)
    assert words in str(caught.value)
    assert caught.value.remedy


def test_a_file_that_leans_on_anchors_is_left_alone():
    text = "koder:\n  - &a\n    id: a\n    navn: A\n  - {<<: *a, id: b}\n"
    with pytest.raises(KafeError):
        apply(text, "move", {"code": "a", "under": "b"}, **WHO)


def test_a_code_renamed_by_hand_can_be_given_its_codings_afterwards():
    edited = BOOK.replace("id: penger", "id: økonomi")
    change = apply(edited, "rename", {"old": "penger", "new": "økonomi"}, [coding("penger")], **WHO)
    assert change.text == edited
    assert after(change.events, [coding("penger")]) == {("n1", 0, "kari", "økonomi")}


def test_a_change_by_hand_is_told_by_code_and_field():
    book = parse_codebook(BOOK)
    new = parse_codebook(BOOK.replace("Har lite penger.", "Har ingen penger.").replace("id: håp", "id: von"))
    assert difference(book, new) == {
        "added": ["von"],
        "removed": ["håp"],
        "changed": {"penger": {"definition": ["Har lite penger.", "Har ingen penger."]}},
    }
    assert edit_operation(book, book.version, new, who="", at="t").kind == "edit"
    assert edit_operation(None, "", new, who="", at="t").kind == "add"


IDS = ["a", "b", "c", "d", "e", "f"]


@st.composite
def books(draw):
    """A codebook in mixed layouts, with a comment before and inside each code."""
    lines = ["# topp", "koder:"]
    path: list[str] = []
    for code in IDS:
        depth = draw(st.integers(0, len(path)))
        path = path[:depth]
        pad = "  " + "    " * depth
        opened = depth and lines[-1].strip() != "koder:" and f"{pad[:-2]}koder:  # {path[-1]}" not in lines
        if opened:
            lines.append(f"{pad[:-2]}koder:  # {path[-1]}")
        lines += [
            f"{pad}# før {code}",
            f"{pad}- id: {code}",
            f"{pad}  navn: {code.upper()}",
            f"{pad}  # i {code}",
        ]
        if draw(st.booleans()):
            lines.append(f"{pad}  definisjon: {draw(st.sampled_from(['d', '>-', '|']))}")
            if lines[-1][-1] in "-|":
                lines.append(f"{pad}    to ord\n")
        if draw(st.booleans()):
            lines += (
                [f"{pad}  eksempler:", f"{pad}  - x {code}"]
                if draw(st.booleans())
                else [f"{pad}  eksempler: [x {code}, y]"]
            )
        path.append(code)
    return "\n".join(lines) + "\n"


STEPS = st.one_of(
    st.tuples(st.just("rename"), st.sampled_from(IDS), st.sampled_from(["ny", "annen"])),
    st.tuples(st.just("move"), st.sampled_from(IDS), st.sampled_from(["", *IDS])),
    st.tuples(st.just("merge"), st.sampled_from(IDS), st.sampled_from([*IDS, "felles"])),
    st.tuples(st.just("split"), st.sampled_from(IDS), st.sampled_from(["del", "a"])),
    st.tuples(st.just("retire"), st.sampled_from(IDS), st.just("")),
)
ARGUMENTS = {
    "rename": lambda one, other: {"old": one, "new": other},
    "move": lambda one, other: {"code": one, "under": other},
    "merge": lambda one, other: {"codes": [one], "into": other},
    "split": lambda one, other: {"code": one, "into": [f"{one}-1", other]},
    "retire": lambda one, other: {"code": one},
}


LEFT_BEHIND = """koder:
  # før a
  - id: a
    navn: A
  - id: b
    navn: B
    koder:
      - id: c
        navn: C
      # før d
      - id: d
        navn: D
  # før e
  - id: e
    navn: E
  - id: f
    navn: F
"""
"""A comment above a code stays when the code is merged, also where its parent goes afterwards."""


@settings(max_examples=60, deadline=None, derandomize=True)
@given(books(), st.lists(STEPS, min_size=1, max_size=4))
@example(LEFT_BEHIND, [("merge", "d", "a"), ("merge", "b", "a")])
def test_no_operation_loses_a_coding_a_coded_place_or_a_comment_of_another_code(text, steps):
    standing = {place: coding(code, note=place) for code in IDS for place in (f"n-{code}", f"m-{code}")}
    places = set(standing)
    history = []
    for number, (kind, one, other) in enumerate(steps):
        arguments = ARGUMENTS[kind](one, other)
        try:
            change = apply(
                text, kind, arguments, list(standing.values()), history, who="k", at=f"2025-07-0{number + 1}"
            )
        except KafeError as error:
            assert error.remedy
            assert "layout" not in error.message
            assert "på en måte" not in error.message
            continue
        history.append(change.operation)
        left = {(event.note_id, event.code) for event in change.events if event.action == "remove"}
        assert left == {(c.note_id, c.code) for c in standing.values() if c.code not in change.codebook}
        standing |= {event.note_id: event for event in change.events if event.action == "add"}
        assert set(standing) == places
        assert {c.code for c in standing.values()} <= {code.id for code in change.codebook.codes}
        touched = {one} if kind == "merge" else set()
        kept = [line for line in comments(text) if not touched & set(line.split())]
        assert sorted(line for line in comments(change.text) if not touched & set(line.split())) == sorted(
            kept
        )
        text = change.text
