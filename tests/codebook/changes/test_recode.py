"""Old ids of codes followed to the codes they stand for now."""

from kafe.codebook.changes.operations import apply
from kafe.codebook.changes.recode import CodeMap, recode
from kafe.codebook.reader import parse_codebook
from kafe.records import Coding, text_hash

BOOK = """\
koder:
  - id: bolig
    navn: Bolig
  - id: penger
    navn: Penger
  - id: håp
    navn: Håp
"""
WHO = {"who": "Kari", "at": "2025-06-01T12:00:00+00:00"}
TEXT = "Har ikke bolig og lite penger."


def coding(code: str) -> Coding:
    at = "2025-05-06T12:00:00"
    return Coding("1", "n1", 0, 9, TEXT[:9], text_hash(TEXT), code, "kari", at, "add", "", "fil", "v0")


def test_old_ids_are_followed_through_several_operations():
    first = apply(BOOK, "rename", {"old": "penger", "new": "økonomi"}, **WHO)
    second = apply(first.text, "merge", {"codes": ["økonomi"], "into": "bolig"}, **WHO)
    code_map = CodeMap([first.operation, second.operation], second.codebook)
    assert code_map.code("penger") == code_map.code("økonomi") == "bolig"
    assert code_map.code("håp") == "håp"
    assert code_map.code("aldri-sett") == "aldri-sett"


def test_an_id_that_is_used_anew_means_the_new_code():
    first = apply(BOOK, "rename", {"old": "penger", "new": "økonomi"}, **WHO)
    again = first.text + "  - id: penger\n    navn: Penger igjen\n"
    assert CodeMap([first.operation], parse_codebook(again)).code("penger") == "penger"


def test_recoding_twice_changes_nothing():
    change = apply(BOOK, "rename", {"old": "penger", "new": "økonomi"}, [coding("penger")], **WHO)
    now = [event for event in change.events if event.action == "add"]
    assert recode(now, CodeMap([change.operation], change.codebook), "t") == []
