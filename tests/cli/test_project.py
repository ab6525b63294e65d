"""The command line as its users meet it: every command in a process of its own."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.main import get_command

from kafe.cli import app

ROOT = Path(__file__).parents[2]
HEAVY = {"spacy", "pandas", "bertopic", "sklearn", "plotly", "sqlalchemy", "papermill", "numpy", "pydantic"}
CONLLU = """# text = Kari bor i Stavanger.
1\tKari\tKari\tPROPN\t_\tGender=Fem\t2\tnsubj\t_\tname=B-PER
2\tbor\tbo\tVERB\t_\tMood=Ind|Tense=Pres|VerbForm=Fin\t0\troot\t_\tname=O
3\ti\ti\tADP\t_\t_\t4\tcase\t_\tname=O
4\tStavanger\tStavanger\tPROPN\t_\t_\t2\tobl\t_\tname=B-GPE_LOC|SpaceAfter=No
5\t.\t$.\tPUNCT\t_\t_\t2\tpunct\t_\tname=O

"""


def commands() -> list[str]:
    """Return every command, those of groups with the group's name before."""
    found = []
    for name, command in get_command(app).commands.items():
        inner = getattr(command, "commands", None)
        found += [f"{name} {part}" for part in inner] if inner else [name]
    return sorted(found)


def test_help_comes_within_half_a_second_and_loads_no_heavy_library(kit) -> None:
    quickest = 9.0
    for _ in range(5):
        started = time.perf_counter()
        assert kit.kafe("--help").code == 0
        quickest = min(quickest, time.perf_counter() - started)
    assert quickest < 0.5
    code = "import sys; from kafe.cli import app; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())


@pytest.mark.parametrize("command", commands())
def test_every_command_is_described_in_the_documents(command: str) -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    assert any(f"kafe {command}" in page.read_text(encoding="utf-8") for page in pages)


def test_the_documents_name_no_command_that_does_not_exist() -> None:
    known = {command.split(" ")[0] for command in commands()}
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for name in re.findall(
            r"(?:`|\$ |/|^ +)kafe ([a-z]+)\b", page.read_text(encoding="utf-8"), flags=re.M
        ):
            assert name in known, f"{page.name}: kafe {name}"


def test_the_version_is_told(kit) -> None:
    assert re.fullmatch(r"kafe \d+\.\d+\.\d+\n", kit.kafe("--version").out)


def test_the_account_of_ingest_adds_up_and_quotes_no_note(kit, whole) -> None:
    ran = kit.kafe("ingest", "--project", whole.root)
    assert ran.code == 0, ran.err
    numbers = [tuple(map(int, found)) for found in re.findall(r"(\d+) +[│┃] +(\d+) +[│┃] +(\d+)", ran.out)]
    assert len(numbers) == 4
    assert all(rows == notes + skipped for rows, notes, skipped in numbers)
    assert [sum(column) for column in zip(*numbers[:-1], strict=True)] == list(numbers[-1])
    reasons = re.findall(r"^ +(\d+)  \S", ran.out, flags=re.M)
    assert sum(map(int, reasons)) == numbers[-1][2]
    assert not [name for name in kit.canaries if name in ran.out + ran.err]


def test_ingest_counts_skipped_rows_and_not_only_entries(kit, tmp_path: Path) -> None:
    root = kit.bare(tmp_path)
    kit.write_rows(
        root / "data/raw/kafe-1/a.csv", [("Bord", "Innspill"), ("1", "Bolig"), *[("1", "")] * 3, ("", "")]
    )
    out = kit.kafe("ingest", "--project", root).out
    total = re.search(r"Sum +[│┃] +(\d+) +[│┃] +(\d+) +[│┃] +(\d+)", out)
    assert total
    rows, notes, skipped = map(int, total.groups())
    assert (rows, notes) == (notes + skipped, 1)
    assert sum(map(int, re.findall(r"^ +(\d+)  \S", out, flags=re.M))) == skipped


def test_a_selection_gets_a_report_of_its_own(kit, whole) -> None:
    ran = kit.kafe("report", "07-evaluering", "-p", "session=kafe-1", cwd=whole.root, **key_of(whole))
    assert ran.code == 0, ran.err
    (whole.root / "reports/07-evaluering-session-kafe-1.html").unlink()  # others look at the same folder
    assert "reports/07-evaluering-session-kafe-1.html" in ran.out.replace("\\", "/")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["07-evaluering", "-p", "sesjon=kafe-1"], ["sesjon", "session", "group", "municipality"]),
        (["07-evaluering", "-p", "session=kafe-9"], ["kafe-9", "kafe-1", "skjema"]),
        (["07-evaluering", "-p", "session"], ["mangler «=»"]),
        (["08-finnes-ikke"], ["08-finnes-ikke", "01-innlesing", "07-evaluering"]),
    ],
)
def test_a_wrong_report_or_parameter_is_an_error_that_names_the_right_ones(
    kit, whole, arguments: list[str], said: list[str]
) -> None:
    before = sorted((whole.root / "reports").iterdir())
    ran = kit.kafe("report", *arguments, "--project", whole.root, **key_of(whole))
    assert ran.code == 1
    assert all(word in ran.err for word in said), ran.err
    assert "Traceback" not in ran.err
    assert sorted((whole.root / "reports").iterdir()) == before


def test_a_new_project_with_one_note_runs_from_any_folder_inside_it(kit, tmp_path: Path) -> None:
    made = kit.kafe("init", tmp_path / "Nytt prosjekt på Jæren")
    assert made.code == 0
    root = tmp_path / "Nytt prosjekt på Jæren"
    for line in made.out.splitlines()[:4]:
        assert (root / line.strip()).is_file()
    kit.write(root / "data/raw/kafe-1/bord-1.md", "# Bord 1\n## Spørsmål 1\n- Mer samarbeid om bolig\n")
    ran = kit.kafe("run", cwd=root / "data")
    assert ran.code == 0, ran.err
    assert len(list((root / "reports").glob("*.html"))) == 9
    assert "Mer samarbeid om bolig" not in ran.out + ran.err


def test_init_writes_over_nothing(kit, tmp_path: Path) -> None:
    kept = kit.write(tmp_path / "notat.txt", "viktig")
    ran = kit.kafe("init", tmp_path)
    assert (ran.code, kept.read_text(encoding="utf-8")) == (1, "viktig")
    assert "ikke tom" in ran.err
    assert list(tmp_path.iterdir()) == [kept]


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_a_form_for_table_hosts_has_the_questions_and_no_notes(kit, tmp_path: Path, suffix: str) -> None:
    root = kit.bare(tmp_path)
    form = root / f"data/raw/kafe-1/skjema.{suffix}"
    ran = kit.kafe("template", form, "--session", "kafe-1", "--tables", "2", "--project", root)
    assert ran.code == 0, ran.err
    found = kit.kafe("ingest", "--project", root)
    assert found.code == 0
    assert re.search(r"Sum +[│┃] +\d+ +[│┃] +0 ", found.out)


def test_a_form_for_an_unknown_session_names_the_known_ones(kit, tmp_path: Path) -> None:
    root = kit.bare(tmp_path)
    ran = kit.kafe("template", root / "a.xlsx", "--session", "kafe-9", "--project", root)
    assert ran.code == 1
    assert "kafe-1" in ran.err
    assert not (root / "a.xlsx").exists()


def test_doctor_finds_everything_here_and_says_which_model_runs(kit, tmp_path: Path) -> None:
    ran = kit.kafe("doctor", "--project", kit.bare(tmp_path))
    assert ran.code == 0, ran.out
    assert "nb_kafe_sm" in ran.out and "Prøveprosjekt" in ran.out
    assert "missing" not in ran.out


def test_doctor_shows_broken_settings_and_ends_with_an_error(kit, tmp_path: Path) -> None:
    kit.write(tmp_path / "kafe.toml", "[project\n")
    ran = kit.kafe("doctor", "--project", tmp_path)
    assert ran.code == 1
    assert "kafe.toml" in ran.out


def test_outside_a_project_the_way_to_one_is_told(kit, tmp_path: Path) -> None:
    ran = kit.kafe("run", cwd=tmp_path)
    assert ran.code == 1
    assert "kafe.toml" in ran.err and "kafe init" in ran.err


def test_the_pipeline_is_scored_on_any_file_of_the_format(kit, tmp_path: Path) -> None:
    file = kit.write(tmp_path / "prøve.conllu", CONLLU)
    ran = kit.kafe("language", "evaluate", file, "--model", "nb_kafe_sm", "--json")
    assert ran.code == 0, ran.err
    scores = json.loads(ran.out)
    assert scores["file"] == "prøve.conllu"
    numbers = {key: value for key, value in scores.items() if isinstance(value, float)}
    assert len(numbers) >= 5
    assert all(0 <= value <= 1 for value in numbers.values())


def key_of(whole) -> dict[str, str]:
    return {"KAFE_KEY_DIR": str(whole.key)}


def papermill(whole, output: Path, *parameters: str) -> subprocess.CompletedProcess:
    notebook = ROOT / "notebooks/04-temaer.ipynb"
    return subprocess.run(
        [Path(sys.executable).with_name("papermill"), notebook, output, *parameters],
        capture_output=True,
        cwd=whole.root,
        env=os.environ | key_of(whole),
        check=False,
    )


def test_papermill_runs_a_notebook_on_a_session(whole, tmp_path: Path) -> None:
    output = tmp_path / "ut.ipynb"
    done = papermill(whole, output, "-p", "session", "kafe-1")
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert 'session = "kafe-1"' in output.read_text(encoding="utf-8").replace("\\", "")


def test_papermill_refuses_a_parameter_that_the_notebook_does_not_have(whole, tmp_path: Path) -> None:
    done = papermill(whole, tmp_path / "ut.ipynb", "-p", "sesjon", "kafe-1")
    said = done.stderr.decode()
    assert done.returncode != 0
    assert "Ukjent parameter: sesjon." in said
    assert "Parametre som finnes: group, municipality, project, session." in said
