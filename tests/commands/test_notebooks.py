"""A project's own notebooks: copied, renewed when nobody has edited them, never overwritten when somebody has."""

import json
from pathlib import Path

import pytest

from kafe.commands.new_project import init_project
from kafe.commands.notebooks import own_notebooks, update_notebooks
from kafe.flow import notebooks
from kafe.flow.project import Project


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project made by `kafe init`."""
    init_project(tmp_path / "gruppe")
    return tmp_path / "gruppe"


def edit(notebook: Path, source: str, *, stamp: bool = False) -> None:
    """Change the first cell; with `stamp` as if kafe had copied it so, an earlier kafe's copy."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    content["cells"][0]["source"] = [source]
    notebook.write_text(json.dumps(content), encoding="utf-8")
    if stamp:
        content["metadata"]["kafe"]["copied"] = notebooks.content_of(notebook)
        notebook.write_text(json.dumps(content), encoding="utf-8")


def states(folder: Path) -> dict[str, str]:
    return {one.name: one.state for one in update_notebooks(folder)}


def test_a_new_project_has_notebooks_of_its_own_equal_to_those_that_come_along(root: Path) -> None:
    own = notebooks.own_notebooks(Project(root))
    assert [path.name for path in own] == [
        path.name for path in sorted(notebooks.bundled_notebooks().glob("[0-9]*"))
    ]
    assert set(states(root / "notebooks").values()) == {"current"}
    assert notebooks.notebooks_folder(Project(root)) == root / "notebooks"


def test_an_edited_notebook_is_kept_and_what_differs_is_shown(root: Path) -> None:
    mine = root / "notebooks/04-temaer.ipynb"
    edit(mine, "# Våre temaer")
    before = mine.read_bytes()
    [kept] = [one for one in update_notebooks(root / "notebooks") if one.state != "current"]
    assert (kept.name, kept.state) == ("04-temaer.ipynb", "kept")
    assert "-# Våre temaer" in kept.changes
    assert mine.read_bytes() == before


def test_a_copy_of_an_earlier_kafe_that_nobody_has_edited_is_renewed(root: Path) -> None:
    old = root / "notebooks/04-temaer.ipynb"
    edit(old, "# Fra forrige versjon", stamp=True)
    [found] = notebooks.find_notebooks(Project(root), ["04-temaer"])
    assert found == notebooks.bundled_notebooks() / "04-temaer.ipynb"
    assert states(root / "notebooks")["04-temaer.ipynb"] == "updated"
    assert notebooks.find_notebooks(Project(root), ["04-temaer"]) == [old]


def test_a_notebook_that_was_deleted_comes_back(root: Path) -> None:
    (root / "notebooks/07-evaluering.ipynb").unlink()
    assert states(root / "notebooks")["07-evaluering.ipynb"] == "copied"


def test_a_project_whose_notebooks_are_all_its_own_is_left_as_it_is(kit, tmp_path: Path) -> None:
    root = kit.bare(tmp_path)
    kit.write_notebook(root, "01-vår", ["notes"])
    folder, done = own_notebooks(Project(root))
    assert (folder, done) == (root / "notebooks", [])
    assert [path.name for path in folder.iterdir()] == ["01-vår.ipynb"]


def test_an_older_project_gets_notebooks_of_its_own_when_they_are_opened(kit, tmp_path: Path) -> None:
    root = kit.bare(tmp_path)
    folder, done = own_notebooks(Project(root))
    assert folder == root / "notebooks"
    assert {one.state for one in done} == {"copied"} and len(done) == len(list(folder.iterdir()))
