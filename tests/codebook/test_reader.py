"""Reading kodebok.yaml: what comes out, and that each mistake is located by file, line and key."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafe.codebook.reader import codebook_table, examine_text, load_codebook
from kafe.records import KafeError

GOOD = """\
tittel: Prøvebok
koder:
  - id: kjennetegn
    navn: Kjennetegn
    kodbar: false
    farge: "#b03a2e"
    koder:
      - id: bolig-ustabil
        navn: Ustabil bolig
        definisjon: Mangler fast bolig.
        ta_med:
          - hospits
        ikke_ta_med:
          - bolig som tiltak
        eksempler:
          - Har ikke bolig.
        mønstre:
          - bolig|bustad
      - id: økonomi
        navn: Økonomi
        farge: "#0072B2"
  - id: håp
    navn: Håp
"""


def load(folder: Path, text: str):
    path = folder / "kodebok.yaml"
    path.write_text(text, encoding="utf-8")
    return load_codebook(path)


def failure(folder: Path, text: str) -> KafeError:
    with pytest.raises(KafeError) as caught:
        load(folder, text)
    assert caught.value.file == "kodebok.yaml"
    assert caught.value.remedy
    return caught.value


def test_the_tree_keeps_order_parents_and_fields(tmp_path):
    book = load(tmp_path, GOOD)
    assert book.title == "Prøvebok"
    assert [(code.id, code.parent, code.codable) for code in book.codes] == [
        ("kjennetegn", "", False),
        ("bolig-ustabil", "kjennetegn", True),
        ("økonomi", "kjennetegn", True),
        ("håp", "", True),
    ]
    housing = book["bolig-ustabil"]
    assert housing.include == ("hospits",)
    assert housing.exclude == ("bolig som tiltak",)
    assert housing.examples == ("Har ikke bolig.",)
    assert housing.patterns == ("bolig|bustad",)


def test_colour_is_inherited_unless_given(tmp_path):
    book = load(tmp_path, GOOD)
    assert [code.colour for code in book.codes] == ["#B03A2E", "#B03A2E", "#0072B2", "#595959"]


def test_version_ignores_layout_comments_and_title(tmp_path):
    changed = "# merknad\n" + GOOD.replace("Prøvebok", "Ny tittel").replace(
        "ta_med:\n          - hospits", "ta_med: [hospits]", 1
    )
    assert load(tmp_path, changed).version == load(tmp_path, GOOD).version


@pytest.mark.parametrize("old", ["Mangler fast bolig.", "hospits", "bolig|bustad", "#0072B2"])
def test_version_changes_with_content(tmp_path, old):
    assert (
        load(tmp_path, GOOD.replace(old, "#0072B3" if old[0] == "#" else "annet")).version
        != load(tmp_path, GOOD).version
    )


def test_values_that_yaml_would_take_for_something_else_stay_text(tmp_path):
    book = load(tmp_path, "koder:\n  - id: '112'\n    navn: no\n    mønstre: [24, 2025-05-06]\n")
    assert book.codes[0].name == "no"
    assert book.codes[0].patterns == ("24", "2025-05-06")


def test_empty_values_count_as_missing(tmp_path):
    assert (
        load(tmp_path, "koder:\n  - id: a\n    navn: A\n    mønstre:\n    koder:\n").codes[0].patterns == ()
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ('farge: "#b03a2e"', "farge: rød", 6, "farge"),
        ("navn: Kjennetegn", "navn:", 3, "navn"),
        ("    navn: Kjennetegn\n", "", 3, "navn"),
        ("id: økonomi", "id: bolig-ustabil", 19, "id"),
        ("id: økonomi", "id: Økonomi og gjeld", 19, "id"),
        ("definisjon:", "definition:", 10, "definition"),
        ("ta_med:\n          - hospits", "ta_med: hospits", 11, "ta_med"),
        ("- hospits", "- hospits: ja", 12, "ta_med"),
        ("- bolig|bustad", "- bolig||bustad", 18, "mønstre"),
        ("kodbar: false", "kodbar: kanskje", 5, "kodbar"),
        ("    kodbar: false\n", "    kodbar: false\n    mønstre: [bolig]\n", 6, "mønstre"),
        ("        navn: Økonomi\n", "        navn: Økonomi\n        navn: Penger\n", 21, "navn"),
        ("tittel: Prøvebok", "tittel: [Prøvebok]", 1, "tittel"),
    ],
)
def test_a_mistake_is_located_by_line_and_key(tmp_path, old, new, line, key):
    assert old in GOOD
    assert failure(tmp_path, GOOD.replace(old, new, 1)).place == f"linje {line}, nøkkel «{key}»"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("koder:\n  - id: a\n   navn: b\n", "linje 3"),
        ('koder:\n  - id: "a\n', "linje 3"),
        ("koder:\n\t- id: a\n", "linje 2"),
        ("koder:\n  - bare tekst\n", "linje 2"),
        ("- id: a\n", "linje 1"),
        ("koder: []\n", "linje 1, nøkkel «koder»"),
        ("tittel: Uten koder\n", "linje 1, nøkkel «koder»"),
        ("koder:\n  - id: a\n    navn: \x07\n", "linje 3"),
        ("", ""),
        ("# bare en kommentar\n", ""),
    ],
)
def test_a_file_that_is_no_codebook_says_where(tmp_path, text, place):
    assert failure(tmp_path, text).place == place


def test_a_duplicate_id_names_the_first_line(tmp_path):
    assert "linje 8" in failure(tmp_path, GOOD.replace("id: økonomi", "id: bolig-ustabil")).message


def test_codes_that_contain_themselves_are_refused(tmp_path):
    assert failure(tmp_path, "koder: &a\n  - id: a\n    navn: A\n    koder: *a\n")


def test_missing_and_wrongly_encoded_files_are_explained(tmp_path):
    with pytest.raises(KafeError, match="Fant ikke"):
        load_codebook(tmp_path / "kodebok.yaml")
    (tmp_path / "kodebok.yaml").write_bytes("koder: å".encode("cp1252"))
    with pytest.raises(KafeError, match="UTF-8"):
        load_codebook(tmp_path / "kodebok.yaml")


def test_no_python_object_is_made_from_a_tag(tmp_path):
    failure(tmp_path, "koder: !!python/object/apply:os.getcwd []\n")


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet="abkoder:id navn-#[]{}&*!|>\"'\n\t åøæ", max_size=120)
    | st.text(max_size=80).map(lambda text: f"koder:\n  - id: a\n    navn: {text}\n")
)
def test_any_text_is_either_a_codebook_or_a_located_error(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("bok") / "kodebok.yaml"
    path.write_text(text, encoding="utf-8", errors="replace")
    try:
        assert load_codebook(path).codes
    except KafeError as error:
        assert error.file == "kodebok.yaml"


def test_the_table_has_a_row_for_each_code_with_its_path(tmp_path):
    rows = codebook_table(load(tmp_path, GOOD))
    assert [row["path"] for row in rows][:2] == ["Kjennetegn", "Kjennetegn › Ustabil bolig"]
    assert [row["level"] for row in rows] == [0, 1, 1, 0]
    assert rows[1]["include"] == "hospits"


def test_counterexamples_owner_and_status_are_read(tmp_path):
    text = GOOD.replace(
        "- Har ikke bolig.\n", "- Har ikke bolig.\n        moteksempler: [Fin bolig.]\n        eier: Kari\n"
    )
    text += "    status: utgått\n"
    book = load(tmp_path, text)
    assert (book["bolig-ustabil"].counterexamples, book["bolig-ustabil"].owner) == (("Fin bolig.",), "Kari")
    assert [code.status for code in book.codes] == ["active", "active", "active", "retired"]
    row = codebook_table(book)[-1]
    assert (row["status"], row["owner"], row["counterexamples"]) == ("utgått", "", "")


@pytest.mark.parametrize(
    ("line", "key"), [("status: borte", "status"), ("eier: [a]", "eier"), ("moteksempler: a", "moteksempler")]
)
def test_mistakes_in_the_new_fields_are_located(tmp_path, line, key):
    error = failure(tmp_path, GOOD + f"    {line}\n")
    assert error.place == f"linje 24, nøkkel «{key}»"


@pytest.mark.parametrize(
    ("key", "guess"),
    [("moteksempel", "moteksempler"), ("defnisjon", "definisjon"), ("ikke ta med", "ikke_ta_med")],
)
def test_a_misspelt_key_gets_a_guess(tmp_path, key, guess):
    assert f"Mente du «{guess}»?" in failure(tmp_path, GOOD + f"    {key}: x\n").message


def test_everything_malformed_is_found_at_once_and_the_rest_is_read():
    text = (
        GOOD.replace('farge: "#b03a2e"', "farge: rød")
        .replace("- bolig|bustad", "- bolig||")
        .replace("id: håp", "id: Å!")
    )
    book, faults = examine_text(text)
    assert [fault.place.split(",")[0] for fault in faults] == ["linje 6", "linje 18", "linje 22"]
    assert [code.id for code in book.codes] == ["kjennetegn", "bolig-ustabil", "økonomi"]


def test_codes_that_multiply_by_references_end_in_a_list_of_faults():
    lines = ["koder:", "  - &a0 {id: a, navn: A}"]
    lines += [
        f"  - &a{n} {{id: a, navn: A, koder: [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]}}"
        for n in range(1, 9)
    ]
    assert 0 < len(examine_text("\n".join(lines))[1]) <= 210
