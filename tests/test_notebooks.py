"""The notebooks: their structure, what they say they read, and the reports they become on a small project."""

import ast
import functools
import json
import os
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import get_args, get_type_hints

import nbformat
import pytest
from lxml import html

from kafe import blocks, charts
from kafe.flow.notebooks import READS
from kafe.flow.project import Project
from kafe.report import render_report
from kafe.views import results

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
PARAMETERS = ["project", "session", "group", "municipality"]
QUERY = ["sporring"]
"""The parameter that only the notebook about exploring codes has."""
SECTIONS = {"beslutning", "grunnlag"}
LONGEST = 40
"""Lines of code in the longest cell that still shows one figure or table."""
KEYS = {"name", "notes", "group", "groups", "session", "table", "votes", "text", "label", "share", "value"}


def load(path):
    return nbformat.read(path, as_version=4)


def code(path):
    return [cell for cell in load(path).cells if cell.cell_type == "code"]


def named(cases):
    return pytest.mark.parametrize("path", cases, ids=[path.stem for path in cases])


@named(NOTEBOOKS)
def test_a_notebook_says_its_title_its_question_its_place_and_what_it_reads(path):
    metadata = load(path).metadata
    assert metadata["title"]
    assert metadata["kafe"]["answers"].endswith("?")
    assert metadata["kafe"]["reads"]
    section, number = metadata["kafe"]["place"]
    assert section in SECTIONS
    assert number > 0


def test_no_two_notebooks_have_the_same_place():
    places = [tuple(load(path).metadata["kafe"]["place"]) for path in NOTEBOOKS]
    assert len(places) == len(set(places)) == 8


@named(NOTEBOOKS)
def test_a_notebook_has_purpose_parameters_start_and_limits_in_that_order(path):
    cells = load(path).cells
    assert [cell.cell_type for cell in cells[:3]] == ["markdown", "code", "code"]
    assert cells[0].source.startswith(f"# {load(path).metadata['title']}\n")
    assert cells[1].metadata["tags"] == ["parameters"]
    assigned = [node.targets[0].id for node in ast.parse(cells[1].source).body]
    assert assigned[: len(PARAMETERS)] == PARAMETERS
    assert assigned[len(PARAMETERS) :] in ([], QUERY)
    given = "".join(f", {name}={name}" for name in assigned[1:])
    assert f"results = start(project{given})" in cells[2].source
    assert cells[-1].cell_type == "markdown"
    assert cells[-1].source.startswith("## Hva dette ikke viser\n")
    assert len({cell.id for cell in cells}) == len(cells)


@named(NOTEBOOKS)
def test_a_notebook_is_committed_without_outputs(path):
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code(path))


@named(NOTEBOOKS)
def test_cells_are_short_and_define_nothing(path):
    for number, cell in enumerate(code(path)):
        tree = ast.parse(cell.source)
        defining = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        assert not any(isinstance(node, defining) for node in ast.walk(tree))
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert all(isinstance(node, ast.ImportFrom) for node in imports)
        assert all(re.fullmatch(r"kafe\.\w+", node.module) for node in imports), "notebooks import faces"
        assert not imports or number == 1
        assert len(cell.source.splitlines()) <= LONGEST


def test_notebooks_pass_the_linter():
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, *map(str, NOTEBOOKS)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


def test_mypy_finds_nothing_in_the_cells(tmp_path):
    for path in NOTEBOOKS:
        cells = "\n\n".join(cell.source for cell in code(path))
        (tmp_path / f"notebook_{path.stem[:2]}.py").write_text(cells + "\n", encoding="utf-8")
    root = Path(__file__).parent.parent
    command = [sys.executable, "-m", "mypy", "--config-file", str(root / "pyproject.toml")]
    done = subprocess.run(
        [*command, "--follow-imports=silent", *map(str, sorted(tmp_path.glob("*.py")))],
        cwd=root,
        env={**os.environ, "MYPYPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


SHOWN_AS_THEY_ARE = {
    "notes": ("skipped", "problems", "findings"),
    "coding": ("problems",),
    "pilot": ("problems", "unknown_abbreviations"),
}
"""Tables of things that went wrong or were not known; in a project where nothing did, they get a made-up row."""
LABELS = ("columns", "formats", "headers", "more")


def with_a_row_in_every_table(project, folder):
    """Return a copy of the project in which no table that is shown as it is lies empty."""
    root = Path(shutil.copytree(project, folder / "prosjekt"))
    tables = Project(root).tables
    for stage, names in SHOWN_AS_THEY_ARE.items():
        left = getattr(tables, stage)
        for name in names:
            kind = get_args(get_type_hints(type(left))[name])[0]
            row = {key: 1 if hint is int else "tekst" for key, hint in get_type_hints(kind).items()}
            place = left.place(Project(root).results, stage, name)
            place.write_text(json.dumps([*getattr(left, name), row]), encoding="utf-8")
    return root


def missing_columns(view):
    """Return the view, changed to note in `missing` the columns it is asked for that a row does not have."""

    @functools.wraps(view)
    def checked(rows, *given, **named):
        rows = list(rows)
        asked = {one for one in given if isinstance(one, str) and view.__name__ != "table"}
        for labels in (*given, *(named.get(name) for name in LABELS)):
            asked |= labels.keys() if isinstance(labels, dict) else set()
        checked.missing |= {key for row in rows for key in asked - row.keys()}
        return view(rows, *given, **named)

    checked.missing = set()
    return checked


def test_every_column_that_a_cell_names_is_in_the_rows(_staged, tmp_path):
    project = with_a_row_in_every_table(_staged, tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        views = [
            (module, name, missing_columns(getattr(module, name)))
            for module, names in (
                (blocks, ["table"]),
                (charts, ["bars", "heatmap", "dot_range", "band", "stakeholder_map"]),
            )
            for name in names
        ]
        for module, name, checked in views:
            patch.setattr(module, name, checked)
        for path in NOTEBOOKS:
            executed(path, project, patch)
            assert {name: checked.missing for _, name, checked in views if checked.missing} == {}, path.name


def executed(path, project, monkeypatch, **given):
    """Return the notebook as if run on the project, and the tables that it read.

    Cells run in this process, on stored results; that kernels do the same is tested in tests/report.
    """
    read = set()
    notebook = load(path)
    declared = notebook.metadata["kafe"]["reads"]
    monkeypatch.setenv(READS, ",".join({*declared, "notes"} if given else declared))
    check = results.check_declared

    def note(stage, table=""):
        check(stage, table)
        read.add(f"{stage}.{table}" if table else stage)

    monkeypatch.setattr(results, "check_declared", note)
    space = {}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        *body, last = ast.parse(cell.source).body
        value = None
        if isinstance(last, ast.Expr):
            exec(compile(ast.Module(body, []), path.name, "exec"), space)
            value = eval(compile(ast.Expression(last.value), path.name, "eval"), space)
        else:
            exec(compile(ast.Module([*body, last], []), path.name, "exec"), space)
        if "parameters" in cell.metadata.get("tags", []):
            space |= {"project": str(project), **given}
        if value is not None:
            data = value._repr_mimebundle_()
            cell.outputs = [nbformat.from_dict({"output_type": "display_data", "data": data, "metadata": {}})]
    return notebook, read


@pytest.fixture(scope="module")
def runs(_staged):
    """Return a function that gives a notebook's report and what it read; each is run once."""
    done = {}

    def of(path, **given):
        key = (path, *sorted(given.items()))
        if key not in done:
            with pytest.MonkeyPatch.context() as patch:
                notebook, read = executed(path, _staged, patch, **given)
            target = _staged.parent / f"{path.stem}-{len(done)}.ipynb"
            target.write_text(nbformat.writes(notebook), encoding="utf-8")
            done[key] = html.document_fromstring(render_report(target, provenance={"seed": 1})), read
        return done[key]

    return of


@named(NOTEBOOKS)
def test_a_notebook_reads_what_it_says_and_says_what_it_reads(path, runs):
    declared = set(load(path).metadata["kafe"]["reads"])
    read = runs(path)[1]
    assert {
        name for name in declared if name not in read and not any(r.startswith(f"{name}.") for r in read)
    } == set()
    assert {name for name in read if name not in declared and name.partition(".")[0] not in declared} == set()


@named(NOTEBOOKS)
def test_a_report_has_one_title_headings_in_order_and_no_id_twice(path, runs):
    page = runs(path)[0]
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


@named(NOTEBOOKS)
def test_every_table_has_a_name_and_headers_in_words(path, runs):
    for table in runs(path)[0].xpath("//table"):
        assert table.findtext("caption") or table.xpath("ancestor::div[@role='group']/@aria-label")
        headers = table.xpath(".//thead//th")
        assert headers
        assert all(header.get("scope") == "col" for header in headers)
        assert not {header.text_content() for header in headers} & KEYS


@named(NOTEBOOKS)
def test_every_figure_and_landmark_has_a_name_and_every_figure_a_sentence(path, runs):
    page = runs(path)[0]
    for figure in page.xpath("//figure"):
        assert figure.findtext("figcaption/strong")
        assert figure.findtext("figcaption/p").endswith(".")
    assert page.xpath("//nav/@aria-label") == ["Innhold"]
    assert all(page.xpath("//*[@role='img' or @role='group']/@aria-label"))


@named(NOTEBOOKS)
def test_every_cell_shows_a_figure_a_table_or_words(path, runs):
    text = runs(path)[0].find(".//main").text_content()
    assert not re.search(r"\b(None|True|False|nan)\b|\{'|\[\(|object at 0x", text)


@named(NOTEBOOKS)
def test_a_report_on_one_group_can_be_made(path, runs):
    assert runs(path, group="bruker")[0].xpath("//h1")


def test_small_counts_of_themes_are_hidden_in_a_report_on_one_group(runs):
    coding = next(path for path in NOTEBOOKS if path.stem == "02-koding")
    cells = [cell.text for cell in runs(coding, group="bruker")[0].xpath("//table//td[@class='num']")]
    assert "<5" in cells
    assert not {"1", "2", "3", "4"} & set(cells)


def test_the_log_is_closed_and_leads_to_the_spreadsheet(runs):
    pilot = next(path for path in NOTEBOOKS if path.stem == "05-pilotgrunnlag")
    page = runs(pilot)[0]
    (log,) = [
        details
        for details in page.xpath("//details[@class='kafe-fold']")
        if details.findtext("summary") == "Vis innspillsloggen (12 innspill)"
    ]
    assert log.get("open") is None
    assert len(log.findall(".//tbody/tr")) == 12
    assert page.xpath("//main//a/@href[contains(., '.xlsx')]") == ["innspillslogg.xlsx"]


def test_each_proposal_stands_under_its_part_with_state_numbers_and_quotes(runs):
    pilot = next(path for path in NOTEBOOKS if path.stem == "05-pilotgrunnlag")
    main = runs(pilot)[0].find(".//main")
    assert "Hva settes i gang?" in [heading.text for heading in main.findall(".//h3")]
    statement = main.find(".//div[@class='kafe-statement']")
    assert statement.findtext("p") == "Alle får en fast kontaktperson."
    facts = statement.find("p[@class='kafe-facts']").text_content()
    assert facts.startswith("Utkast · 1 innspill om samme tema, ingen lest mot forslaget")
    assert "støtter" not in facts


def test_notebooks_are_written_as_the_project_writes_json():
    for path in NOTEBOOKS:
        text = path.read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
