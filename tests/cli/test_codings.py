"""`kafe find` on a small project, as its users run it."""

import re
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "bruk" / "utforsking.md"


def test_find_prints_the_notes_with_id_and_place_and_context_on_request(staged: Path, kit) -> None:
    found = kit.kafe("find", "boligen", "--project", staged)
    assert found.code == 0
    assert found.out.startswith("Søket boligen finner ett av 12 innspill.\n")
    assert re.search(r"\nn-[0-9a-f]{12} · Kafedialog 1 · bord 1|\nn-[0-9a-f]{12} · Kafedialog 1\n", found.out)
    assert "Bolig først, så behandling" in found.out
    lines = kit.kafe("find", "--context", "--limit", "1", "samarbeid", "--project", staged).out.splitlines()
    assert lines[0] == "Søket samarbeid finner 2 av 12 innspill."
    assert "Samarbeid m" in lines[1]
    assert lines[-1] == "Viser 1 av 2. --limit viser flere."


@pytest.mark.parametrize("shown", re.findall(r"\$ (kafe find '.*')\n(kafe: .*)", GUIDE.read_text("utf-8")))
def test_the_error_in_the_guide_is_the_one_that_is_given(shown: tuple[str, str], kit, tmp_path: Path) -> None:
    command, said = shown
    ran = kit.kafe("find", command.split("'")[1], "--project", tmp_path)
    assert (ran.code, ran.err.strip()) == (1, said)


def test_every_query_in_the_guide_can_be_read() -> None:
    from kafe.search import parse_query, write_query

    cells = re.findall(r"^\| (.+?) \|", GUIDE.read_text("utf-8"), re.M)[2:]
    queries = [query for cell in cells for query in re.findall(r"`([^`]+)`", cell)]
    assert len(queries) > 15
    for query in queries:
        whole = query + "x" if query.endswith(":") else query
        assert parse_query(write_query(parse_query(whole))) == parse_query(whole)


def test_find_offers_notes_near_in_meaning_apart_and_none_where_a_group_is_named(staged: Path, kit) -> None:
    said = "Uten ordene, men nær i mening"
    assert said in kit.kafe("find", "leilighet", "--project", staged).out
    assert said not in kit.kafe("find", "qxzqxz", "--project", staged).out
    assert said not in kit.kafe("find", "leilighet gruppe:bruker", "--project", staged).out


def test_find_like_lists_the_notes_nearest_another_and_says_when_there_is_no_such_note(
    staged: Path, kit
) -> None:
    note = re.search(r"n-[0-9a-f]{12}", kit.kafe("find", "boligen", "--project", staged).out)
    assert note
    out = kit.kafe("find", "--like", note[0], "--project", staged).out
    assert note[0] in out.splitlines()[0]
    assert note[0] not in "\n".join(out.splitlines()[1:])
    missing = kit.kafe("find", "--like", "n-000000000000", "--project", staged)
    assert (missing.code, "finnes ikke" in missing.err) == (1, True)
    assert kit.kafe("find", "--project", staged).code == 1
