"""The package as a whole: propagation, stability, positions, the model's part, and that nothing leaks."""

import random
import re
from dataclasses import fields

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kafe.deidentify.findings import Deidentified, summary
from kafe.deidentify.keytable import KeyTable
from kafe.deidentify.run import deidentify
from kafe.ingest.records import RawNote
from kafe.strings import TAG


def note(text: str, id: str = "a", session: str = "s", **fields: str) -> RawNote:
    return RawNote(id, session, "kafedialog", text, **fields)


def run(*texts: str, **options) -> Deidentified:
    options.setdefault("nlp", None)
    options.setdefault("key", KeyTable.memory())
    return deidentify([note(text, f"n{i}") for i, text in enumerate(texts)], **options)


def section(*given: str, **options) -> list[str]:
    return [done.text for done in run(*given, **options).notes]


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    """A stand-in for the trained pipeline that calls a few words persons, rightly or wrongly."""
    pipeline = spacy.blank("nb")
    ruler = pipeline.add_pipe("entity_ruler")
    wrong = [
        "Snorrel M.",
        "Trygghet",
        "NAV",
        "Klepp",
        "Aktivitetshus",
        "Ansvarsgruppe",
        "Uteteam",
        "Quorrel",
        "ØHD",
    ]
    ruler.add_patterns(
        [{"label": "PER", "pattern": word} for word in [*wrong, "Xolani", "Xolani Dube", "Hilsen Xolani"]]
    )
    ruler.add_patterns([{"label": "GPE_LOC", "pattern": "Fosnes"}])
    return pipeline


def test_the_same_person_has_one_tag_in_all_spellings() -> None:
    assert section(
        "Kari Nordmann ringte", "KARI  NORDMANN", "kari nordmanns sak", "Nordmann, Kari", "se kari-nordmann"
    ) == [
        "[PERSON-1] ringte",
        "[PERSON-1]",
        "[PERSON-1]s sak",
        "[PERSON-1]",
        "se [PERSON-1]",
    ]


def test_a_first_name_alone_is_the_person_named_in_full_in_the_same_note() -> None:
    assert section("Kari kom. Kari Nordmann gikk, Karis sak står.") == [
        "[PERSON-1] kom. [PERSON-1] gikk, [PERSON-1]s sak står."
    ]


def test_a_first_name_two_persons_share_is_not_given_to_one_of_them() -> None:
    assert section("Kari Olsen og Kari Hansen. Kari sa nei.") == [
        "[PERSON-1] og [PERSON-2]. [PERSON-3] sa nei."
    ]


def test_a_doubtful_name_recurs_in_its_note_only() -> None:
    assert section("Liv Hansen kom. Etterpå gikk Liv.", "Liv og død, livet er langt") == [
        "[PERSON-1] kom. Etterpå gikk [PERSON-1].",
        "Liv og død, livet er langt",
    ]


def test_an_unknown_surname_recurs_in_the_session() -> None:
    assert section("Kari Xundal var her", "ringte til Xundal") == [
        "[PERSON-1] var her",
        "ringte til [PERSON-2]",
    ]


def test_numbers_of_one_phone_written_in_many_ways_have_one_tag() -> None:
    assert set(section("+47 412 34 567", "41234567", "0047 41234567", "412.34.567")) == {"[TELEFON-1]"}


def test_the_project_list_masks_and_spares() -> None:
    names = ("Quorrel", "Brumm Bjørnsen", "!Torbjørn", "!Kari Nordmann")
    assert section(
        "quorrel og QUORRELs hus, brumm bjørnsen", "Torbjørn er en båt, som Kari Nordmann", names=names
    ) == [
        "[PERSON-1] og [PERSON-1]s hus, [PERSON-2]",
        "Torbjørn er en båt, som Kari Nordmann",
    ]


def test_a_listed_word_that_is_ordinary_is_masked_with_a_capital_only() -> None:
    assert section("Håp kom, men håp er viktig", names=("Håp",)) == ["[PERSON-1] kom, men håp er viktig"]


def test_known_places_and_services_are_not_persons() -> None:
    assert section("Torild er et hus. Torild Vatne er leder.", known={"Torild": "tjeneste"}) == [
        "Torild er et hus. [PERSON-1] er leder."
    ]


def test_tags_typed_by_people_stand_and_their_numbers_are_not_given_again() -> None:
    assert section("[PERSON-1] og Kari", "Siri [TELEFON-7]") == [
        "[PERSON-1] og [PERSON-2]",
        "[PERSON-3] [TELEFON-7]",
    ]


def test_table_names_are_searched_too() -> None:
    done = deidentify([note("hei", table="Bord 3 Kari Nordmann")], nlp=None, key=KeyTable.memory())
    assert done.notes[0].table == "Bord 3 [PERSON-1]"
    assert done.findings == ()


def test_other_fields_are_carried_over() -> None:
    raw = RawNote(
        "a", "s", "fritekst", "x", "2025-05-06", "1", "2", "q", "bruker", "Klepp", 3, "f.csv", "rad 2"
    )
    done = deidentify([raw], nlp=None, key=KeyTable.memory()).notes[0]
    assert [getattr(done, field.name) for field in fields(RawNote)] == [
        getattr(raw, field.name) for field in fields(RawNote)
    ]
    assert done.language == ""


def test_the_models_persons_are_masked(nlp) -> None:
    assert section("Vi spurte Xolani om det", "Hilsen Xolani", "gikk til Xolani Dube", nlp=nlp) == [
        "Vi spurte [PERSON-1] om det",
        "Hilsen [PERSON-1]",
        "gikk til [PERSON-2]",
    ]


@pytest.mark.parametrize(
    "text",
    ["Trygghet! Tillit!", "NAV må inn", "Møte i Klepp", "Aktivitetshus", "Ansvarsgruppe, IP", "Uteteam på kveld", "ring ØHD",
     "Fosnes, Quorrel og Osen", "Quorrel er uklart", "besøk i Quorrel"],
)  # fmt: skip
def test_what_the_model_takes_for_persons_in_short_notes_is_checked(nlp, text: str) -> None:
    assert section(text, nlp=nlp) == [text]


def test_a_word_in_lower_case_elsewhere_is_no_name_on_the_models_word_alone(nlp) -> None:
    assert section("mer av Quorrel her", "vi vil ha quorrel", nlp=nlp) == [
        "mer av Quorrel her",
        "vi vil ha quorrel",
    ]


def test_the_result_says_whether_a_model_was_used(nlp) -> None:
    assert run("x").model == "" and "Ingen språkmodell" in run("x").remark
    assert run("x", nlp=nlp).model.startswith("nb_") and "må vurderes" in run("x", nlp=nlp).remark
    assert run("x", nlp=spacy.blank("nb")).model == ""


def test_no_notes_and_empty_notes_are_fine() -> None:
    assert run() == Deidentified((), (), "")
    assert section("", "🙂 12 %") == ["", "🙂 12 %"]


def test_numbers_are_given_in_the_order_of_ids_whatever_the_order_of_notes() -> None:
    notes = [
        note(f"Ring {name}, {i}", f"n{i}") for i, name in enumerate(["Kari", "Torbjørn", "Aisha", "Gunnhild"])
    ]
    expected = deidentify(notes, nlp=None, key=KeyTable.memory())
    for seed in range(5):
        shuffled = random.Random(seed).sample(notes, len(notes))
        done = deidentify(shuffled, nlp=None, key=KeyTable.memory())
        assert [n.id for n in done.notes] == [n.id for n in shuffled]
        assert sorted(done.notes, key=lambda n: n.id) == list(expected.notes)


def test_the_summary_of_a_run_counts_without_text() -> None:
    rows = summary(run("Kari og Kari, ring 412 34 567", "Kari").findings)
    assert rows == [
        {"kind": "person", "label": "Personnavn", "count": 3, "distinct": 1, "notes": 2, "uncertain": 0},
        {"kind": "telefon", "label": "Telefonnummer", "count": 1, "distinct": 1, "notes": 1, "uncertain": 0},
    ]


FRAGMENTS = st.sampled_from(
    ["Kari Nordmann", "Kari", "Liv", "Karis", "liv", "kari nordmann", "Stein Strand", "NAV", "snakket med", "mamma til", "Per", "sa", "Xundal",
     "412 34 567", "ola@eksempel.no", "018180 12345", "Storgata 5", "@kari_n", "født 12.03.1985", "[PERSON-1]", "[PERSON-2]s", "K.", "Hansen",
     "Time kommune", "på", "Lund", "-", ",", ".", "\n", "47", "1234", "f. 1985", "fastlege", "Klepp", "og", "Bjørn", "Dr.", "æ", "’s", "🙂", "/"]
)  # fmt: skip
NOTES = st.lists(st.lists(FRAGMENTS, max_size=8).map(" ".join) | st.text(max_size=30), max_size=4)


def rebuilt(original: str, result: str, found) -> bool:
    """Whether the text outside the findings is the original's, in the same order."""
    pieces, at = [], 0
    for finding in found:
        assert result[finding.start : finding.end] == finding.tag
        pieces.append(re.escape(result[at : finding.start]))
        at = finding.end
    pieces.append(re.escape(result[at:]))
    return re.fullmatch("(?s:.+)".join(pieces), original) is not None


@settings(deadline=None, max_examples=200)
@given(NOTES)
def test_text_outside_findings_is_untouched_and_masking_again_changes_nothing(given_texts: list[str]) -> None:
    key = KeyTable.memory()
    first = run(*given_texts, key=key)
    for index, (raw, done) in enumerate(zip(given_texts, first.notes, strict=True)):
        assert rebuilt(raw, done.text, [f for f in first.findings if f.note_id == f"n{index}"])
    again = run(*(done.text for done in first.notes), key=key)
    assert again.findings == ()
    assert [n.text for n in again.notes] == [n.text for n in first.notes]
    assert run(*(done.text for done in first.notes)).findings == ()


def test_canaries_are_not_found_in_anything_that_leaves_the_package() -> None:
    first = [
        "Torbjørn",
        "Aisha",
        "Gunnhild",
        "Kjetil",
        "Fadumo",
        "Ragnhild",
        "Oleksandr",
        "Solveig",
        "Yusuf",
        "Ingebjørg",
    ]
    last = ["Zandersen", "Qvistland", "Wolderud", "Xaverstad", "Cedervik"]
    people = [f"{a} {last[i % 5]}" for i, a in enumerate(first)]
    phones = [f"4{i}1 2{i} 3{i}4" for i in range(10)]
    mails = [f"kanari{i}@eksempel.no" for i in range(10)]
    numbers = [f"0{i}8180 9{i}34{i}" for i in range(1, 10)] + ["418180 12345"]
    streets = [f"Kanari{end} {i}1" for i, end in enumerate(["veien", "gata", "gaten", "vegen", "bakken"] * 2)]
    handles = [f"@kanari_{i}x" for i in range(10)]
    canaries = people + phones + mails + numbers + streets + handles
    assert len(canaries) == 60
    frames = ["snakket med {} i går", "{} – må følges opp", "Kontakt: {}.", "- {} sa det samme"]
    key = KeyTable.memory()
    done = run(*(frames[i % 4].format(canary) for i, canary in enumerate(canaries)), key=key)
    leaving = repr(done) + repr(key) + repr(summary(done.findings))
    parts = [part for name in people for part in name.split()]
    assert [canary for canary in (*canaries, *parts) if canary in leaving] == []
    assert len(key) == 60
    assert all(TAG.search(n.text) for n in done.notes)


def test_a_surname_with_an_initial_at_the_start_is_masked_when_the_model_tags_it(nlp) -> None:
    assert section("Snorrel M. 50 idéer til bedre møter", nlp=nlp) == ["[PERSON-1]. 50 idéer til bedre møter"]
