"""Running notebooks: fast, in the project's folder, the same bytes twice, and clear when a cell fails."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest

from kafe.records import KafeError
from kafe.report import execute_notebook

NOTEBOOKS = Path(__file__).parent / "notebooks"


def section(path: Path) -> str:
    outputs = [output for cell in nbformat.read(path, 4).cells for output in cell.get("outputs", [])]
    return json.dumps(outputs, ensure_ascii=False)


def test_parameters_folder_environment_and_quick_start_reach_the_kernel(tmp_path):
    output = tmp_path / "ut" / "liten.ipynb"
    execute_notebook(
        NOTEBOOKS / "liten.ipynb", output, {"antall": 7, "vis": False}, cwd=tmp_path, env={"KAFE_TEST": "a,b"}
    )
    shown = section(output)
    assert ">7</td>" in shown
    assert "False 0.5 ['bruker'] None" in shown
    assert f"(True, '{tmp_path}', 'a,b')" in shown


def test_two_runs_at_the_same_time_give_the_same_bytes(tmp_path):
    def run(number):
        output = tmp_path / str(number) / "liten.ipynb"
        execute_notebook(NOTEBOOKS / "liten.ipynb", output, {"antall": 3}, cwd=tmp_path)
        return output.read_bytes()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(run, range(2))
    assert first == second
    assert b"papermill" not in first
    assert b"iopub" not in first


def test_a_failed_cell_is_named_and_what_ran_before_it_is_kept(tmp_path):
    output = tmp_path / "feiler.ipynb"
    with pytest.raises(KafeError) as caught:
        execute_notebook(NOTEBOOKS / "feiler.ipynb", output)
    message = str(caught.value)
    assert message.startswith("feiler.ipynb, kodecelle 3: Kjøringen stoppet (ValueError).")
    assert "hemmelig" not in message
    assert "denne cellen ble kjørt" in section(output)
    assert "hit kom vi aldri" not in section(output)
    assert not any("Exception was encountered" in cell.source for cell in nbformat.read(output, 4).cells)


def test_the_message_of_a_kafe_error_is_passed_on(tmp_path):
    with pytest.raises(KafeError, match=r"kodebok\.yaml: Mangler kodebok\. Lag en\."):
        execute_notebook(NOTEBOOKS / "kafefeil.ipynb", tmp_path / "ut.ipynb")


def test_nothing_runs_when_a_parameter_is_unknown(tmp_path):
    with pytest.raises(KafeError, match="Ukjent parameter «antal»"):
        execute_notebook(NOTEBOOKS / "liten.ipynb", tmp_path / "ut.ipynb", {"antal": 3})
    assert not list(tmp_path.iterdir())


def test_a_kernel_that_dies_is_told_without_a_traceback(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import os\nos._exit(1)", id="a")])
    path = tmp_path / "dør.ipynb"
    nbformat.write(notebook, path)
    with pytest.raises(KafeError, match="Python-kjernen svarte ikke"):
        execute_notebook(path, tmp_path / "ut.ipynb")
