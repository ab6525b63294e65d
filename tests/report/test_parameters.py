"""What a notebook accepts, and what it says when it gets something else."""

from pathlib import Path

import pytest

from kafe.records import KafeError
from kafe.report.parameters import cell_parameters, check, notebook_parameters, parse_parameters

SMALL = Path(__file__).parent / "notebooks" / "liten.ipynb"
KNOWN = cell_parameters(
    "antall: int = 2\nterskel = 0.5\nord = 'a'\nvis = True\nliste = []\nfri = None\nsti = f()"
)


def test_parameters_have_names_defaults_and_types():
    found = notebook_parameters(SMALL)
    assert [(p.name, p.default, p.type) for p in found.values()] == [
        ("antall", "2", int),
        ("terskel", "0.5", float),
        ("ord", "'kafé'", str),
        ("vis", "True", bool),
        ("grupper", "['bruker']", list),
        ("utvalg", "None", None),
    ]


def test_an_unknown_parameter_is_an_error_that_lists_the_valid_ones():
    with pytest.raises(KafeError) as caught:
        check("liten.ipynb", KNOWN, {"antal": 3})
    assert str(caught.value) == (
        "liten.ipynb: Ukjent parameter «antal». Gyldige parametere: antall, terskel, ord, vis, liste, fri, sti."
    )


def test_a_notebook_without_parameters_says_so():
    with pytest.raises(KafeError, match="Notatboken har ingen parametere"):
        check("liten.ipynb", {}, {"antall": 3})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("antall", "3"),
        ("antall", 2.5),
        ("antall", True),
        ("ord", 3),
        ("vis", 1),
        ("liste", "a"),
        ("terskel", None),
    ],
)
def test_a_value_of_another_type_is_an_error_that_tells_the_default(name, value):
    with pytest.raises(KafeError, match=f"Parameteren «{name}» skal være .* Standardverdien er"):
        check("liten.ipynb", KNOWN, {name: value})


def test_values_that_fit_pass():
    check(
        "n",
        KNOWN,
        {"antall": 3, "terskel": 1, "ord": "", "vis": False, "liste": ("a",), "fri": 3, "sti": "x"},
    )


def test_typed_texts_become_the_types_of_the_notebook():
    texts = {
        "antall": "4",
        "terskel": "0,3",
        "ord": "3",
        "vis": "nei",
        "grupper": "bruker, frivillig",
        "utvalg": "a",
    }
    assert parse_parameters(SMALL, texts) == {
        "antall": 4,
        "terskel": 0.3,
        "ord": "3",
        "vis": False,
        "grupper": ["bruker", "frivillig"],
        "utvalg": "a",
    }


@pytest.mark.parametrize(("name", "text"), [("antall", "fire"), ("terskel", "høy"), ("vis", "kanskje")])
def test_a_typed_text_of_another_type_is_an_error(name, text):
    with pytest.raises(KafeError, match=f"«{name}» skal være"):
        parse_parameters(SMALL, {name: text})


def test_an_unknown_typed_name_is_an_error():
    with pytest.raises(KafeError, match="Ukjent parameter «antal»"):
        parse_parameters(SMALL, {"antal": "1"})


def test_a_missing_or_broken_notebook_is_named(tmp_path):
    with pytest.raises(KafeError, match=r"^borte.ipynb: Finner ikke notatboken"):
        notebook_parameters(tmp_path / "borte.ipynb")
    for number, content in enumerate(["", "ikke json", "[]", "{}", '{"cells": 3, "nbformat": 4}']):
        broken = tmp_path / f"ødelagt-{number}.ipynb"
        broken.write_text(content, encoding="utf-8")
        with pytest.raises(KafeError, match="kan ikke leses"):
            notebook_parameters(broken)


def test_a_parameters_cell_that_is_not_python_names_its_line():
    with pytest.raises(KafeError, match="parametercellen, linje 2: Cellen er ikke gyldig Python"):
        cell_parameters("a = 1\nb = = 2")
