"""`beslutninger.csv` as people and Excel write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafe.pilot.decisions import read_decisions
from kafe.pilot.project_data import Pilot
from kafe.records import Code, Codebook, Decision, KafeError, Note, Severity

CODEBOOK = Codebook((Code("håp", "Håp"), Code("bolig", "Bolig")), "1")
NOTES = [Note(id="n1", session="k1", kind="kafedialog", text="æ"), Note("n2", "k1", "kafedialog", "ø")]
HEADER = "mål;sitat;beslutning;del;begrunnelse;hvem;dato"
PILOT = Pilot.model_validate({"elementer": [{"id": "hvem", "tittel": "Hvem"}]})


@pytest.fixture
def read(tmp_path):
    def write_and_read(text: str | bytes, **more):
        path = tmp_path / "beslutninger.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return read_decisions(path, NOTES, CODEBOOK, **more)

    return write_and_read


def test_a_full_row_becomes_a_decision_with_an_iso_date(read):
    decisions, problems = read(f"{HEADER}\nnote:n1;æ;valgt;hvem;Støttes av alle;Gruppen;06.05.2025\n")
    assert decisions == [Decision("note:n1", "chosen", "Støttes av alle", "Gruppen", "2025-05-06", "hvem")]
    assert problems == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_excel_saves_is_read(read, encoding, delimiter, ends):
    rows = [HEADER, 'code:håp;"å";Valgt;;"Én linje\nog én til";Gruppen;2025-05-06 00:00', ";;;;;;"]
    text = ends.join(rows).replace(";", delimiter)
    decisions, problems = read(text.encode(encoding))
    assert decisions == [Decision("code:håp", "chosen", "Én linje\nog én til", "Gruppen", "2025-05-06")]
    assert problems == []


def test_a_file_that_would_be_garbled_is_refused_whole(read):
    with pytest.raises(KafeError, match=r"Tegnkodingen.*UTF-8"):
        read(f"{HEADER}\nn1;æ;valgt;;Færre følger på råd;Åge;6.5.2025\n".encode("mac_roman"))


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("6.5.2025", "2025-05-06"),
        ("06.05.25", "2025-05-06"),
        ("6/5/2025", "2025-05-06"),
        ("2025-05-06T12:00", "2025-05-06"),
        ("31.02.2025", ""),
        ("mai", ""),
        ("06.05.20255", ""),
    ],
)
def test_dates_are_read_day_first(read, written, iso):
    decisions, problems = read(f"{HEADER}\nn1;;valgt;;grunn;vi;{written}\n")
    assert decisions[0].at == iso
    assert [problem.severity for problem in problems] == ([] if iso else ["remark"])


def test_bad_rows_are_listed_by_row_with_a_remedy_and_good_rows_kept(read):
    decisions, problems = read(
        f"{HEADER}\nnote:n9;;valgt;;a;b;2025-01-01\ncode:n1;;valgt;;a;b;2025-01-01\n"
        "note:n1;;kanskje;;a;b;2025-01-01\n;;;;;;\nn2;;parkert;;a;b;2025-01-01\n"
    )
    assert [decision.target for decision in decisions] == ["note:n2"]
    assert [(problem.place, problem.severity) for problem in problems] == [
        (f"rad {row}", "entry") for row in (2, 3, 4)
    ]
    assert "«note:n9»" in problems[0].message
    assert "«kanskje»" in problems[2].message
    assert "valgt, parkert eller videre" in problems[2].remedy


def test_a_decision_without_reason_person_or_known_element_is_kept_and_listed(read):
    decisions, problems = read(f"{HEADER}\nn1;;videre;tull;;;2025-01-01\n", pilot=PILOT)
    assert decisions == [Decision("note:n1", "passed_on", "", "", "2025-01-01", "")]
    assert len(problems) == 3
    assert all(problem.severity == "remark" for problem in problems)
    assert "Bruk en av: hvem" in problems[0].remedy


def test_nynorsk_and_the_long_form_of_videre_are_understood(read):
    decisions, _ = read(
        "mål;avgjerd;grunngjeving;kven;dato\nkode:bolig;Vidare  til anna prosjekt;a;b;1.1.2025\n"
    )
    assert decisions == [Decision("code:bolig", "passed_on", "a", "b", "2025-01-01")]


def test_no_file_and_an_empty_file_are_no_decisions(read, tmp_path):
    assert read_decisions(tmp_path / "finnes-ikke.csv", NOTES, CODEBOOK) == ([], [])
    assert read("") == ([], [])
    assert read(HEADER) == ([], [])


def test_a_missing_column_is_named_with_the_header_to_use(read):
    with pytest.raises(
        KafeError, match=r"beslutninger\.csv, rad 1: Mangler kolonnen «beslutning».*mål;sitat"
    ):
        read("mål;dato\nn1;2025-01-01\n")


def test_an_open_quote_spoils_its_own_row_only(read):
    decisions, (problem,) = read(f'{HEADER}\nn1;"æ;valgt;;a;b;2025-01-01\nn2;;valgt;;a;b;2025-01-01\n')
    assert [decision.target for decision in decisions] == ["note:n2"]
    assert (problem.place, problem.severity) == ("rad 2", Severity.ENTRY)


@given(st.binary(max_size=300))
def test_any_bytes_after_the_header_give_rows_or_a_clear_error(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("d") / "beslutninger.csv"
    path.write_bytes(HEADER.encode() + b"\n" + content + b"\nnote:n1;;valgt;;a;b;2025-01-01\n")
    try:
        decisions, problems = read_decisions(path, NOTES, CODEBOOK)
    except KafeError as error:
        assert error.file == "beslutninger.csv"
    else:
        assert len(decisions) + len(problems) > 0
