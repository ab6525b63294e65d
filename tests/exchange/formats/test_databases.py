"""Codes in the databases of QualCoder and Taguette, which are opened for reading only."""

import sqlite3

import pytest

from kafe.exchange.records import Incoming
from kafe.records import KafeError

TREE = {"rød": "", "bolig": "rød", "uklart-ansvar": "rød"}


def tree(foreign: Incoming) -> dict[str, str]:
    return {code.id: code.parent for code in foreign.codes.codes}


QUALCODER = """
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
 color text{extra});
INSERT INTO code_cat VALUES (1, 'Rød', 'kari', '', 'Overskrift', NULL), (2, 'Hjem', 'kari', '', '', 1);
INSERT INTO code_name (cid, name, memo, catid, owner, date, color) VALUES
 (1, 'Bolig', 'Mangler bolig', 2, 'per', '', '#B03A2E'), (2, 'Håp', '', NULL, 'per', '', 'red');
"""


@pytest.fixture
def qda(tmp_path):
    folder = tmp_path / "prosjekt.qda"
    folder.mkdir()
    with sqlite3.connect(folder / "data.qda") as connection:
        connection.executescript(QUALCODER.format(extra=", supercid integer"))
        connection.execute("INSERT INTO code_name VALUES (3, 'Hospits', '', 2, 'per', '', '', 1)")
    connection.close()
    return folder


@pytest.mark.parametrize("name", ["", "data.qda"])
def test_a_qualcoder_project_is_read_with_categories_as_headings(qda, name, codes_in):
    before = (qda / "data.qda").read_bytes()
    found = codes_in(qda / name if name else qda)
    assert [(code.id, code.parent, code.codable) for code in found.codes.codes] == [
        ("rød", "", False),
        ("hjem", "rød", False),
        ("bolig", "hjem", True),
        ("håp", "", True),
        ("hospits", "bolig", True),
    ]
    housing = found.codes.codes[2]
    assert (housing.definition, housing.colour, housing.owner) == ("Mangler bolig", "#B03A2E", "per")
    assert (qda / "data.qda").read_bytes() == before


@pytest.fixture
def taguette(tmp_path):
    path = tmp_path / "taguette.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "CREATE TABLE projects (id integer primary key, name text, description text);"
            "CREATE TABLE tags (id integer primary key, project_id integer, path text, description text);"
            "INSERT INTO projects VALUES (1, 'Kafé', ''), (2, 'Annet', '');"
            "INSERT INTO tags VALUES (1, 1, 'Rød', ''), (2, 1, 'Rød/Bolig', 'x'), (3, 1, 'Rød/Uklart ansvar', ''),"
            " (4, 2, 'interesting', '');"
        )
    connection.close()
    return path


def test_a_taguette_database_is_read_by_project(taguette, codes_in):
    assert tree(codes_in(taguette, within="Kafé")) == TREE
    with pytest.raises(KafeError, match="«Kafé», «Annet»"):
        codes_in(taguette)
