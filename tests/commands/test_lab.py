"""JupyterLab serves the project it was called for, never what lies in the installation."""

import pytest

from kafe.commands import lab
from kafe.commands.new_project import init_project, new_id
from kafe.flow.project import Project
from kafe.records import KafeError


def test_options_name_notebook_port_and_browser(tmp_path):
    init_project(tmp_path / "gruppe")
    project = Project(tmp_path / "gruppe")
    assert lab.lab_options(project) == []
    assert lab.lab_options(project, "02-koding", browser=False, port=9999) == [
        "--no-browser",
        "--port=9999",
        "--LabApp.default_url=/lab/tree/02-koding.ipynb",
    ]
    with pytest.raises(KafeError, match="02-kode"):
        lab.lab_options(project, "02-kode")


def test_the_folder_that_is_served_is_the_projects_own_and_asks_the_network_for_nothing(tmp_path):
    command = lab.lab_command(tmp_path)
    assert command[command.index("--notebook-dir") + 1] == str(tmp_path)
    assert "--LabApp.news_url=None" in command


def test_two_projects_in_folders_of_one_name_have_ids_of_their_own(tmp_path):
    for parent in ("a", "b"):
        init_project(tmp_path / parent / "Vår gruppe")
    ids = {Project(tmp_path / parent / "Vår gruppe").settings.project.id for parent in ("a", "b")}
    assert len(ids) == 2 and all(one.startswith("v-r-gruppe-") for one in ids)
    assert new_id("***").startswith("prosjekt-")


def test_a_new_project_claims_nothing_that_nobody_chose(tmp_path):
    from kafe.ingest import read_project

    init_project(tmp_path / "gruppe")
    (tmp_path / "gruppe/data/raw/kafe-1/bord-1.md").write_text(
        "# Bord 1\n- Mer samarbeid\n", encoding="utf-8"
    )
    found = read_project(tmp_path / "gruppe/data/raw")
    [session], [note] = found.sessions, found.notes
    assert (session.date, session.group, session.questions, session.groups) == ("", "", {}, {})
    assert (note.group, note.question, note.date) == ("", "", "")
