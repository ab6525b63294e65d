"""Everything a code says goes through one text and comes back."""

from hypothesis import given
from hypothesis import strategies as st

from kafe.exchange.formats.description import describe, read
from kafe.records import Code

lines = st.sampled_from(
    [
        "Ta med:",
        "Ikke ta med:",
        "- punkt",
        "  innrykk",
        "\\Ta med:",
        "\\\\Status: utkast",
        "Status: utgått",
        "Kode i kafe: x",
        "Eier: Kari",
        "",
        "Et sted å bo",
        "Mønstre: ikke ført opp",
        "æ 😀",
    ]
)
text = st.one_of(st.lists(lines, max_size=5).map("\n".join), st.text(alphabet="aø :-\n\\", max_size=12))
codes = st.builds(
    Code,
    id=st.sampled_from(["bolig", "brukeren-selv"]),
    name=st.just("Navn"),
    definition=text,
    include=st.lists(text, max_size=3).map(tuple),
    exclude=st.lists(text, max_size=2).map(tuple),
    examples=st.lists(text, max_size=2).map(tuple),
    counterexamples=st.lists(text, max_size=2).map(tuple),
    patterns=st.lists(text, max_size=2).map(tuple),
    owner=text,
    status=st.sampled_from(["draft", "active", "retired"]),
)


@given(codes)
def test_what_a_code_says_comes_back_whatever_it_looks_like(code: Code) -> None:
    said = read(describe(code))
    for name in ("id", "definition", "include", "exclude", "examples", "counterexamples", "patterns"):
        assert getattr(said, name) == getattr(code, name), name
    assert (said.owner, said.status) == (code.owner, code.status)


def test_people_can_read_a_description() -> None:
    code = Code(
        "bolig", "Bolig", definition="Et sted å bo.", include=("leie",), owner="Kari", status="retired"
    )
    assert describe(code) == (
        "Et sted å bo.\n\nTa med:\n- leie\n\nEier: Kari\nStatus: utgått\nKode i kafe: bolig"
    )


def test_a_description_from_another_program_is_a_definition() -> None:
    said = read("  Include: everything\r\nTa med:\r\n- noe ")
    assert said.definition == "Include: everything\nTa med:\n- noe"
    assert (said.id, said.include) == ("", ())
