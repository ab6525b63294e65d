"""Short texts: ids made of them, their order, and cutting."""

import pytest

from kafe.strings import ascii_slug, cut_at_word, natural_key, shortened, slug


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Økt bruk, av tilbud!", "økt-bruk-av-tilbud"),
        (" Rus & psykisk  helse ", "rus-psykisk-helse"),
        ("a\u030apen_dør", "åpen-dør"),
        ("Å/Æ_b", "å-æ-b"),
        ("😀", "kode"),
        ("!!", "kode"),
        ("", "kode"),
        ("x" * 59 + " y", "x" * 59),
    ],
)
def test_an_id_of_a_text_keeps_norwegian_letters(text: str, made: str) -> None:
    assert slug(text, "kode") == made


def test_an_ascii_id_has_neither_accents_nor_norwegian_letters() -> None:
    assert ascii_slug("Hva er på gang, André? Ærlig: nødt") == "hva-er-pa-gang-andre-aerlig-nodt"
    assert ascii_slug("…") == ""


def test_numbers_inside_texts_are_ordered_as_numbers() -> None:
    assert sorted(["bord 10", "Bord 9", "bord 9b", ""], key=natural_key) == [
        "",
        "Bord 9",
        "bord 9b",
        "bord 10",
    ]


def test_a_text_is_cut_only_where_it_is_too_long() -> None:
    assert (shortened("bolig", 5), shortened("boliger", 5)) == ("bolig", "boli…")


def test_a_long_text_is_cut_after_a_whole_word_on_one_line() -> None:
    assert cut_at_word("Bolig\n  først, så jobb", 14) == "Bolig først, …"
    assert cut_at_word("Bolig\n  først", 11) == "Bolig først"
