"""The group's own files: what they may hold, and what is said when they do not."""

from pathlib import Path

import pytest

from kafe.pilot.project_data import (
    Stakeholder,
    load_indicators,
    load_pilot,
    load_stakeholders,
    one_meeting_each,
    sides,
)
from kafe.records import KafeError

EXAMPLE = Path(__file__).parents[2] / "data" / "coded"
STAKEHOLDER = """
interessenter:
  - id: a
    navn: A
    hører_til: {side}
    berørt: {affected}
    innflytelse: 2
    grupper: [{groups}]
"""


@pytest.fixture
def file(tmp_path):
    def write(text: str, name: str = "pilot.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_examples_pilot_answers_the_four_questions():
    pilot = load_pilot(EXAMPLE / "pilot.yaml")
    assert [element.question for element in pilot.elements] == ["kjennetegn", "hvem", "hva", "tiltak"]
    assert all(2 <= len(element.proposals) <= 4 for element in pilot.elements)
    assert "Konstruert" in pilot.notice


def test_every_code_the_examples_pilot_builds_on_is_in_its_codebook():
    codebook = (EXAMPLE / "kodebok.yaml").read_text(encoding="utf-8").splitlines()
    codes = {line.split("id:")[1].strip() for line in codebook if line.lstrip().startswith("- id:")}
    pilot = load_pilot(EXAMPLE / "pilot.yaml")
    used = {
        name for element in pilot.elements for proposal in element.proposals for name in proposal.builds_on
    }
    assert used <= codes


def test_every_group_of_the_example_has_a_side():
    assert sides(load_stakeholders(EXAMPLE / "interessenter.yaml")) == {
        "bruker": "bruker",
        "pårørende": "bruker",
        "frivillig": "bruker",
        "kommune": "tjeneste",
        "sykehus": "tjeneste",
        "nødetat": "tjeneste",
        "fastlege": "tjeneste",
    }


def test_the_examples_numbers_are_marked_as_constructed():
    assert all("Konstruert" in one.remark for one in load_indicators(EXAMPLE / "indikatorer.yaml"))


def test_numbers_may_be_written_the_norwegian_way_or_be_missing(file):
    path = file(
        "indikatorer:\n  - {id: a, navn: A, type: resultat, før: '1 027,5', etter: , mål: −3}\n", "i.yaml"
    )
    one = load_indicators(path)[0]
    assert (one.before, one.after, one.target) == (1027.5, None, -3.0)


def test_ids_that_yaml_would_turn_into_something_else_stay_as_written(file):
    pilot = load_pilot(file("elementer:\n  - id: nei\n    tittel: no\n    spørsmål: 2025-05-06\n"))
    element = pilot.elements[0]
    assert (element.id, element.title, element.question) == ("nei", "no", "2025-05-06")


def test_decomposed_letters_in_keys_are_understood(file):
    assert (
        load_pilot(file("elementer:\n  - id: a\n    tittel: A\n    spørsma\u030al: hva\n"))
        .elements[0]
        .question
        == "hva"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("elementer:\n  - id: a\n", "pilot.yaml, linje 2, nøkkel «elementer.1.tittel»: Nøkkelen mangler"),
        (
            "\n\nelementer:\n  - id: a\n    tittel: A\n    farge: rød\n",
            "linje 6, nøkkel «elementer.1.farge»: Ukjent",
        ),
        (
            "elementer:\n  - id: a\n    tittel: A\n    tittel: B\n",
            "linje 4, nøkkel «elementer.1.tittel».*to ganger",
        ),
        ("elementer:\n  - id: a\n   tittel: A\n", "linje 3: Ikke gyldig YAML"),
        ("elementer: &a [*a]\n", "linje 1: Anker og alias"),
        ("elementer: [" + "[" * 1000, "Ikke gyldig YAML"),
        ("- a\n", "linje 1.*nøkler med verdier"),
        ("", "«elementer»: Nøkkelen mangler"),
        ("elementer: hei\n", "linje 1, nøkkel «elementer»: Verdien skal være en liste"),
        ("elementer:\n  - {id: a, tittel: A}\n  - {id: a, tittel: B}\n", "Elementet «a» står to ganger"),
        (
            "elementer:\n- id: a\n  tittel: A\n  forslag:\n  - id: f\n    tekst: T\n    status: kanskje\n",
            "linje 7, nøkkel «elementer.1.forslag.1.status»: Verdien skal være en av disse: utkast, vedtatt",
        ),
    ],
)
def test_a_faulty_pilot_is_explained_with_file_line_and_key(file, text, said):
    with pytest.raises(KafeError, match=said):
        load_pilot(file(text))


def test_a_repeated_id_is_named_with_its_second_line(file):
    with pytest.raises(KafeError, match="linje 4: Elementet «a»"):
        load_pilot(file("elementer:\n  - id: a\n    tittel: A\n  - id: a\n    tittel: B\n"))


def test_a_degree_outside_the_scale_is_refused(file):
    text = STAKEHOLDER.format(side="bruker", affected=6, groups="g")
    with pytest.raises(KafeError, match=r"linje 6, nøkkel «interessenter\.1\.berørt».*større enn 5"):
        load_stakeholders(file(text))


def test_stakeholders_may_share_groups_only_wholly_and_on_one_side(file):
    second = STAKEHOLDER.replace("interessenter:\n", "").replace("id: a", "id: b")
    one = STAKEHOLDER.format(side="bruker", affected=1, groups="g, h")
    assert len(load_stakeholders(file(one + second.format(side="bruker", affected=5, groups="h, g")))) == 2
    with pytest.raises(KafeError, match="«g» står både hos «a» og «b»"):
        load_stakeholders(file(one + second.format(side="bruker", affected=5, groups="g")))
    with pytest.raises(KafeError, match="på hver sin side"):
        load_stakeholders(file(one + second.format(side="tjeneste", affected=5, groups="g, h")))


def test_a_missing_file_and_a_wrong_encoding_are_told_apart(tmp_path):
    with pytest.raises(KafeError, match=r"pilot\.yaml: Fant ikke filen.*data/coded"):
        load_pilot(tmp_path / "pilot.yaml")
    (tmp_path / "pilot.yaml").write_bytes("tittel: rød".encode("cp1252"))
    with pytest.raises(KafeError, match="ikke UTF-8"):
        load_pilot(tmp_path / "pilot.yaml")


SIDES = [
    Stakeholder(id="b", navn="Brukere", hører_til="bruker", berørt=5, innflytelse=1, grupper=["bruker"]),
    Stakeholder(id="k", navn="Kommune", hører_til="tjeneste", berørt=1, innflytelse=5, grupper=["kommune"]),
]


def test_sides_that_were_heard_in_one_meeting_each_are_said_to_be_so_with_the_numbers(note):
    apart = [note(f"b{i}", "bruker", session="k1") for i in range(9)] + [note("b9", "bruker", session="k2")]
    apart += [note(f"k{i}", "kommune", session="k2") for i in range(5)]
    assert one_meeting_each(apart, SIDES) == {"bruker": ("k1", 9, 10), "tjeneste": ("k2", 5, 5)}


def test_sides_that_met_are_not_said_to_be_apart(note):
    together = [note(f"b{i}", "bruker") for i in range(9)] + [note(f"k{i}", "kommune") for i in range(9)]
    assert one_meeting_each(together, SIDES) == {}
    mixed = [note(f"b{i}", "bruker", session=f"k{i % 2}") for i in range(9)] + [
        note("k", "kommune", session="k1")
    ]
    assert one_meeting_each(mixed, SIDES) == {}
    assert one_meeting_each([note("b", "bruker")], SIDES) == {}
