"""Norm forms: what must meet, what must stay apart, and what holds for any word."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafe.language.norm.forms import PAIRS, norm_form, norm_forms
from kafe.language.norm.paradigms import read_table

DATA = Path(__file__).parents[2] / "data"
KAFE = Path(sys.executable).with_name("kafe")
ROWS = [line.split("\t") for line in PAIRS.read_text(encoding="utf-8").splitlines()]
KNOWN = [line.split("\t") for line in (DATA / "norm_pairs.tsv").read_text(encoding="utf-8").splitlines()]
HELD_OUT = [
    line.split("\t")
    for line in (DATA / "norm_pairs_held_out.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
FAMILIES = [
    ("jeg", "eg", "æ"),
    ("ikke", "ikkje", "ittj", "itj", "itte"),
    ("hva", "kva", "ka"),
    ("hvem", "kven", "kem"),
    ("hvorfor", "kvifor", "koffer"),
    ("hvordan", "korleis", "korsen", "kordan", "åssen"),
    ("dere", "dykk", "dokker", "dåkker"),
    ("noe", "noko", "nåkka"),
    ("bolig", "bustad"),
    ("boligene", "bustadene", "bustadane"),
    ("hjem", "heim"),
    ("ensomhet", "einsemd"),
    ("sykehuset", "sjukehuset"),
    ("sykehjemsplass", "sjukeheimsplass"),
    ("oppfølging", "oppfølgjing", "oppfylgjing"),
    ("taushetsplikten", "teieplikta"),
    ("rådgivninga", "rådgjevinga"),
    ("regninger", "rekningar"),
    ("oppfølgingen", "oppfølginga"),
    ("samarbeidspartnere", "samarbeidspartnarar"),
    ("frivillighetssentralene", "frivillighetssentralane"),
    ("sykepleierne", "sjukepleiarane"),
    ("kommunene", "kommunane"),
    ("kastet", "kasta"),
    ("hverdagsmestring", "kvardagsmeistring"),
    ("hjemmetjenester", "heimetenester"),
    ("arbeidsgivere", "arbeidsgjevarar"),
    ("mulighetene", "moglegheitene"),
    ("virkeligheten", "røyndomen"),
]
FALSE_FRIENDS = [
    ("lege", "leie"),
    ("rar", "rare"),
    ("mål", "måle"),
    ("bok", "bukk"),
    ("rom", "rum"),
    ("hus", "huse"),
    ("være", "verre"),
    ("mann", "man"),
    ("lyte", "lytte"),
    ("by", "bu"),
    ("hver", "hvor"),
    ("hver", "hvem"),
    ("dag", "dager"),
    ("tjeneste", "tjenesten"),
    ("tjenesten", "tjenestene"),
    ("kaste", "kastet"),
    ("høy", "høyere"),
    ("daglege", "fastlege"),
    ("leder", "leier"),
    ("drap", "drepte"),
    ("bad", "ba"),
    ("band", "bånd"),
    ("bær", "bare"),
    ("hektar", "hekter"),
    ("lykke", "lukke"),
    ("verd", "verden"),
    ("blande", "blende"),
    ("same", "sama"),
    ("skje", "ske"),
    ("klar", "kler"),
]


def test_the_table_is_sorted_and_every_line_has_three_columns():
    assert [row for row in ROWS if len(row) != 3 or not all(row)] == []
    assert sorted(ROWS) == ROWS
    assert len({tuple(row) for row in ROWS}) == len(ROWS) >= 900


def test_no_spelling_is_given_two_meanings():
    meanings: dict[str, set[str]] = {}
    for kind, bokmål, spellings in ROWS:
        if kind == "form":
            for spelling in spellings.split():
                meanings.setdefault(spelling, set()).add(bokmål)
    assert {word: found for word, found in meanings.items() if len(found) > 1} == {}


def test_every_known_spelling_leads_to_a_norm_form_that_stays():
    table = read_table(PAIRS)
    assert [form for form in table.forms if norm_form(norm_form(form)) != norm_form(form)] == []


def test_the_known_pairs_are_enough():
    assert len(KNOWN) >= 600


def by_form(words):
    """Return norm form → the words that have it, for a failure that can be read."""
    return {form: [word for word in words if norm_form(word) == form] for form in norm_forms(words)}


def test_known_twins_meet():
    assert [by_form(pair) for pair in KNOWN if len(by_form(pair)) > 1] == []


def test_spellings_of_one_word_meet():
    assert [by_form(family) for family in FAMILIES if len(by_form(family)) > 1] == []


def test_different_words_stay_apart():
    assert [by_form(pair) for pair in FALSE_FRIENDS if len(by_form(pair)) == 1] == []


@pytest.mark.parametrize(("kind", "least"), [("twin", 0.95), ("apart", 0.99)])
def test_pairs_set_aside_before_the_rules_were_written(kind, least):
    right = [
        (norm_form(word) == norm_form(other)) is (kind == "twin") for k, word, other in HELD_OUT if k == kind
    ]
    assert len(right) >= 250
    assert sum(right) / len(right) >= least


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("", ""),
        ("  ", ""),
        ("IKKJE", "ikke"),
        ("2.", "2."),
        ("24/7", "24/7"),
        ("😀", "😀"),
        ("e-helse", "e-helse"),
    ],
)
def test_words_that_are_no_words_are_left_as_they_are(word, expected):
    assert norm_form(word) == expected


def test_the_parts_of_a_hyphened_word_are_treated_one_by_one():
    assert norm_form("raud-grøne") == norm_form("rød-grønne")
    assert norm_form("FACT-teama") == norm_form("FACT-teamene")


def test_combining_letters_are_the_same_as_whole_ones():
    assert norm_form("fra\u030a") == norm_form("frå") == "fra"


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_has_a_norm_form_that_stays(text):
    norm = norm_form(text)
    assert bool(norm) == bool(text.strip())
    assert norm_form(norm) == norm == norm_form(norm.strip())


LETTERS = st.text("abdefghijklmnoprstuvyæøå", min_size=1, max_size=14)


@settings(deadline=None, max_examples=500)
@given(LETTERS, st.sampled_from(["", "leg", "ane", "ar", "heit", "inga", "kje", "sjuke", "heim", "bustad"]))
def test_letters_in_any_order_have_a_norm_form_whatever_their_case(word, ending):
    norm = norm_form(word + ending)
    assert norm
    assert norm_form(norm) == norm == norm_form((word + ending).upper())


def run(*arguments: str, given: bytes | None = None) -> list[str]:
    done = subprocess.run(
        [KAFE, "language", "norm", *arguments], input=given, capture_output=True, check=True
    )
    return done.stdout.decode().split("\n")


def test_the_command_answers_a_line_for_a_line(tmp_path):
    lines = b"Ikkje\n\nsjukehusa\r\nkva"
    assert run(given=lines) == ["ikke", "", "sykehusene", "hva", ""]
    (tmp_path / "ord.txt").write_bytes(lines + b"\n\n")
    assert run(str(tmp_path / "ord.txt")) == ["ikke", "", "sykehusene", "hva", "", ""]
    assert run(given=b"") == [""]
