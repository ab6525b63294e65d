"""The documents speak of what is there: files, settings, scripts and targets of make."""

import re
from pathlib import Path, PurePosixPath

import pytest

from kafe.settings import Settings

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "benchmarks/RESULTS.md"])
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in PAGES}


def without_code(text: str) -> str:
    """Return the page without code, where brackets are no links."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))


@pytest.mark.parametrize("page", TEXTS)
def test_every_relative_link_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", without_code(TEXTS[page]))
    files = [link.partition("#")[0] for link in links if "://" not in link and not link.startswith("#")]
    assert [link for link in files if not (ROOT / page).parent.joinpath(link).exists()] == []


def written(default: object) -> str:
    """Return a default as `kafe.toml` would have it."""
    if default == ():
        return "[]"
    return f'"{default}"' if isinstance(default, str) else str(default)


def test_every_setting_is_described_with_its_default_and_no_other_is() -> None:
    defaults: dict[str, object] = {}
    for name, field in Settings.model_fields.items():
        section = getattr(field.annotation, "model_fields", None)
        keys = {f"{name}.{key}": one for key, one in section.items()} if section else {name: field}
        defaults |= {key: None if one.is_required() else one.default for key, one in keys.items()}
    rows = dict(re.findall(r"^\| `([a-z_.]+)` \| (.+?) \|", TEXTS["docs/bruk/innstillinger.md"], re.M))
    assert set(rows) == set(defaults)
    fixed = {name: shown for name, shown in rows.items() if not shown.startswith("(")}
    assert fixed == {name: written(defaults[name]) for name in fixed}


@pytest.mark.parametrize("page", TEXTS)
def test_scripts_and_targets_that_are_named_exist(page: str) -> None:
    text = TEXTS[page]
    scripts = set(re.findall(r"\bbenchmarks/\w+\.py", text))
    assert {script for script in scripts if not (ROOT / script).is_file()} == set()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = set(re.findall(r"(?:`|^ +|^)make ([a-z][a-z-]*)(?=[ `\n])", text, re.M))
    assert named <= targets


def test_make_bench_runs_every_benchmark() -> None:
    folder = ROOT / "benchmarks"
    parts = set(re.findall(r'Part\("(\w+)"', (folder / "bench.py").read_text(encoding="utf-8")))
    helpers = {"bench", "peer_work"}
    assert parts == {path.stem for path in folder.glob("*.py")} - helpers


@pytest.mark.parametrize("page", sorted(page for page in TEXTS if page.startswith("docs/decisions/")))
def test_a_decision_is_context_decision_consequences_in_at_most_200_words(page: str) -> None:
    text = TEXTS[page]
    places = [text.find(f"**{part}.**") for part in ("Context", "Decision", "Consequences")]
    assert -1 not in places and places == sorted(places)
    assert len(text.split()) <= 200
    assert re.match(rf"# {Path(page).name[:4]} ", text)


def test_the_table_of_what_to_edit_names_files_that_exist() -> None:
    table = TEXTS["docs/architecture.md"].partition("## To add")[2].partition("\n## ")[0]
    named = re.findall(r"`([a-z]+/[\w/.-]+|[a-z]+/)`", table)
    assert len(named) > 15
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_tree_of_the_architecture_is_the_packages_that_there_are() -> None:
    tree = TEXTS["docs/architecture.md"].partition("src/kafe/\n")[2].partition("```")[0]
    shown = re.findall(r"^  ([a-z]+)/ ", tree, re.M)
    packages = {path.parent.name for path in (ROOT / "src/kafe").glob("*/__init__.py")} - {"messages"}
    assert set(shown) == packages


def test_every_module_has_a_test_of_its_name_or_a_line_that_says_where_it_is_tested() -> None:
    rows = re.findall(r"^\| (`.+?`) \| (.+?) \|", TEXTS["docs/dev/tests.md"], re.M)
    elsewhere = [pattern for left, _ in rows for pattern in re.findall(r"`([^`]+)`", left)]
    files = {name for _, right in rows for name in re.findall(r"`(tests/[^`]+)`", right)}
    assert {name for name in files if not (ROOT / name).is_file()} == set()
    package = ROOT / "src/kafe"
    modules = [path.relative_to(package) for path in package.rglob("*.py") if "__" not in path.name]
    untold = [
        path.as_posix()
        for path in modules
        if not (ROOT / "tests" / path.parent / f"test_{path.name}").is_file()
        and not any(PurePosixPath(path.as_posix()).match(pattern) for pattern in elsewhere)
    ]
    assert untold == []


def test_the_figures_of_the_readme_are_those_that_make_bench_has_kept() -> None:
    table = TEXTS["README.md"].partition("## Figures")[2]
    shown = re.findall(r"^\| .+ \| ([\d.]+)", table, re.M)
    kept = [float(number) for number in re.findall(r"\d*\.?\d+", TEXTS["benchmarks/RESULTS.md"])]
    assert len(shown) > 4
    for figure in shown:
        digits = len(figure.partition(".")[2])
        assert float(figure) in {round(number, digits) for number in kept}, figure
