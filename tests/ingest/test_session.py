"""`session.toml`: what is wrong is named, and the rest is kept."""

import pytest


def with_good_file(project):
    """Read the project after adding a good file, which must always come through."""
    project.put("god.csv", project.csv_bytes([["Innspill"], ["god"]]))
    found = project.read()
    assert "god" in [note.text for note in found.notes]
    for problem in found.problems:
        assert problem.message.strip() and problem.remedy.strip()
    return found


def test_malformed_session_toml_names_line_and_key_and_keeps_the_rest(project) -> None:
    project.session(
        toml='title = "Kafe"\ndate = 2025-05-06\nkind = kafedialog\ngroup = "bruker"\n[questions]\nhvem = "Hvem?"\n'
    )
    found = with_good_file(project)
    (problem,) = found.problems
    assert (problem.file, problem.place) == ("kafe-1/session.toml", "linje 3, nøkkel «kind»")
    session = found.sessions[0]
    assert (session.title, session.date, session.group, session.questions) == (
        "Kafe",
        "2025-05-06",
        "bruker",
        {"hvem": "Hvem?"},
    )


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ('kind = "kaffe"', "nøkkel «kind»"),
        ('date = "i går"', "nøkkel «date»"),
        ("title = 3", "nøkkel «title»"),
        ('tittel = "x"', "nøkkel «tittel»"),
        ('[columns]\n"A" = "tekst"', "nøkkel «columns.A»"),
        ("[questions]\na = 1.5", "nøkkel «questions.a»"),
        ('questions = "x"', "nøkkel «questions»"),
    ],
)
def test_a_wrong_value_in_session_toml_names_its_key(project, line: str, place: str) -> None:
    project.session(toml=line + "\n")
    assert [problem.place for problem in with_good_file(project).problems] == [place]


def test_a_missing_session_toml_gives_defaults(project) -> None:
    (project.raw / "ny").mkdir()
    project.put("a.csv", "Innspill\nen\n", session="ny")
    found = project.read()
    assert (found.sessions[0].title, found.sessions[0].kind) == ("ny", "fritekst")
    assert found.problems[0].file == "ny/session.toml"
