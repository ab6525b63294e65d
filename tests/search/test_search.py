"""What a query finds: notes by codes, words and what is known about them, and the places in them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafe.records import Code, Codebook, Coding, KafeError, Note, Suggestion, text_hash
from kafe.search.query import And, Not, Or
from kafe.search.query_parser import parse_query
from kafe.search.search import Corpus, Search

TEXTS = {
    "a": "Bustad først. Så får vi snakke om resten. Ansvaret er uklart.",
    "b": "Boliger til alle, og én fast kontakt 😀",
    "c": "Fast. Kontakt finnes ikke her",
    "d": "Ingenting",
}
ABOUT = {
    "a": {
        "session": "k1",
        "group": "bruker",
        "votes": 3,
        "table": "1",
        "date": "2025-05-06",
        "language": "nb",
    },
    "b": {"session": "k1", "group": "pårørende", "votes": 0, "municipality": "Hå", "date": "2025-05-06"},
    "c": {"session": "k2", "group": "", "votes": 5, "question": "hvem", "date": "2025-06-01"},
    "d": {"session": "k2", "group": "bruker", "votes": 1, "language": "nn"},
}
NOTES = {key: Note(key, kind="kafedialog", text=text, **ABOUT[key]) for key, text in TEXTS.items()}
CODEBOOK = Codebook(
    (
        Code("ansvar", "Ansvar", codable=False),
        Code("uklart-ansvar", "Uklart ansvar", parent="ansvar"),
        Code("bolig", "Bolig"),
        Code("kontakt", "Fast kontakt"),
    ),
    "v1",
)
UNITS = {"a": [(0, 13), (14, 41), (42, 61)], "b": [(0, len(TEXTS["b"]))], "c": [(0, 5), (6, 29)]}


def coding(note_id: str, start: int, end: int, code: str, coder: str = "anna") -> Coding:
    text = TEXTS[note_id]
    return Coding(
        f"{note_id}{start}{code}{coder}",
        note_id,
        start,
        end,
        text[start:end],
        text_hash(text),
        code,
        coder,
        "",
    )


CODINGS = [
    coding("a", 0, 6, "bolig"),
    coding("a", 42, 61, "uklart-ansvar", "berit"),
    coding("b", 0, 7, "bolig", "berit"),
    coding("b", 0, 16, "kontakt"),
]
SUGGESTIONS = [
    Suggestion("c", 6, 13, "kontakt", "rule:1", ""),
    Suggestion("d", 0, 9, "bolig", "model:2", ""),
]
SEARCH = Search(
    Corpus(
        NOTES,
        CODEBOOK,
        CODINGS,
        SUGGESTIONS,
        UNITS,
        titles={"k1": "Kafé én", "k2": "Kafé to"},
        questions={"hvem": "Hvem avgjør?"},
        forms={"boliger": ["bolig"], "ansvaret": ["ansvar"], "får": ["få"]},
    )
)


def ids(text: str) -> str:
    return "".join(SEARCH.find(parse_query(text)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bolig", "ab"),
        ("bustader", "ab"),
        ("boligene", "ab"),
        ("kontakten", "bc"),
        ("ena", ""),
        ("BOLIG*", "ab"),
        ("*kt", "bc"),
        ("ansvar", "a"),
        ('"fast kontakt"', "bc"),
        ('"kontakt fast"', ""),
        ("fast og kontakt", "bc"),
        ("😀", "b"),
        ("finnesikke", ""),
        ("kode:bolig", "ab"),
        ('kode:"Uklart ansvar"', "a"),
        ("kode:uklart-ansvar", "a"),
        ("kode:ansvar", "a"),
        ("kode:*ansvar", "a"),
        ('kode:""', "ab"),
        ("kode:bolig av berit", "b"),
        ("kode:bolig av modell", "d"),
        ("kode:kontakt av regel", "c"),
        ("kode:kontakt av menneske", "b"),
        ("koder:berit", "ab"),
        ("opphav:regel", "c"),
        ("origin:human", "ab"),
        ("gruppe:bruker", "ad"),
        ('gruppe:""', "c"),
        ("gruppe:PÅRØRENDE", "b"),
        ("økt:k2", "cd"),
        ('økt:"kafé én"', "ab"),
        ("økt:*to", "cd"),
        ('spørsmål:"Hvem avgjør?"', "c"),
        ("kommune:hå", "b"),
        ("bord:1", "a"),
        ("språk:nynorsk", "d"),
        ("prikker>=3", "ac"),
        ("votes<3", "bd"),
        ("prikker:0", "b"),
        ("dato>=2025-06", "c"),
        ("dato:2025-05", "ab"),
        ("dato<2030", "abc"),
        ("gruppe:bruker ikke bolig", "d"),
        ("kode:bolig og gruppe:pårørende eller prikker>4", "bc"),
        ("kode:bolig nær/2 kode:ansvar", "a"),
        ("kode:bolig nær kode:ansvar", ""),
        ("kode:bolig nær/0 kode:kontakt", "b"),
        ("kode:bolig overlapper kode:kontakt", "b"),
        ("kode:bolig overlapper kode:ansvar", ""),
        ("fast nær/0 kontakt", "b"),
        ("fast nær kontakt", "bc"),
        ("bolig nær bolig", ""),
        ("(bolig eller ansvar) nær/2 kode:ansvar", "a"),
        ("ikke (kode:bolig nær/9 kode:ansvar)", "bcd"),
    ],
)
def test_a_query_finds_these_notes(text: str, found: str) -> None:
    assert ids(text) == found


def test_places_are_those_of_codes_and_words_that_are_asked_for() -> None:
    assert SEARCH.find(parse_query("bolig gruppe:bruker")) == {"a": [(0, 6)]}
    assert SEARCH.find(parse_query('"fast kontakt"'))["c"] == [(0, 13)]
    assert SEARCH.find(parse_query("gruppe:bruker")) == {"a": [], "d": []}
    assert SEARCH.find(parse_query("kode:bolig eller ansvar ikke kontakt"))["a"] == [(0, 6), (42, 50)]
    assert SEARCH.find(parse_query("bolig nær/2 kode:ansvar")) == {"a": [(0, 6), (42, 61)]}
    for note_id, spans in SEARCH.find(parse_query("bolig eller ansvar eller 😀")).items():
        assert all(TEXTS[note_id][start:end].strip() for start, end in spans)


@pytest.mark.parametrize(
    ("text", "sign", "named"),
    [
        ("a kode:boligg", 3, "Bolig"),
        ("kode:xyzzy", 1, "uklart-ansvar"),
        ("gruppe:brukr", 1, "bruker"),
        ("økt:k9 a", 1, "k2"),
        ("koder:ana", 1, "anna"),
        ("kode:bolig av brit", 1, "berit"),
        ("opphav:robot", 1, "modell"),
        ("kommune:Oslo", 1, "Hå"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(text: str, sign: int, named: str) -> None:
    with pytest.raises(KafeError) as caught:
        SEARCH.find(parse_query(text))
    assert caught.value.place == f"tegn {sign}"
    assert named in caught.value.remedy


def test_an_empty_corpus_finds_nothing() -> None:
    search = Search(Corpus({}, Codebook((), "")))
    assert search.find(parse_query("bolig eller prikker>1 eller ikke bolig eller opphav:regel")) == {}


def test_a_value_of_a_note_outside_the_selection_finds_nothing_and_is_not_refused() -> None:
    search = Search(Corpus({"a": NOTES["a"]}, CODEBOOK, known=list(NOTES.values())))
    assert search.find(parse_query("gruppe:pårørende")) == {}


LEAVES = st.sampled_from(
    [
        *map(
            parse_query,
            (
                "kode:bolig",
                "kode:ansvar",
                "gruppe:bruker",
                "prikker>=3",
                "kontakt",
                "fast nær kontakt",
                "kode:kontakt av regel",
            ),
        )
    ]
)
QUERIES = st.recursive(
    LEAVES,
    lambda parts: (
        st.builds(Not, parts)
        | st.builds(lambda a, b: And((a, b)), parts, parts)
        | st.builds(lambda a, b: Or((a, b)), parts, parts)
    ),
    max_leaves=6,
)


@given(QUERIES, QUERIES)
@settings(max_examples=150, deadline=None)
def test_de_morgan_and_the_other_laws_of_sets_hold(a, b) -> None:
    def found(query) -> set[str]:
        return set(SEARCH.find(query))

    assert found(Not(And((a, b)))) == found(Or((Not(a), Not(b))))
    assert found(Not(Or((a, b)))) == found(And((Not(a), Not(b))))
    assert found(Not(Not(a))) == found(a)
    assert found(And((a, b))) == found(a) & found(b)
    assert found(Or((a, b))) == found(a) | found(b)
    assert found(Not(a)) == set(NOTES) - found(a)


@st.composite
def corpora(draw):
    codes = ["bolig", "kontakt", "uklart-ansvar"]
    words = st.lists(st.sampled_from(["bolig", "fast", "ikke", "hus."]), min_size=1, max_size=6).map(" ".join)
    notes = {
        str(n): Note(str(n), "s", "kafedialog", text, group=draw(st.sampled_from(["x", "y", ""])))
        for n, text in enumerate(draw(st.lists(words, min_size=1, max_size=5)))
    }
    spans = st.tuples(st.integers(0, 3), st.integers(4, 8))
    codings = [
        Coding(f"{n}", note_id, start, end, "", "", draw(st.sampled_from(codes)), "anna", "")
        for note_id in notes
        for n, (start, end) in enumerate(draw(st.lists(spans, max_size=3)))
    ]
    units = {note_id: [(0, 4), (4, 99)] for note_id in notes}
    return Search(
        Corpus(notes, CODEBOOK, codings, units=units, known=[*notes.values(), NOTES["a"], NOTES["b"]])
    )


@given(
    corpora(),
    st.sampled_from(["kode:bolig", "bolig", "kode:ansvar"]),
    st.sampled_from(["kode:kontakt", "fast"]),
)
@settings(max_examples=150, deadline=None)
def test_near_is_symmetric_grows_with_distance_and_holds_overlaps(search, a: str, b: str) -> None:
    def found(text: str) -> set[str]:
        return set(search.find(parse_query(text)))

    assert found(f"{a} nær {b}") == found(f"{b} nær {a}")
    assert (
        found(f"{a} overlapper {b}")
        <= found(f"{a} nær/0 {b}")
        <= found(f"{a} nær/1 {b}")
        <= found(f"{a} nær/9 {b}")
    )
    assert found(f"{a} nær/9 {b}") == found(f"{a} {b}")
    assert found(f"ikke ({a} eller {b})") == found(f"ikke {a} ikke {b}")
