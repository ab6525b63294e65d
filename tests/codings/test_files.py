"""Reading human codings: good rows become events, bad rows are listed with place and remedy."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafe.codings.files import Finished, codes_in_files, read_codings
from kafe.pilot.decisions import read_decisions
from kafe.records import Code, Codebook, Note, Severity, text_hash

SECRET = "Mangler bolig, mangler penger.\nRuser seg når bolig mangler."
NOTES = {
    "n1": Note("n1", "kafe", "kafedialog", SECRET),
    "n2": Note("n2", "kafe", "kafedialog", "Ha ei plan – òg på natt 😀 ja."),
}
BOOK = Codebook((Code("rød", "Rød", codable=False), Code("bolig", "Bolig", "rød"), Code("rus", "Rus")), "v1")
HEADER = "innspill;sitat;kode;koder;tidspunkt;memo\n"
TIME = "2025-05-06T12:30:00"


def write(folder: Path, rows: str, name: str = "kari.csv", encoding: str = "utf-8-sig") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes((HEADER + rows).encode(encoding))
    return folder


def read(folder: Path, rows: str, **options: str):
    return read_codings(write(folder, rows, **options), NOTES, BOOK)


def test_a_quote_becomes_a_span_of_the_note(tmp_path):
    codings, finished, problems = read(tmp_path, f"n2;òg på natt 😀;bolig;Kari;{TIME};viktig\n")
    (coding,) = codings
    assert NOTES["n2"].text[coding.start : coding.end] == coding.quote == "òg på natt 😀"
    assert (coding.code, coding.coder, coding.at, coding.memo) == ("bolig", "Kari", TIME, "viktig")
    assert coding.text_hash == text_hash(NOTES["n2"].text)
    assert (coding.action, coding.codebook_version) == ("add", "v1")
    assert (finished, problems) == ([], [])


def test_an_empty_quote_is_the_whole_note(tmp_path):
    (coding,), _, problems = read(tmp_path, f"n1;;rus;Kari;{TIME};\n")
    assert (coding.start, coding.end, coding.quote) == (0, len(SECRET), SECRET)
    assert not problems


def test_an_empty_code_means_that_the_coder_finished_the_note(tmp_path):
    codings, finished, problems = read(tmp_path, f"n1;;;Kari;{TIME};\nn2;;;Kari;{TIME};\n")
    assert finished == [Finished("Kari", "n1", TIME), Finished("Kari", "n2", TIME)]
    assert (codings, problems) == ([], [])


def test_coding_a_note_does_not_finish_it(tmp_path):
    assert read(tmp_path, f"n1;;rus;Kari;{TIME};\n")[1] == []


@pytest.mark.parametrize(
    "quote", ["o\u0300g på natt", '"\ufeff òg på natt "', "òg\u00a0på natt"], ids=["nfd", "bom", "nbsp"]
)
def test_a_quote_is_found_after_normalisation(tmp_path, quote):
    (coding,), _, problems = read(tmp_path, f"n2;{quote};bolig;Kari;{TIME};\n")
    assert coding.quote == "òg på natt"
    assert not problems


def test_a_quote_over_a_line_break_is_found_in_a_crlf_file(tmp_path):
    (coding,), _, _ = read(tmp_path, f'n1;"penger.\r\nRuser";rus;Kari;{TIME};\r\n')
    assert coding.quote == "penger.\nRuser"


def test_a_quote_in_several_places_takes_the_first_and_says_so(tmp_path):
    (coding,), _, (problem,) = read(tmp_path, f"n1;bolig;bolig;Kari;{TIME};\n")
    assert coding.start == SECRET.index("bolig")
    assert (problem.file, problem.place, problem.severity) == ("kari.csv", "rad 2", "remark")
    assert "2 steder" in problem.message


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (f"n9;bolig;bolig;Kari;{TIME};", "n9"),
        (f";bolig;bolig;Kari;{TIME};", "Ingen innspill"),
        (f"n1;penger;vold;Kari;{TIME};", "vold"),
        (f"n1;penger;rød;Kari;{TIME};", "overskrift"),
        (f"n1;Mangler gull;bolig;Kari;{TIME};", "Sitatet finnes ikke"),
        (f"n1;penger;;Kari;{TIME};", "ingen kode"),
        (f"n1;penger;bolig;rule:abc;{TIME};", "maskin"),
        (f"n9;;;Kari;{TIME};", "n9"),
    ],
)
def test_a_bad_row_is_listed_and_the_good_ones_kept(tmp_path, row, says):
    good = f"n1;penger;bolig;Kari;{TIME};\n"
    codings, finished, (problem,) = read(tmp_path, f"{good}{row}\nn2;;rus;Kari;{TIME};\n")
    assert [coding.note_id for coding in codings] == ["n1", "n2"]
    assert not finished
    assert (problem.file, problem.place, problem.severity) == ("kari.csv", "rad 3", "entry")
    assert says in problem.message
    assert problem.remedy


def test_problems_never_repeat_the_text_of_a_note_or_quote(tmp_path):
    rows = f"n1;Mangler gull;bolig;Kari;{TIME};\nn1;bolig;bolig;Kari;i går;\nn1;penger;;Kari;{TIME};\n"
    for problem in read(tmp_path, rows)[2]:
        assert not {"gull", "penger", "i går"} & set((problem.message + problem.remedy).split())


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2025-05-06", "2025-05-06T00:00:00"),
        ("06.05.2025 12:30", TIME),
        ("2025-05-06T12:30:00+02:00", TIME + "+02:00"),
    ],
)
def test_times_are_read_as_iso_or_as_excel_writes_them(tmp_path, written, read_as):
    assert read(tmp_path, f"n1;penger;bolig;Kari;{written};\n")[0][0].at == read_as


@pytest.mark.parametrize("written", ["", "tirsdag", "99.99.2025"])
def test_a_row_without_a_readable_time_is_kept_and_listed(tmp_path, written):
    codings, _, (problem,) = read(tmp_path, f"n1;penger;bolig;Kari;{written};\n")
    assert codings[0].at == ""
    assert problem.severity == "remark"


def test_reading_again_gives_the_same_events_whatever_order_and_files(tmp_path):
    first = f"n1;penger;bolig;Kari;{TIME};\n"
    second = f"n2;;rus;Ola;{TIME};\n"
    one = read(tmp_path / "a", first + second)[0]
    other = read_codings(
        write(write(tmp_path / "b", second, name="a.csv"), first, name="b.csv"), NOTES, BOOK
    )[0]
    assert one == other
    assert len({coding.id for coding in one}) == 2


def test_equal_rows_become_one_event_and_are_listed(tmp_path):
    row = f"n1;penger;bolig;Kari;{TIME};\n"
    codings, _, (problem,) = read(tmp_path, row + row)
    assert len(codings) == 1
    assert problem.place == "rad 3"


def test_the_name_of_the_file_is_the_coder_where_the_column_is_empty(tmp_path):
    assert read(tmp_path, f"n1;penger;bolig;;{TIME};\n", name="siri.csv")[0][0].coder == "siri"


def test_windows_encoding_and_other_delimiters_are_read(tmp_path):
    text = f"Innspill,Sitat,Kode,Koder,Tidspunkt\nn2,på natt,bolig,Åse,{TIME}\n"
    (tmp_path / "x.csv").write_bytes(text.encode("cp1252"))
    (coding,), _, problems = read_codings(tmp_path, NOTES, BOOK)
    assert (coding.coder, coding.quote) == ("Åse", "på natt")
    assert not problems


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "cp1252"])
def test_one_file_is_read_alike_as_codings_and_as_decisions(tmp_path, encoding):
    text = "innspill;sitat;kode;koder;tidspunkt;mål;beslutning;begrunnelse;hvem;dato\r\n"
    text += f"n2;på natt;bolig;Åse;{TIME};n2;valgt;Nær nå;Åse;06.05.2025\r\n"
    path = tmp_path / "x.csv"
    path.write_bytes(text.encode(encoding))
    (coding,), _, problems = read_codings(tmp_path, NOTES, BOOK)
    assert (coding.coder, coding.quote, problems) == ("Åse", "på natt", [])
    (decision,), problems = read_decisions(path, NOTES.values(), BOOK)
    assert (decision.target, decision.who, decision.reason, problems) == ("note:n2", "Åse", "Nær nå", [])


def test_a_file_that_would_be_garbled_is_listed_and_the_others_are_read(tmp_path):
    write(tmp_path, f"n1;penger;bolig;Kari;{TIME};\n")
    (tmp_path / "mac.csv").write_bytes(f"{HEADER}n2;på natt;bolig;Åge;{TIME};sårt".encode("mac_roman"))
    codings, _, (problem,) = read_codings(tmp_path, NOTES, BOOK)
    assert [coding.coder for coding in codings] == ["Kari"]
    assert (problem.file, problem.place, problem.severity) == ("mac.csv", "linje 2", Severity.ENTRY)
    assert "UTF-8" in problem.remedy
    assert codes_in_files(tmp_path) == [("kari.csv", 2, "bolig")]


def test_an_open_quote_spoils_its_own_row_only(tmp_path):
    codings, _, (problem,) = read(tmp_path, f'n1;"penger;rus;Kari;{TIME};\nn2;på natt;rus;Kari;{TIME};\n')
    assert [coding.quote for coding in codings] == ["på natt"]
    assert (problem.place, problem.severity) == ("rad 2", Severity.ENTRY)


def test_blank_rows_and_missing_last_cells_are_no_problem(tmp_path):
    codings, _, problems = read(tmp_path, f"\n;;;;;\nn1;penger;bolig;Kari;{TIME}\n")
    assert len(codings) == 1
    assert not problems


@pytest.mark.parametrize(
    ("content", "row"),
    [(b"", 1), (b"innspill;kode\nn1;rus\n", 1), (HEADER.encode() + b'n1;"penger;rus\n', 2)],
)
def test_a_file_that_cannot_be_read_is_listed_and_the_others_read(tmp_path, content, row):
    write(tmp_path, f"n1;penger;bolig;Kari;{TIME};\n")
    (tmp_path / "a.csv").write_bytes(content)
    codings, _, (problem,) = read_codings(tmp_path, NOTES, BOOK)
    assert len(codings) == 1
    assert (problem.file, problem.place) == ("a.csv", f"rad {row}")


def test_a_row_with_a_stray_quotation_mark_does_not_take_the_others_with_it(tmp_path):
    rows = f'n1;"penger"!;rus;Kari;{TIME};\nn1;penger;bolig;Kari;{TIME};\nn9;;;Kari;{TIME};\n'
    codings, _, problems = read(tmp_path, rows)
    assert [coding.code for coding in codings] == ["bolig"]
    assert [problem.place for problem in problems] == ["rad 2", "rad 4"]


def test_a_missing_folder_holds_no_codings(tmp_path):
    assert read_codings(tmp_path / "kodinger", NOTES, BOOK) == ([], [], [])


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.text(alphabet='n12;"\n\r bolig', max_size=80).map(str.encode))
def test_any_bytes_are_read_without_breaking(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("kodinger")
    (folder / "x.csv").write_bytes(HEADER.encode() + content)
    for coding in read_codings(folder, NOTES, BOOK)[0]:
        assert NOTES[coding.note_id].text[coding.start : coding.end] == coding.quote
